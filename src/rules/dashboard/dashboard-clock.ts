import { NumberText } from '../../dashboard/java-number.js';
import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { piecePlace } from './subject.js';

export const dashboardClock: DashboardRule = {
  id: 'dashboard-clock',
  code: 'J28',
  severity: 'warning',
  summary: 'The token leaves no room for clocks that differ',
  docs: {
    why: 'No leeway is given. A signer whose clock is ahead and sets nbf is refused as not yet valid; one that is more than 3 minutes behind makes tokens that are too old at birth.',
    bad: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600, nbf: 1767225600 }']),
    good: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600 }']),
    references: ['Dashboard: login with JWT (no leeway)'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.claims) {
      const iat = piece.value.get('iat');
      const nbf = piece.value.get('nbf');
      if (!(nbf instanceof NumberText) || nbf.value >= 1e11) continue;
      if (iat instanceof NumberText && iat.value - nbf.value >= 30) continue;
      report({
        ...piecePlace(piece, 'nbf'),
        option: 'id_token_claims.nbf',
        message: 'nbf is the time of signing, and no leeway is given',
        consequence: 'a signer whose clock is a second ahead is refused with "Token is not yet valid"',
        help: 'leave nbf out, or set it a minute back',
      });
    }
  },
};
