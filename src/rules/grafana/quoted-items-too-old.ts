import { jsonListText, readList } from './list-items.js';
import { listOptions } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { cite, listStyle, replaceValue } from './support.js';

export const quotedItemsTooOld: GrafanaRule = {
  id: 'quoted-items-too-old',
  code: 'V12',
  severity: 'warning',
  summary: 'items in double quotes, which Grafana knows from 11.1 on',
  docs: {
    why: 'Before 11.1 double quotes in a plain list belong to the items, and a name with a blank is split in two: nobody matches. A JSON list works from 9.4 on.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = "Admins", "Software Engineers"\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ngroups_attribute_path = groups\nallowed_groups = ["Admins", "Software Engineers"]\n',
    references: ['Grafana 11.1 changelog: quoted items in lists'],
  },
  versions: '<11.1',
  olderToo: true,
  exampleOptions: { grafanaVersion: '10.4' },
  check(subject, report) {
    for (const { provider, key, value, gate } of listOptions(subject)) {
      if (/^\s*[[']/.test(value) || !/"[^"]*"/.test(value)) continue;
      const style = listStyle(subject, provider, key);
      const old = readList(value, style === 'quoted' ? 'json' : style);
      const json = jsonListText(readList(value, 'quoted').items.map((item) => item.text));
      const fix =
        style === 'commas' || subject.profile.order < 9_004
          ? undefined
          : replaceValue(subject, provider.section, key, json, 'write a JSON list');
      report({
        ...provider.at(key),
        root: true,
        message: `the quotes in ${key} belong to the items: ${old.items
          .slice(0, 4)
          .map((item) => cite(item.text, 30))
          .join(', ')}`,
        consequence: gate ? 'nobody matches such items, and everybody is refused' : 'nothing matches such items',
        help: fix ? `write ${key} = ${json}` : 'write the items without quotes',
        ...(fix ? { suggestions: [json], fix } : {}),
      });
    }
  },
};
