import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, piecePlace } from './subject.js';

export const gemListsTooOld: GemRule = {
  id: 'gem-lists-too-old',
  code: 'G39',
  severity: 'info',
  summary: 'A list claim with a version that describes single values',
  docs: {
    why: 'The manual of 1.4 describes a single value in the claim; lists come with 1.5.',
    bad: payload(['id_token_claims:', '  gem_policy: [pref-1-a]']),
    good: payload(['id_token_claims:', '  gem_policy: pref-1-a']),
    references: ['GEM manuals of 1.4 and 1.5: OAuth'],
  },
  versions: '<1.5',
  exampleOptions: { productVersion: '1.4' },
  check(subject, report) {
    for (const { isList, piece } of subject.policyValues())
      if (isList)
        report({
          ...piecePlace(piece, subject.config.value(CLAIM)),
          option: CLAIM,
          message: `the claim is a list; GEM ${subject.profile.asked} describes a single value`,
          consequence: 'what comes of it is not documented',
          help: 'send a single value, or upgrade to 1.5 or later',
        });
  },
};
