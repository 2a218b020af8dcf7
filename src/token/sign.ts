/**
 * Makes tokens for tests: whatever claims are given are signed as they stand, wrong types included.
 */
import { CompactSign, importJWK, type JWK } from 'jose';

export interface SignOptions {
  /** Chosen by the key where absent. */
  readonly alg?: string;
  readonly kid?: string;
  readonly typ?: string;
}

export type SignResult = { readonly token: string; readonly alg: string } | { readonly problem: string };

/** The usual algorithm of a key; undefined for a kind of key that cannot sign. */
export function defaultAlgorithm(key: JWK): string | undefined {
  if (key.alg !== undefined) return key.alg;
  switch (key.kty) {
    case 'oct':
      return 'HS256';
    case 'RSA':
      return 'RS256';
    case 'EC':
      return { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[key.crv ?? ''];
    case 'OKP':
      return key.crv === 'Ed25519' ? 'EdDSA' : undefined;
    default:
      return undefined;
  }
}

/** Signs a payload text (not changed in any way) as a compact JWS. */
export async function signToken(payload: string, key: JWK, options: SignOptions = {}): Promise<SignResult> {
  const alg = options.alg ?? defaultAlgorithm(key);
  if (alg === undefined) return { problem: `a ${key.kty}${key.crv ? ` ${key.crv}` : ''} key cannot sign` };
  const kid = options.kid ?? key.kid;
  try {
    const { alg: _alg, use: _use, key_ops: _ops, ...material } = key;
    const token = await new CompactSign(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg, typ: options.typ ?? 'JWT', ...(kid === undefined ? {} : { kid }) })
      .sign(await importJWK({ ...material, alg }, alg));
    return { token, alg };
  } catch (error) {
    return {
      problem: `${alg} cannot be used with this key: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
