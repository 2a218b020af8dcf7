import type { DialectName } from '../../expression/dialect.js';
import { dialectOf } from '../../expression/dialect.js';
import { ExpressionProblem } from '../../expression/problem.js';
import { scan } from '../../expression/scanner.js';
import { rawString } from '../../expression/suspicions.js';
import { decodeGoJson } from '../../text/go-json.js';
import type { Span } from '../../text/source.js';
import { expressionsOf, lossOf } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const backtickLiteralInvalid: GrafanaRule = {
  id: 'backtick-literal-invalid',
  code: 'M04',
  severity: 'error',
  summary: 'a word in backticks that is no JSON',
  when: ['`'],
  docs: {
    why: 'Backticks hold JSON in JMESPath: `true`, `1`, `"text"`. Older JavaScript tools take `Admin` for a text; the libraries Grafana uses refuse it, so the whole expression is void and everybody gets the default role, without a message.',
    bad: '[auth.generic_oauth]\nenabled = true\nrole_attribute_path = is_admin && `Admin`\n',
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = is_admin && 'Admin'\n",
    references: ['JMESPath specification: literal expressions', 'Grafana issue 20383'],
  },
  check(subject, report) {
    for (const expression of expressionsOf(subject)) {
      for (const { span, text } of invalidBackticks(expression.text, subject.profile.dialect)) {
        const meant = rawString(text);
        const fix = expression.fix(span, meant, `write ${meant}`);
        report({
          ...expression.at(span),
          message: `\`${text}\` is no JSON, so ${expression.key} cannot be read`,
          consequence: lossOf(subject, expression.provider, expression.key),
          help: `a text stands in single quotes: ${meant}`,
          ...(fix === undefined ? {} : { fix }),
        });
      }
    }
  },
};

/** The words in backticks that a text was meant by. */
export function invalidBackticks(
  source: string,
  dialect: DialectName,
): { readonly span: Span; readonly text: string }[] {
  if (!source.includes('`')) return [];
  try {
    return scan(source, dialectOf(dialect))
      .filter(
        ({ type, text }) => type === 'JSONLiteral' && /^[\p{L}_]/u.test(text) && decodeGoJson(text).error !== undefined,
      )
      .map(({ text, start, end }) => ({ span: { start, end }, text }));
  } catch (problem) {
    if (problem instanceof ExpressionProblem) return [];
    throw problem;
  }
}
