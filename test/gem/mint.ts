/** Tokens and keys for tests: signed with keys made anew in each run. */

import type { JsonWebKey, KeyPairKeyObjectResult } from 'node:crypto';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

const pairs = new Map<string, KeyPairKeyObjectResult>();

function pair(name: string, algorithm: string): KeyPairKeyObjectResult {
  const kind = algorithm.startsWith('ES') ? 'EC' : 'RSA';
  const id = `${kind} ${name}`;
  let found = pairs.get(id);
  if (found === undefined) {
    found =
      kind === 'EC'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    pairs.set(id, found);
  }
  return found;
}

export function jwk(name: string, algorithm = 'RS256'): JsonWebKey {
  return { ...pair(name, algorithm).publicKey.export({ format: 'jwk' }), kid: name, use: 'sig' };
}

export function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

export interface MintOptions {
  readonly alg?: string;
  /** Null: none in the header. */
  readonly kid?: string | null;
  readonly signedWith?: string;
  /** Payload exchanged after signing. */
  readonly tampered?: unknown;
  /** Further header fields. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A JWT over claims; a string is taken as the payload's text. */
export function mint(claims: unknown, options: MintOptions = {}): string {
  const { alg = 'RS256', kid = 'k1', signedWith = 'k1', tampered } = options;
  const header = encode({ alg, typ: 'JWT', ...(kid === null ? {} : { kid }), ...options.header });
  const message = `${header}.${encode(claims)}`;
  return `${tampered === undefined ? message : `${header}.${encode(tampered)}`}.${signature(alg, signedWith, message)}`;
}

function signature(alg: string, key: string, message: string): string {
  if (alg === 'none') return '';
  if (alg === 'HS256') return createHmac('sha256', 'secret').update(message).digest('base64url');
  const { privateKey } = pair(key, alg);
  const hash = `sha${alg.slice(2)}`;
  if (alg.startsWith('ES'))
    return sign(hash, Buffer.from(message), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return sign(hash, Buffer.from(message), privateKey).toString('base64url');
}
