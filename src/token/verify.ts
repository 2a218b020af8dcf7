/**
 * Verifies a signed token: signature first, then claims, each as a named check with what was expected and what was found.
 * The rules are those of RFC 7515, RFC 7519, RFC 8725 and OpenID Connect Core 1.0, section 3.1.3.7.
 */
import { compactVerify, importJWK, type JWK } from 'jose';
import type { Check } from '../claims/trace.js';
import { ALGORITHMS, SIGNING_ALGORITHMS } from './algorithms.js';
import { claimChecks } from './claim-checks.js';
import { bareToken, type DecodedToken, decodeToken } from './decode.js';
import { describeKey } from './keys.js';
import { oneOf, shown } from './words.js';

export interface VerifyOptions {
  readonly keys: readonly JWK[];
  /** Where the keys came from, for the texts: `the JWKS of https://…`, `the file key.pem`. */
  readonly keysFrom: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds clocks may differ. */
  readonly clockSkew?: number;
  readonly issuer?: string;
  readonly audience?: string;
  /** Undefined: not checked. */
  readonly nonce?: string;
  /** For at_hash. */
  readonly accessToken?: string;
  /** Only these algorithms, where given. */
  readonly algorithms?: readonly string[];
  /** An ID token must have iss, sub, aud, exp and iat. */
  readonly idToken?: boolean;
}

export interface Verification {
  /** No check failed. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** What the token says; absent where it could not be read. */
  readonly token?: DecodedToken;
}

/** Runs every check that can be run; never throws for a bad token. */
export async function verifyToken(text: string, options: VerifyOptions): Promise<Verification> {
  const decoded = decodeToken(text);
  if ('failure' in decoded) {
    return result([{ name: 'format', ok: false, expected: 'a signed JWT', because: decoded.failure.message }]);
  }
  const { token } = decoded;
  if (token.kind === 'jwe') {
    const because = 'it is encrypted: only the client it was made for can open it';
    return result(
      [{ name: 'format', ok: false, expected: 'a signed JWT', actual: 'an encrypted one (JWE)', because }],
      token,
    );
  }
  const checks: Check[] = [{ name: 'format', ok: true, expected: 'a signed JWT', actual: 'a signed JWT' }];
  checks.push(...(await signatureChecks(text, token, options)));
  if (token.claims) checks.push(...(await claimChecks(token.claims, token, options)));
  else checks.push({ name: 'claims', ok: false, expected: 'a JSON object', because: 'the payload is no JSON object' });
  return result(checks, token);
}

function result(checks: readonly Check[], token?: DecodedToken): Verification {
  return { ok: checks.every((check) => check.ok !== false), checks, ...(token ? { token } : {}) };
}

async function signatureChecks(text: string, token: DecodedToken, options: VerifyOptions): Promise<Check[]> {
  const { header } = token;
  const checks: Check[] = [];
  const alg = header['alg'];
  const algorithm = algorithmCheck(alg, options);
  checks.push(algorithm);
  if ('crit' in header) {
    checks.push({
      name: 'critical headers',
      ok: false,
      expected: 'none',
      actual: JSON.stringify(header['crit']),
      because: 'the token demands extensions that are not understood here (RFC 7515, section 4.1.11)',
    });
  }
  if (algorithm.ok === false || typeof alg !== 'string') {
    checks.push({ name: 'signature', ok: false, because: 'not tried: its algorithm is refused' });
    return checks;
  }
  const chosen = chooseKeys(options.keys, alg, header['kid']);
  checks.push({ name: 'key', expected: expectedKey(alg, header['kid']), ...chosen.check(options) });
  if (chosen.keys.length === 0) {
    checks.push({ name: 'signature', ok: false, because: 'not tried: there is no key for it' });
    return checks;
  }
  checks.push(await trySignature(text, alg, chosen.keys));
  return checks;
}

