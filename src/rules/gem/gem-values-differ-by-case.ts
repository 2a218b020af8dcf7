import { goLower } from '../../gem/lower.js';
import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, cite, piecePlace } from './subject.js';

export const gemValuesDifferByCase: GemRule = {
  id: 'gem-values-differ-by-case',
  code: 'G24',
  severity: 'warning',
  summary: 'Values of the claim fall together in lower case',
  docs: {
    why: 'Names are put in lower case, so two values that differ only by case become one policy. Whether that counts as one or as an aggregate is not documented.',
    bad: payload(['id_token_claims:', '  gem_policy: [Team1, team1]'], { access_policy_regex: '^([A-Za-z0-9]+)$' }),
    good: payload(['id_token_claims:', '  gem_policy: [team1, team2]'], { access_policy_regex: '^([A-Za-z0-9]+)$' }),
    references: ['GEM manual: Integrate with OAuth, Note'],
  },
  check(subject, report) {
    const compiled = subject.expression?.compiled;
    if (!compiled?.ok) return;
    for (const { values, piece } of subject.policyValues()) {
      const seen = new Map<string, string>();
      for (const value of values) {
        const lower = goLower(compiled.pattern.match(value).value ?? '');
        const other = seen.get(lower);
        if (lower !== '' && other !== undefined && other !== value)
          report({
            ...piecePlace(piece, subject.config.value(CLAIM)),
            option: CLAIM,
            message: `${cite(other)} and ${cite(value)} both become the policy ${cite(lower)}`,
            consequence: 'whether this is one policy with its own rights or a read-only aggregate is not documented',
            help: 'let the identity provider send each policy once',
          });
        seen.set(lower, value);
      }
    }
  },
};
