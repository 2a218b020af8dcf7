/**
 * Signing keys of the demo provider: made at start, kept in memory, never written or printed.
 */
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';

export interface SigningKey {
  readonly kid: string;
  readonly alg: 'RS256';
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** A fresh RSA key of 2048 bits. */
export async function makeSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  const extra = { kid, alg: 'RS256', use: 'sig' };
  return {
    kid,
    alg: 'RS256',
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), ...extra },
    privateJwk: { ...(await exportJWK(privateKey)), ...extra },
  };
}

const shared = new Map<string, Promise<SigningKey>>();

/** One key per name and process: RSA keys are slow to make, and a test run starts many providers. */
export function processKey(kid: string): Promise<SigningKey> {
  let key = shared.get(kid);
  if (!key) {
    key = makeSigningKey(kid);
    shared.set(kid, key);
  }
  return key;
}
