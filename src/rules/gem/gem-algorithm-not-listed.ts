import { acceptedAlgorithms } from '../../gem/signature.js';
import { payload, token } from './example.js';
import type { GemRule } from './subject.js';
import { piecePlace } from './subject.js';

export const gemAlgorithmNotListed: GemRule = {
  id: 'gem-algorithm-not-listed',
  code: 'G36',
  severity: 'warning',
  summary: 'The algorithm of the token is not listed by discovery',
  docs: {
    why: 'Accepted are the algorithms in id_token_signing_alg_values_supported; RS256 where none is listed. Another one is refused although its key is there.',
    bad: payload([
      'provider:',
      '  algorithms: [RS256]',
      `id_token: ${token({ alg: 'ES256', kid: 'k1' }, { sub: 'pref-1-a' })}`,
    ]),
    good: payload([
      'provider:',
      '  algorithms: [RS256, ES256]',
      `id_token: ${token({ alg: 'ES256', kid: 'k1' }, { sub: 'pref-1-a' })}`,
    ]),
    references: ['go-oidc v3.4.0 (run)', 'OpenID Connect Discovery 1.0 section 3'],
  },
  check(subject, report) {
    for (const provider of subject.evidence.providers) {
      const accepted = acceptedAlgorithms(provider.value.algorithms ?? []);
      for (const piece of subject.evidence.tokens) {
        const alg = piece.value.parts?.header?.['alg'];
        if (typeof alg !== 'string' || alg === 'none' || alg.startsWith('HS') || accepted.includes(alg)) continue;
        report({
          ...piecePlace(piece),
          option: 'id_token',
          message: `the token is signed with ${alg}; accepted ${accepted.length === 1 ? 'is' : 'are'} ${accepted.join(', ')}`,
          consequence: 'it is refused although its key may be among the keys',
          help: 'let the provider list the algorithm, or sign with a listed one',
        });
      }
    }
  },
};
