import { checkSignature } from '../../dashboard/token.js';
import { payload, token } from './example.js';
import type { DashboardRule } from './subject.js';
import { piecePlace } from './subject.js';

export const dashboardTokenAlgorithm: DashboardRule = {
  id: 'dashboard-token-algorithm',
  code: 'J29',
  severity: 'error',
  summary: 'The token is not signed with HS256',
  docs: {
    why: 'The server verifies HMAC-SHA256 with the secret and nothing else. Public keys and JWKS cannot be configured: tokens of an OpenID provider do not log in.',
    bad: payload([`id_token: ${token({ alg: 'RS256', kid: 'k1' }, { email: 'rasta@example.com' })}`]),
    good: payload([`id_token: ${token({ alg: 'HS256' }, { email: 'rasta@example.com' })}`]),
    references: ['Dashboard manual: Authentication flows (HS256 only)', 'buddy-sign 3.6.1'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.tokens) {
      const alg = piece.value.header.get('alg');
      if (alg === 'HS256') continue;
      const shown = typeof alg === 'string' ? alg : 'no algorithm';
      const passes = checkSignature(piece.value.text, subject.view.secret).ok;
      report({
        ...piecePlace(piece),
        option: 'id_token',
        ...(passes ? { severity: 'info' as const } : {}),
        message: passes
          ? `the header says ${shown}, while the signature is HMAC-SHA256`
          : `the token names ${shown}; only HS256 is verified`,
        consequence: passes
          ? 'it passes, since the header is not read'
          : 'the login ends with 401 "Message seems corrupt or manipulated"',
        help: 'sign with HS256 and the shared secret',
      });
    }
  },
};
