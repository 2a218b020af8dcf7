import { goLower } from '../../gem/lower.js';
import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, cite, piecePlace } from './subject.js';

export const gemListLosesRights: GemRule = {
  id: 'gem-list-loses-rights',
  code: 'G26',
  severity: 'warning',
  summary: 'Several policies become one that only reads',
  docs: {
    why: 'Several policies are aggregated into a virtual one with metrics:read only, over all their tenants. A second group takes write, rules, alerts and admin rights away without a word.',
    bad: payload(['id_token_claims:', '  gem_policy: [pref-1-a, pref-2-b]']),
    good: payload(['id_token_claims:', '  gem_policy: [pref-1-a]']),
    references: ['GEM manual: Multiple access policies'],
  },
  check(subject, report) {
    const compiled = subject.expression?.compiled;
    if (!compiled?.ok) return;
    for (const { values, isList, piece } of subject.policyValues()) {
      if (!isList) continue;
      const names = new Set(
        values.map((value) => goLower(compiled.pattern.match(value).value ?? '')).filter((name) => name !== ''),
      );
      if (names.size < 2) continue;
      report({
        ...piecePlace(piece, subject.config.value(CLAIM)),
        option: CLAIM,
        message: `${names.size} policies, ${[...names].map((name) => cite(name, 40)).join(', ')}, become one virtual policy`,
        consequence:
          'it may read metrics of all their tenants and nothing else: writing, rules, alerts and admin rights are gone',
        help: 'send one policy where more than reading is needed',
      });
    }
  },
};
