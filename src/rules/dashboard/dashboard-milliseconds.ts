import { NumberText } from '../../dashboard/java-number.js';
import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { piecePlace } from './subject.js';

export const dashboardMilliseconds: DashboardRule = {
  id: 'dashboard-milliseconds',
  code: 'J27',
  severity: 'error',
  summary: 'A time is in milliseconds',
  docs: {
    why: 'Times are seconds. In milliseconds the age is negative and expiry lies millennia ahead, so both limits are void; nbf refuses every login.',
    bad: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600000 }']),
    good: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600 }']),
    references: ['RFC 7519 section 2 (NumericDate)'],
  },
  failOpen: true,
  check(subject, report) {
    for (const piece of subject.evidence.claims)
      for (const name of ['iat', 'exp', 'nbf']) {
        const value = piece.value.get(name);
        if (!(value instanceof NumberText) || value.value < 1e11) continue;
        report({
          ...piecePlace(piece, name),
          option: `id_token_claims.${name}`,
          ...(name === 'nbf' ? { failOpen: false } : {}),
          message: `${name} looks like milliseconds`,
          consequence:
            name === 'nbf'
              ? 'every login is refused as not yet valid'
              : 'this limit is void: the token lives as good as for ever',
          help: 'divide by 1000 and cut the fraction',
        });
      }
  },
};
