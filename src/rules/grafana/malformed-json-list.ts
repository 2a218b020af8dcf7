import { readList, repairJsonList } from './list-items.js';
import { listOptions } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { listStyle } from './support.js';

export const malformedJsonList: GrafanaRule = {
  id: 'malformed-json-list',
  code: 'V07',
  severity: 'error',
  summary: 'a list begins with "[" and is no JSON array of strings, so it is empty',
  docs: {
    why: 'A list that begins with "[" is read as JSON. Where it is none, Grafana goes on with an empty list, and an empty list of allowed domains, groups, organizations or teams means that everybody may enter. Before 11.x not even the log says so.',
    bad: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = ['example.com']\n",
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = ["example.com"]\n',
    references: ['Grafana 9.4: lists may be JSON arrays of strings', 'RFC 8259: JSON strings stand in double quotes'],
  },
  versions: '>=9.4',
  check(subject, report) {
    for (const { provider, key, value, gate } of listOptions(subject)) {
      const { fault } = readList(value, listStyle(subject, provider, key));
      if (!fault) continue;
      const repaired = repairJsonList(value);
      report({
        ...provider.within(key, fault.at, fault.length),
        message: `${key} of [${provider.section}] is no JSON array of strings: ${fault.problem}`,
        consequence: gate
          ? `Grafana takes it as an empty list, and that means no restriction: everybody passes ${key}`
          : `Grafana takes it as an empty list: ${key} has no effect`,
        help: `write ${key} = ${repaired.length > 80 ? 'the items in double quotes, ["one", "two"]' : repaired}`,
        suggestions: [repaired],
        cause: `list:${provider.section}.${key}`,
        ...(gate ? { failOpen: true } : {}),
      });
    }
  },
};
