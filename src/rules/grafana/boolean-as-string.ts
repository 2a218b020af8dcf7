import { expressionsOf } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const booleanAsString: GrafanaRule = {
  id: 'boolean-as-string',
  code: 'M09',
  severity: 'warning',
  summary: "a claim is compared with the text 'true' or 'false'",
  when: ["'true'", "'false'"],
  docs: {
    why: 'JSON knows true and "true". A claim that is a boolean is never equal to the text \'true\', so the comparison is false for everybody; the boolean stands in backticks.',
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = is_admin == 'true' && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = is_admin == `true` && 'Admin' || 'Viewer'\n",
    references: ['JMESPath specification: comparison operators and literals'],
  },
  check(subject, report) {
    for (const expression of expressionsOf(subject))
      for (const { kind, span, text, replacement } of expression.reading?.suspicions ?? []) {
        if (kind !== 'boolean-as-text') continue;
        const meant = expression.written(span, replacement!);
        report({
          ...expression.at(span),
          message: `${text} is a text: a claim that is ${replacement!.slice(1, -1)} is not equal to it`,
          consequence: 'the comparison fails for everybody where the provider sends a boolean',
          help: `write ${replacement} for a boolean; leave it where the provider sends a text`,
          ...(meant === undefined ? {} : { suggestions: [meant] }),
        });
      }
  },
};
