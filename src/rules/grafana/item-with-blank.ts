import { commaItems, jsonListText, readList } from './list-items.js';
import { listOptions, NAME_LISTS, REFUSED } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { cite, enumerate, listStyle, replaceValue, writtenQuote } from './support.js';

export const itemWithBlank: GrafanaRule = {
  id: 'item-with-blank',
  code: 'V09',
  severity: 'error',
  summary: 'a name with a blank in a plain list is split in two',
  docs: {
    why: 'Lists are split at commas and at blanks. Software Engineers is a group Software and a group Engineers; members of "Software Engineers" are in neither and are refused. A JSON list keeps such names whole.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = Admins, Software Engineers\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = ["Admins", "Software Engineers"]\n',
    references: [
      'Grafana manual: configure generic OAuth, allowed_groups',
      'Grafana 9.4 release notes: JSON syntax for lists',
    ],
  },
  check(subject, report) {
    for (const { provider, key, value } of listOptions(subject)) {
      if (!NAME_LISTS.includes(key) || value.includes('"') || value.includes("'")) continue;
      if (writtenQuote(subject, provider.section, key)) continue;
      const style = listStyle(subject, provider, key);
      if (style === 'commas' || readList(value, style).form === 'json') continue;
      const meant = commaItems(value);
      const names = meant.filter((item) => /\s/.test(item.text));
      if (names.length === 0) continue;
      const withCommas = meant.length > 1;
      // Without a comma, blanks may well be the separators; words in capitals look like one name.
      if (!withCommas && !/^\p{Lu}[\p{L}\d]*(\s+\p{Lu}[\p{L}\d]*)+$/u.test(value.trim())) continue;
      const json = jsonListText(meant.map((item) => item.text));
      for (const name of names) {
        const parts = name.text.split(/\s+/);
        const fix = withCommas ? replaceValue(subject, provider.section, key, json, 'write a JSON list') : undefined;
        report({
          ...provider.within(key, name.at, name.length),
          severity: withCommas ? 'error' : 'info',
          message: `${cite(name.text)} in ${key} is read as ${parts.length} items: ${enumerate(parts.map((part) => cite(part)))}`,
          consequence: withCommas
            ? `no group or organization ${cite(name.text)} is looked for; ${REFUSED[key]}`
            : `if it is one name, nothing of that name is looked for, and ${REFUSED[key]}`,
          help:
            style === 'plain'
              ? 'this version cannot hold a name with a blank; choose one without'
              : `write ${key} = ${json}`,
          ...(style === 'plain' ? {} : { suggestions: [json] }),
          ...(fix && style !== 'plain' ? { fix } : {}),
        });
      }
    }
  },
};
