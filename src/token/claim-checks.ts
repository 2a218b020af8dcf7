/** Checks of what a token claims: who issued it, for whom, when (RFC 7519; OpenID Connect Core 1.0, sections 2 and 3.1.3). */
import type { Check } from '../claims/trace.js';
import { ALGORITHMS } from './algorithms.js';
import type { DecodedToken } from './decode.js';
import type { VerifyOptions } from './verify.js';
import { difference, shown, span } from './words.js';

export async function claimChecks(
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

const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
