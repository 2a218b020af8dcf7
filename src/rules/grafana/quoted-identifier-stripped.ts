import { replaceValue } from './edit.js';
import type { GrafanaRule } from './subject.js';

/** Characters that make a text an expression rather than the name of one field. */
const EXPRESSION = /[()[\]|&'`*?=<>!,{}@]/;

export const quotedIdentifierStripped: GrafanaRule = {
  id: 'quoted-identifier-stripped',
  code: 'S05',
  severity: 'error',
  summary: 'a quoted field name that is the whole expression loses its quotes',
  when: ['"'],
  docs: {
    why: 'Grafana\'s reader removes one pair of quotes around a whole value. "cognito:groups" arrives as cognito:groups, which is a syntax error, and "first-name" as first-name, which is a syntax error up to 11.2 and a subtraction after it: the lookup is silently empty.',
    bad: '[auth.generic_oauth]\ngroups_attribute_path = "cognito:groups"\n',
    good: `[auth.generic_oauth]\ngroups_attribute_path = '"cognito:groups"'\n`,
    references: ['go-ini 1.67: quotes around a value', 'JMESPath specification: quoted identifiers'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if (written.option?.type !== 'jmespath' || written.entry.quote !== 'double') continue;
      if (!/[^A-Za-z0-9_.]/.test(written.value) || EXPRESSION.test(written.value)) continue;
      report({
        ...subject.atValue(written),
        message: `the quotes of "${written.value}" are removed: Grafana evaluates ${written.value} without them`,
        consequence: `${written.key} finds nothing, without a message`,
        help: `put single quotes around the quoted name: ${written.key} = '"${written.value}"'`,
        fix: replaceValue(written, `'"${written.value}"'`, 'put single quotes around the quoted name'),
        root: true,
      });
    }
  },
};
