import { compilePattern } from '../../gem/pattern.js';
import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, cite, piecePlace, valuePlace } from './subject.js';

export const gemCapitalsNotMatched: GemRule = {
  id: 'gem-capitals-not-matched',
  code: 'G22',
  severity: 'warning',
  summary: 'Capitals of the claim are not matched',
  docs: {
    why: 'The expression runs on the original text and knows case; only the result is put in lower case. A class such as [a-z] cuts the name at the first capital or loses it.',
    bad: payload(['id_token_claims:', '  gem_policy: grp-tEAM1'], { access_policy_regex: '^grp-([a-z0-9]+)' }),
    good: payload(['id_token_claims:', '  gem_policy: grp-tEAM1'], { access_policy_regex: '(?i)^grp-([a-z0-9]+)$' }),
    references: ['Go: regexp (matching knows case)', 'GEM manual: Integrate with OAuth (names are put in lower case)'],
  },
  check(subject, report) {
    const expression = subject.expression;
    if (expression === undefined || !expression.compiled.ok) return;
    const folded = compilePattern(`(?i)${expression.entry.value}`);
    if (!folded.ok) return;
    for (const { values, piece } of subject.policyValues())
      for (const value of values) {
        const found = expression.compiled.pattern.match(value).value;
        const wanted = folded.pattern.match(value).value;
        if (wanted === undefined || wanted === '' || found === wanted) continue;
        report({
          ...valuePlace(expression.entry),
          message: `${cite(value)} gives ${found === undefined ? 'no policy' : cite(found)}; without regard to case it would give ${cite(wanted)}`,
          consequence: found === undefined ? 'this person is refused' : 'this person gets another policy than meant',
          help: 'put (?i) in front, or write A-Za-z',
          suggestions: [`(?i)${expression.entry.value}`],
          related: [{ message: 'the claim', ...piecePlace(piece, subject.config.value(CLAIM)) }],
        });
      }
  },
};
