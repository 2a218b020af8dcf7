/**
 * Verifies a signed token: signature first, then claims, each as a named check with what was expected and what was found.
 * The rules are those of RFC 7515, RFC 7519, RFC 8725 and OpenID Connect Core 1.0, section 3.1.3.7.
 */
import { compactVerify, importJWK, type JWK } from 'jose';
import type { Check } from '../claims/trace.js';
import { bareToken, type DecodedToken, decodeToken } from './decode.js';
import { describeKey } from './keys.js';

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

/** Which kind of key an algorithm needs, and its curve where it has one. */
const ALGORITHMS: Readonly<
  Record<string, { readonly kty: string; readonly crv?: readonly string[]; readonly hash: string }>
> = {
  RS256: { kty: 'RSA', hash: 'SHA-256' },
  RS384: { kty: 'RSA', hash: 'SHA-384' },
  RS512: { kty: 'RSA', hash: 'SHA-512' },
  PS256: { kty: 'RSA', hash: 'SHA-256' },
  PS384: { kty: 'RSA', hash: 'SHA-384' },
  PS512: { kty: 'RSA', hash: 'SHA-512' },
  ES256: { kty: 'EC', crv: ['P-256'], hash: 'SHA-256' },
  ES384: { kty: 'EC', crv: ['P-384'], hash: 'SHA-384' },
  ES512: { kty: 'EC', crv: ['P-521'], hash: 'SHA-512' },
  EdDSA: { kty: 'OKP', crv: ['Ed25519'], hash: 'SHA-512' },
  Ed25519: { kty: 'OKP', crv: ['Ed25519'], hash: 'SHA-512' },
  HS256: { kty: 'oct', hash: 'SHA-256' },
  HS384: { kty: 'oct', hash: 'SHA-384' },
  HS512: { kty: 'oct', hash: 'SHA-512' },
};

export const SIGNING_ALGORITHMS: readonly string[] = Object.keys(ALGORITHMS);

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
  const fitting = SIGNING_ALGORITHMS.filter((name) => kinds.has(ALGORITHMS[name]!.kty));
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

