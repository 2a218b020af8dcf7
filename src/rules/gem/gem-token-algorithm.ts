import { payload, token } from './example.js';
import type { GemRule } from './subject.js';
import { piecePlace } from './subject.js';

export const gemTokenAlgorithm: GemRule = {
  id: 'gem-token-algorithm',
  code: 'G35',
  severity: 'error',
  summary: 'The token is signed with HS256 or not at all',
  docs: {
    why: 'Tokens signed with a shared secret (HS256, HS384, HS512) or not signed at all are never accepted with the keys of discovery.',
    bad: payload([`id_token: ${token({ alg: 'HS256' }, { sub: 'pref-1-a' })}`]),
    good: payload([`id_token: ${token({ alg: 'RS256', kid: 'k1' }, { sub: 'pref-1-a' })}`]),
    references: ['go-oidc v3.4.0 (run)'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.tokens) {
      const alg = piece.value.parts?.header?.['alg'];
      if (typeof alg !== 'string' || !(alg === 'none' || alg.startsWith('HS'))) continue;
      report({
        ...piecePlace(piece),
        option: 'id_token',
        message: alg === 'none' ? 'the token is not signed' : `the token is signed with ${alg}, a shared secret`,
        consequence: 'it is never accepted: GEM verifies with the public keys of the provider',
        help: 'let the provider sign with RS256 or ES256',
      });
    }
  },
};
