import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { piecePlace } from './subject.js';

export const dashboardTokenForever: DashboardRule = {
  id: 'dashboard-token-forever',
  code: 'J26',
  severity: 'error',
  summary: 'The token never expires',
  docs: {
    why: 'Both limits are skipped where their claim is absent. Without iat and exp a token can be used again and again, for ever.',
    bad: payload(['id_token_claims: { email: rasta@example.com }']),
    good: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600 }']),
    references: ['buddy-sign 3.6.1: checks of claims'],
  },
  failOpen: true,
  check(subject, report) {
    for (const piece of subject.evidence.claims) {
      if (piece.value.has('iat') || piece.value.has('exp')) continue;
      report({
        ...piecePlace(piece),
        option: 'id_token_claims',
        message: 'the token has neither iat nor exp',
        consequence: 'it is valid for ever, and whoever finds it in a log or a browser history can log in',
        help: 'set iat; the token then lives 180 seconds',
      });
    }
  },
};
