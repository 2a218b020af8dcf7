/**
 * Keys from the texts people have: a JWKS, a single JWK, PEM blocks (public or private key, certificate), a shared secret.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';

export type SecretEncoding = 'text' | 'hex' | 'base64' | 'base64url';

export const SECRET_ENCODINGS: readonly SecretEncoding[] = ['text', 'hex', 'base64', 'base64url'];

export type KeysResult = { readonly keys: readonly JWK[] } | { readonly problem: string; readonly hint?: string };

/** Public (or shared) keys of a JWKS document; entries that are no keys are left out. */
export function keysOfJwks(document: unknown): readonly JWK[] | undefined {
  if (!isObject(document) || !Array.isArray(document['keys'])) return undefined;
  return document['keys'].filter((key): key is JWK => isObject(key) && typeof key['kty'] === 'string');
}

/** Reads verification keys from a JWKS, a JWK or PEM. */
export function readPublicKeys(text: string): KeysResult {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return readJson(trimmed);
  const blocks = pemBlocks(trimmed);
  if (blocks.length > 0) return readPem(blocks);
  return {
    problem: 'it is neither a JWKS, nor a JWK, nor PEM',
    hint: 'a shared secret is given with --secret-file',
  };
}

function readJson(text: string): KeysResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not the parser's own words: they quote the text, which may hold a private key.
    return { problem: 'it is not valid JSON' };
  }
  const set = keysOfJwks(value);
  if (set) return set.length > 0 ? { keys: set } : { problem: 'the JWKS holds no key' };
  if (isObject(value) && typeof value['kty'] === 'string') return { keys: [value as JWK] };
  return { problem: 'the JSON is neither a JWKS ("keys": […]) nor a JWK ("kty": …)' };
}

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

function pemBlocks(text: string): { readonly label: string; readonly pem: string }[] {
  return [...text.matchAll(PEM)].map((match) => ({ label: match[1]!, pem: match[0] }));
}

function readPem(blocks: readonly { readonly label: string; readonly pem: string }[]): KeysResult {
  const keys: JWK[] = [];
  for (const { label, pem } of blocks) {
    // Parameters stand before an EC key in files of `openssl ecparam`.
    if (label === 'EC PARAMETERS') continue;
    if (label.includes('ENCRYPTED')) {
      return {
        problem: 'the key is encrypted with a password',
        hint: 'only its public part is needed: openssl pkey -pubout',
      };
    }
    try {
      keys.push(createPublicKey(pem).export({ format: 'jwk' }) as JWK);
    } catch {
      return { problem: `the PEM block "${label}" holds no key that can be read` };
    }
  }
  return keys.length > 0 ? { keys } : { problem: 'the PEM text holds no key' };
}

/** A private key to sign with: JWK or PEM. Texts that are neither are a shared secret only where the caller says so. */
export function readPrivateKey(
  text: string,
): { readonly key: JWK } | { readonly problem: string; readonly hint?: string } {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) {
    const read = readJson(trimmed);
    if ('problem' in read) return read;
    const key = read.keys.find((one) => typeof one.d === 'string' || one.kty === 'oct');
    return key ? { key } : { problem: 'the key has no private part ("d")', hint: 'signing needs the private key' };
  }
  const block = pemBlocks(trimmed).find(({ label }) => label !== 'EC PARAMETERS');
  if (!block) return { problem: 'it is neither a JWK nor PEM', hint: 'a shared secret is given with --secret-file' };
  if (block.label.includes('ENCRYPTED')) return { problem: 'the key is encrypted with a password' };
  try {
    return { key: createPrivateKey(block.pem).export({ format: 'jwk' }) as JWK };
  } catch {
    return { problem: `the PEM block "${block.label}" holds no private key that can be read` };
  }
}

/**
 * A shared secret as a key. One line break at the end of a file is not part of it.
 */
export function secretKey(text: string, encoding: SecretEncoding = 'text'): KeysResult {
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') return { problem: 'the secret is empty' };
  if (encoding === 'text') return { keys: [octKey(new TextEncoder().encode(secret))] };
  const plain = secret.replace(/\s+/g, '');
  const pattern = { hex: /^(?:[0-9a-f]{2})+$/i, base64: /^[A-Za-z0-9+/]+={0,2}$/, base64url: /^[\w-]+={0,2}$/ }[
    encoding
  ];
  if (!pattern.test(plain)) return { problem: `the secret is not ${encoding}` };
  return { keys: [octKey(Buffer.from(plain, encoding))] };
}

function octKey(bytes: Uint8Array): JWK {
  return { kty: 'oct', k: Buffer.from(bytes).toString('base64url') };
}

/** `RSA 2048 bits, key id "a"`: what a key is, without the key. */
export function describeKey(key: JWK): string {
  const size =
    key.kty === 'RSA' && typeof key.n === 'string'
      ? ` ${Buffer.from(key.n, 'base64url').length * 8} bits`
      : key.kty === 'oct' && typeof key.k === 'string'
        ? ` ${Buffer.from(key.k, 'base64url').length * 8} bits`
        : key.crv
          ? ` ${key.crv}`
          : '';
  const name = key.kty === 'oct' ? 'shared secret' : key.kty;
  return `${name}${size}${key.kid === undefined ? '' : `, key id "${key.kid}"`}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