function chooseKeys(keys: readonly JWK[], alg: string, kid: unknown) {
  const { kty, crv } = ALGORITHMS[alg]!;
  const fits = (key: JWK) => key.kty === kty && (!crv || crv.includes(key.crv ?? ''));
  const usable = keys.filter(
    (key) =>
      fits(key) &&
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

async function claimChecks(
  claims: Readonly<Record<string, unknown>>,
  token: DecodedToken,
  options: VerifyOptions,
): Promise<Check[]> {
  const checks: Check[] = [];
  const required = options.idToken === true;
  checks.push(issuerCheck(claims['iss'], options));
  checks.push(audienceCheck(claims['aud'], options));
  const azp = azpCheck(claims, options);
  if (azp) checks.push(azp);
  if (required) {
    const sub = claims['sub'];
    const ok = typeof sub === 'string' && sub !== '';
    checks.push({
      name: 'subject',
      ok,
      expected: 'a text',
      actual: shown(sub),
      ...(ok ? {} : { because: 'an ID token must say who it is about (OpenID Connect Core, section 2)' }),
    });
  }
  checks.push(...timeChecks(claims, options));
  if (options.nonce !== undefined) {
    const ok = claims['nonce'] === options.nonce;
    const because = claims['nonce'] === undefined ? 'the token has no nonce' : 'the token answers another request';
    checks.push({
      name: 'nonce',
      ok,
      expected: options.nonce,
      actual: shown(claims['nonce']),
      ...(ok ? {} : { because }),
    });
  }
  if (options.accessToken !== undefined && claims['at_hash'] !== undefined) {
    checks.push(await atHashCheck(claims['at_hash'], token.header['alg'], options.accessToken));
  }
  return checks;
}

function issuerCheck(iss: unknown, options: VerifyOptions): Check {
  const actual = shown(iss);
  if (options.issuer === undefined) {
    const because = 'no issuer was given to compare with';
    return { name: 'issuer', ok: options.idToken && typeof iss !== 'string' ? false : null, actual, because };
  }
  const ok = iss === options.issuer;
  return {
    name: 'issuer',
    ok,
    expected: options.issuer,
    actual,
    ...(ok ? {} : { because: typeof iss === 'string' ? difference(options.issuer, iss) : 'the token names no issuer' }),
  };
}

function audienceCheck(aud: unknown, options: VerifyOptions): Check {
  const list = typeof aud === 'string' ? [aud] : Array.isArray(aud) ? aud : [];
  const actual = aud === undefined ? 'none' : list.length > 0 ? list.map((one) => shown(one)).join(', ') : shown(aud);
  if (options.audience === undefined) {
    return {
      name: 'audience',
      ok: options.idToken && list.length === 0 ? false : null,
      actual,
      because: 'no audience was given to compare with',
    };
  }
  const ok = list.includes(options.audience);
  return {
    name: 'audience',
    ok,
    expected: options.audience,
    actual,
    ...(ok ? {} : { because: 'the token was made for another client' }),
  };
}

function azpCheck(claims: Readonly<Record<string, unknown>>, options: VerifyOptions): Check | undefined {
  const azp = claims['azp'];
  if (options.audience === undefined || azp === undefined) return undefined;
  const ok = azp === options.audience;
  return {
    name: 'authorized party',
    ok,
    expected: options.audience,
    actual: shown(azp),
    ...(ok ? {} : { because: 'azp names another client' }),
  };
}

/** A NumericDate is a number of seconds; anything above this is meant in milliseconds. */
const MOST_SECONDS = 100_000_000_000;

function timeChecks(claims: Readonly<Record<string, unknown>>, options: VerifyOptions): Check[] {
  const { now } = options;
  const skew = options.clockSkew ?? 0;
  const checks: Check[] = [];
  const time = (claim: string, name: string, test: (value: number) => Omit<Check, 'name' | 'actual'>): void => {
    const value = claims[claim];
    if (value === undefined) return;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      checks.push({
        name,
        ok: false,
        expected: 'seconds since 1970',
        actual: shown(value),
        because: `${claim} is no number`,
      });
    } else if (Math.abs(value) > MOST_SECONDS) {
      const because = `${claim} is given in milliseconds; it counts seconds`;
      checks.push({ name, ok: false, expected: 'seconds since 1970', actual: String(value), because });
    } else checks.push({ name, actual: iso(value), ...test(value) });
  };
  const nowText = iso(now) + (skew > 0 ? ` ±${skew} s` : '');

  if (claims['exp'] === undefined) {
    const because = 'the token has no exp: it never ends';
    checks.push({
      name: 'expires',
      ok: options.idToken ? false : null,
      expected: `after ${nowText}`,
      actual: 'never',
      because,
    });
  }
  time('exp', 'expires', (exp) => {
    const ok = now - skew < exp;
    return { ok, expected: `after ${nowText}`, ...(ok ? {} : { because: `it ended ${span(now - exp)} ago` }) };
  });
  time('nbf', 'not before', (nbf) => {
    const ok = nbf <= now + skew;
    return { ok, expected: `not after ${nowText}`, ...(ok ? {} : { because: `it begins in ${span(nbf - now)}` }) };
  });
  time('iat', 'issued at', (iat) => {
    const ok = iat <= now + skew;
    const because = `it was issued ${span(iat - now)} in the future: the clocks differ`;
    return { ok, expected: `not after ${nowText}`, ...(ok ? {} : { because }) };
  });
  if (options.idToken && claims['iat'] === undefined) {
    checks.push({ name: 'issued at', ok: false, actual: 'none', because: 'an ID token must have iat' });
  }
  return checks;
}

async function atHashCheck(actual: unknown, alg: unknown, accessToken: string): Promise<Check> {
  const hash = typeof alg === 'string' ? ALGORITHMS[alg]?.hash : undefined;
  if (!hash) return { name: 'at_hash', ok: null, actual: shown(actual), because: 'its algorithm says no hash' };
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest(hash, new TextEncoder().encode(accessToken)));
  const expected = Buffer.from(digest.subarray(0, digest.length / 2)).toString('base64url');
  const ok = actual === expected;
  return {
    name: 'at_hash',
    ok,
    expected,
    actual: shown(actual),
    ...(ok ? {} : { because: 'the ID token and the access token do not belong together' }),
  };
}

/** Where two texts part: `they differ at character 24: "/" instead of the end`. Characters count from 1. */
export function difference(expected: string, actual: string): string {
  let at = 0;
  while (at < expected.length && at < actual.length && expected[at] === actual[at]) at++;
  const sign = (text: string) =>
    at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at)!)) : 'the end';
  return `they differ at character ${at + 1}: ${sign(actual)} instead of ${sign(expected)}`;
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

/** A stretch of time in the largest unit that fits, rounded down: `2 h 5 min`. */
export function span(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const units: readonly (readonly [string, number])[] = [
    ['y', 31_557_600],
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const first = units.findIndex(([, size]) => whole >= size);
  if (first === -1) return '0 s';
  const [name, size] = units[first]!;
  const next = units[first + 1];
  const rest = next ? Math.floor((whole % size) / next[1]) : 0;
  return `${Math.floor(whole / size)} ${name}${next && rest > 0 ? ` ${rest} ${next[0]}` : ''}`;
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

function shown(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
