import { payload, token } from './example.js';
import type { GemRule } from './subject.js';
import { piecePlace } from './subject.js';

export const gemTokenNotSignedJwt: GemRule = {
  id: 'gem-token-not-signed-jwt',
  code: 'G34',
  severity: 'warning',
  summary: 'The token is opaque or encrypted',
  docs: {
    why: 'Only a signed JWT can be validated with the keys of the provider. Access tokens of some providers are opaque (Google; Auth0 without an API audience) or encrypted.',
    bad: payload(['id_token: b2f6a0c4d8e94a7fa1c3']),
    good: payload([`id_token: ${token({ alg: 'RS256', kid: 'k1' }, { sub: 'pref-1-a' })}`]),
    references: ['RFC 9068', 'go-oidc v3.4.0 (run)'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.tokens) {
      if (piece.value.parts !== undefined) continue;
      const encrypted = piece.value.text.split('.').length === 5;
      report({
        ...piecePlace(piece),
        option: 'id_token',
        message: encrypted ? 'the token is encrypted (JWE)' : 'the token is not a JWT',
        consequence: 'it cannot be validated with the keys of the provider: the request is refused',
        help: 'send the ID token, or let the provider issue signed JWT access tokens (an audience may be needed)',
      });
    }
  },
};