function algorithmCheck(alg: unknown, options: VerifyOptions): Check {
  const kinds = new Set(options.keys.map((key) => key.kty));
  const fitting = SIGNING_ALGORITHMS.filter((name) => options.keys.some((key) => fits(key, name)));
  const allowed = options.algorithms?.filter((name) => fitting.includes(name)) ?? fitting;
  const check = { name: 'algorithm', expected: oneOf(allowed), actual: typeof alg === 'string' ? alg : shown(alg) };
  if (typeof alg !== 'string') return { ...check, ok: false, because: 'the header names no algorithm' };
  if (alg.toLowerCase() === 'none') {
    return { ...check, ok: false, because: 'the token is not signed: anybody could have written it' };
  }
  if (!Object.hasOwn(ALGORITHMS, alg))
    return { ...check, ok: false, because: 'no signature algorithm of that name is known' };
  if (alg.startsWith('HS') && !kinds.has('oct')) {
    return {
      ...check,
      ok: false,
      because: `${alg} takes a shared secret, but ${options.keysFrom} gives public keys: whoever has a public key could sign with it (algorithm confusion)`,
    };
  }
  if (!alg.startsWith('HS') && !fitting.includes(alg) && kinds.has('oct')) {
    return { ...check, ok: false, because: `${alg} needs a public key, but ${options.keysFrom} gives a shared secret` };
  }
  if (options.algorithms && !options.algorithms.includes(alg)) {
    return { ...check, ok: false, because: `only ${oneOf(options.algorithms)} may be used` };
  }
  return { ...check, ok: true };
}

function expectedKey(alg: string, kid: unknown): string {
  const { kty, crv } = ALGORITHMS[alg]!;
  const kind = kty === 'oct' ? 'a shared secret' : `${kty} key${crv ? ` on ${crv.join(' or ')}` : ''}`;
  return typeof kid === 'string' ? `${kind} with key id "${kid}"` : kind;
}

/** Kind and curve of a key are those of an algorithm. */
function fits(key: JWK, alg: string): boolean {
  const { kty, crv } = ALGORITHMS[alg]!;
  return key.kty === kty && (!crv || crv.includes(key.crv ?? ''));
}

function chooseKeys(keys: readonly JWK[], alg: string, kid: unknown) {
  const usable = keys.filter(
    (key) =>
      fits(key, alg) &&
      (key.use === undefined || key.use === 'sig') &&
      (key.alg === undefined ||
        key.alg === alg ||
        (alg === 'Ed25519' && key.alg === 'EdDSA') ||
        (alg === 'EdDSA' && key.alg === 'Ed25519')) &&
      (key.key_ops === undefined || key.key_ops.includes('verify') || key.key_ops.includes('sign')),
  );
  // Keys without an id (PEM, a secret) may belong to any token.
  const named = typeof kid === 'string' ? usable.filter((key) => key.kid === undefined || key.kid === kid) : usable;
  const check = (options: VerifyOptions): Omit<Check, 'name'> => {
    if (named.length > 0) return { ok: true, actual: describeKey(named[0]!) };
    const ids = keys.flatMap((key) => (key.kid === undefined ? [] : [`"${key.kid}"`]));
    if (typeof kid === 'string' && usable.length > 0) {
      return {
        ok: false,
        actual: `${options.keysFrom} has key id ${ids.join(', ')}`,
        because: 'the key that signed it is not among them: keys were changed, or the token is from another issuer',
      };
    }
    return {
      ok: false,
      actual: keys.length === 0 ? 'no key at all' : keys.map(describeKey).join('; '),
      because: `${options.keysFrom} has no key for ${alg}`,
    };
  };
  return { keys: named, check };
}

async function trySignature(text: string, alg: string, keys: readonly JWK[]): Promise<Check> {
  const compact = bareToken(text);
  let because = 'the signature does not belong to this header and payload with this key';
  for (const jwk of keys) {
    try {
      const { kid: _kid, use: _use, key_ops: _ops, alg: _alg, ...material } = jwk;
      await compactVerify(compact, await importJWK(publicPart({ ...material, alg }), alg), { algorithms: [alg] });
      return { name: 'signature', ok: true, actual: `${alg} with ${describeKey(jwk)}` };
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' && error instanceof Error) because = keyProblem(error, jwk);
    }
  }
  return { name: 'signature', ok: false, because };
}

function keyProblem(error: Error, key: JWK): string {
  const bits = /modulusLength/.test(error.message)
    ? ', which is too short: 2048 are the least (RFC 7518, section 3.3)'
    : '';
  return bits
    ? `the key is ${describeKey(key)}${bits}`
    : `it cannot be checked with ${describeKey(key)}: ${error.message}`;
}

/** Without the private members: a private key given for verifying must not make verifying fail. */
function publicPart(key: JWK): JWK {
  if (key.kty === 'oct') return key;
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, oth: _oth, ...rest } = key;
  return rest;
}
