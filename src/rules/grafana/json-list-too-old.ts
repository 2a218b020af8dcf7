import { readList } from './list-items.js';
import { listOptions } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { cite } from './support.js';

export const jsonListTooOld: GrafanaRule = {
  id: 'json-list-too-old',
  code: 'V08',
  severity: 'error',
  summary: 'a JSON list in a version that splits at commas and blanks only',
  docs: {
    why: 'Before 9.4 brackets and quotes of a JSON list become part of the items, so that nobody matches them.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_organizations = ["Admins", "Software Engineers"]\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_organizations = Admins, Engineers\n',
    references: ['Grafana 9.4 release notes: JSON syntax for lists in OAuth settings'],
  },
  versions: '<9.4',
  exampleOptions: { grafanaVersion: '9.3' },
  check(subject, report) {
    for (const { provider, key, value } of listOptions(subject)) {
      if (!/^\s*\[/.test(value)) continue;
      const seen = readList(value, 'plain').items.map((item) => cite(item.text, 30));
      report({
        ...provider.at(key),
        message: `${key} of [${provider.section}] is a JSON list, which this version does not know`,
        consequence: `brackets and quotes become part of the items, ${seen.slice(0, 3).join(', ')}, and nothing matches them`,
        help: 'write the items with commas between them; a name with a blank cannot be written before 9.4',
      });
    }
  },
};
