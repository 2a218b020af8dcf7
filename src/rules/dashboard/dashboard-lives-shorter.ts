import { NumberText } from '../../dashboard/java-number.js';
import { MAX_AGE } from '../../dashboard/token.js';
import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { piecePlace } from './subject.js';

export const dashboardLivesShorter: DashboardRule = {
  id: 'dashboard-lives-shorter',
  code: 'J25',
  severity: 'warning',
  summary: 'The token lives shorter than its exp says',
  docs: {
    why: 'A token older than 180 seconds by its iat is refused, whatever exp says. Node libraries add iat by themselves: a token meant for 10 minutes works for 3.',
    bad: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600, exp: 1767226200 }']),
    good: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600, exp: 1767225780 }']),
    references: ['Dashboard: login with JWT (max-age 180)'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.claims) {
      const iat = piece.value.get('iat');
      const exp = piece.value.get('exp');
      if (!(iat instanceof NumberText) || !(exp instanceof NumberText)) continue;
      const life = exp.value - iat.value;
      if (life <= MAX_AGE || iat.value >= 1e11 || exp.value >= 1e11) continue;
      report({
        ...piecePlace(piece, 'exp'),
        option: 'id_token_claims.exp',
        message: `exp lies ${life} s behind iat`,
        consequence: `the token stops working ${MAX_AGE} s after iat all the same`,
        help: `make it right before the redirect, or leave iat out and set a short exp`,
      });
    }
  },
};
