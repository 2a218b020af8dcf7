import { jsonListText, readList } from './list-items.js';
import { listOptions } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { cite, listStyle, replaceValue } from './support.js';

export const singleQuoteItems: GrafanaRule = {
  id: 'single-quote-items',
  code: 'V11',
  severity: 'error',
  summary: "items of a list stand in '…', and the quotes belong to them",
  docs: {
    why: "Grafana knows items in double quotes (from 11.1) and JSON lists, but no single quotes: 'Admins' is looked for with its quotes, and nobody is in it.",
    bad: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = 'Admins', 'Software Engineers'\n",
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = ["Admins", "Software Engineers"]\n',
    references: [
      'Grafana: list options are split at commas and white space',
      'Grafana 11.1 changelog: quoted items in lists',
    ],
  },
  check(subject, report) {
    for (const { provider, key, value, gate } of listOptions(subject)) {
      const list = readList(value, listStyle(subject, provider, key));
      if (list.form === 'json') continue;
      if (!/(?<![^\s,])'[^']*'(?![^\s,])/.test(value)) continue;
      const plain = value.replace(/'([^']*)'/g, (_, inner: string) => inner.replaceAll(/[\s,]+/g, '\u0001'));
      const names = plain
        .split(/[\s,]+/)
        .filter((item) => item !== '')
        .map((item) => item.replaceAll('\u0001', ' '));
      const json = jsonListText(names);
      const safe = subject.profile.order >= 9_004 && key !== 'team_ids';
      const fix = safe ? replaceValue(subject, provider.section, key, json, 'write a JSON list') : undefined;
      report({
        ...provider.at(key),
        root: true,
        message: `the single quotes around items of ${key} belong to the items: Grafana reads ${list.items
          .slice(0, 4)
          .map((item) => cite(item.text, 30))
          .join(', ')}`,
        consequence: gate
          ? 'nothing is named with quotes, so nobody matches and everybody is refused'
          : key === 'scopes'
            ? 'the identity provider is asked for scopes it does not have (invalid_scope)'
            : 'nothing is named with quotes, so nothing matches',
        help: safe ? `write ${key} = ${json}` : 'write the items without quotes, with commas between them',
        ...(safe ? { suggestions: [json] } : {}),
        ...(fix ? { fix } : {}),
      });
    }
  },
};
