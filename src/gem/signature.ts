/**
 * Signature check with the keys of a provider, as go-oidc with go-jose does it: the key is chosen by `kid` alone, its type
 * must fit the algorithm.
 */

import type { JsonWebKey } from 'node:crypto';
import { constants, createPublicKey, verify } from 'node:crypto';
import type { TokenParts } from './jwt.js';

/** Algorithms the library knows; others in a discovery document are passed over. EdDSA came with v3.6.0. */
export const KNOWN_ALGORITHMS: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
];

/** What a token may be signed with: the known ones of those listed, RS256 where none is. */
export function acceptedAlgorithms(listed: readonly string[]): readonly string[] {
  const known = listed.filter((name) => KNOWN_ALGORITHMS.includes(name));
  return known.length === 0 ? ['RS256'] : known;
}

export interface KeyTrial {
  readonly fits: boolean;
  /** Which keys were tried, by their id. */
  readonly tried: readonly string[];
}

/** Tries the keys whose id is the token's; all of them where the token names none. */
export function tryKeys(token: TokenParts, keys: readonly JsonWebKey[]): KeyTrial {
  const kid = typeof token.header?.['kid'] === 'string' ? token.header['kid'] : '';
  const tried: string[] = [];
  for (const key of keys) {
    const id = typeof key['kid'] === 'string' ? key['kid'] : '';
    if (kid !== '' && id !== kid) continue;
    tried.push(id);
    if (fits(token, key)) return { fits: true, tried };
  }
  return { fits: false, tried };
}

const EC_SIZES: Readonly<Record<string, number>> = { ES256: 32, ES384: 48, ES512: 66 };

function fits(token: TokenParts, jwk: JsonWebKey): boolean {
  const algorithm = token.header?.['alg'];
  // An extension that must be understood and is not.
  if (typeof algorithm !== 'string' || token.signature === undefined || token.header?.['crit'] !== undefined)
    return false;
  const family = algorithm.slice(0, 2);
  if (family === 'ES' ? jwk.kty !== 'EC' : jwk.kty !== 'RSA') return false;
  if (family === 'ES' && token.signature.length !== 2 * EC_SIZES[algorithm]!) return false;
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const options =
      family === 'ES'
        ? { key, dsaEncoding: 'ieee-p1363' as const }
        : family === 'PS'
          ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
          : { key, padding: constants.RSA_PKCS1_PADDING };
    return verify(`sha${algorithm.slice(2)}`, new TextEncoder().encode(token.signed), options, token.signature);
  } catch {
    return false;
  }
}
