import { jsonListText } from './list-items.js';
import { listOptions, NAME_LISTS, REFUSED } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { cite, enumerate, listStyle, replaceValue, writtenQuote } from './support.js';

export const singleQuotedItem: GrafanaRule = {
  id: 'single-quoted-item',
  code: 'V10',
  severity: 'error',
  summary: 'the quotes around the only item of a list are removed before it is split',
  docs: {
    why: 'The ini reader removes one pair of quotes around a whole value. "Software Engineers" reaches Grafana without quotes and is split at the blank.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = "Software Engineers"\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = ["Software Engineers"]\n',
    references: ['go-ini 1.67: one pair of surrounding quotes is removed'],
  },
  check(subject, report) {
    for (const { provider, key, value } of listOptions(subject)) {
      if (!NAME_LISTS.includes(key) || value.includes(',') || !/\S\s+\S/.test(value)) continue;
      if (!writtenQuote(subject, provider.section, key)) continue;
      const style = listStyle(subject, provider, key);
      if (style === 'commas') continue;
      const json = jsonListText([value.trim()]);
      const parts = value.trim().split(/\s+/);
      const fix = replaceValue(subject, provider.section, key, json, 'write a JSON list');
      report({
        ...provider.at(key),
        message: `the quotes around ${cite(value)} in ${key} are lost, and it is read as ${parts.length} items: ${enumerate(parts.map((part) => cite(part)))}`,
        consequence: `nothing named ${cite(value)} is looked for; ${REFUSED[key]}`,
        help:
          style === 'plain'
            ? 'this version cannot hold a name with a blank; choose one without'
            : `write ${key} = ${json}`,
        ...(style === 'plain' ? {} : { suggestions: [json] }),
        ...(fix && style !== 'plain' ? { fix } : {}),
      });
    }
  },
};
