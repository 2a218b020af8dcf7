import { lossOf, rolePaths } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const roleLiteralAsField: GrafanaRule = {
  id: 'role-literal-as-field',
  code: 'M03',
  severity: 'error',
  summary: 'a role without single quotes is the name of a claim',
  when: ['role_attribute_path'],
  docs: {
    why: 'In JMESPath a bare word and a word in double quotes name a claim; only single quotes make a text. `&& Admin` and `&& "Admin"` look for a claim Admin, find none, and give null: nobody becomes Admin, and no message says why.',
    bad: '[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], \'admins\') && "Admin" || Viewer\n',
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin' || 'Viewer'\n",
    references: ['JMESPath specification: identifiers and raw string literals', 'Grafana issues 32126, 60632'],
  },
  check(subject, report) {
    for (const path of rolePaths(subject)) {
      for (const { kind, span, text, replacement } of path.reading?.suspicions ?? []) {
        if (kind !== 'role-as-claim') continue;
        const fix = path.fix(span, replacement!, `write ${replacement}`);
        report({
          ...path.at(span),
          message: `${text} names a claim, not a role`,
          consequence:
            span.start === 0 && span.end === path.text.length
              ? lossOf(subject, path.provider, path.key)
              : 'where no such claim exists, this part of the expression gives nothing',
          help: `a text stands in single quotes: ${replacement}`,
          ...(fix === undefined ? {} : { fix }),
        });
      }
    }
  },
};
