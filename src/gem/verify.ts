/**
 * The checks a token must pass, in their order: issuer, audience, expiry, not-before, algorithm, signature.
 * GEM is closed: the checks are those of go-oidc v3.4.0 (run), the usual Go library, on top of what the manual states.
 */

import type { TokenParts } from './jwt.js';
import { audienceClaim, structField, timeClaim } from './jwt.js';
import type { ProviderFacts } from './provider.js';
import { differenceAt } from './provider.js';
import { acceptedAlgorithms, tryKeys } from './signature.js';
import type { Steps } from './steps.js';

export interface VerifyOptions {
  readonly issuer: string;
  /** Not checked where empty. */
  readonly audience: string;
  readonly adfsCompatibility: boolean;
  /** Seconds since 1970; without it the time checks are left out and the trace says so. */
  readonly now: number | undefined;
}

export interface Refusal {
  readonly rule: string;
  readonly message: string;
}

/** Clock difference granted for `nbf`, in seconds; one minute before go-oidc v3.2.0 (October 2021). */
const NBF_LEEWAY = 300;

const GOOGLE = 'https://accounts.google.com';
const GOOGLE_BARE = 'accounts.google.com';

/** Undefined where the token passes. Every check leaves a step. */
export function verifyToken(
  token: TokenParts,
  provider: ProviderFacts,
  options: VerifyOptions,
  steps: Steps,
): Refusal | undefined {
  return (
    wellTyped(token, steps) ??
    checkIssuer(token, provider, options, steps) ??
    checkAudience(token, options, steps) ??
    checkTimes(token, options, steps) ??
    checkAlgorithm(token, provider, steps) ??
    checkSignature(token, provider, steps)
  );
}

function wellTyped(token: TokenParts, steps: Steps): Refusal | undefined {
  const { claims } = token;
  const iss = structField(claims, 'iss');
  let problem: string | undefined;
  if (iss !== undefined && iss !== null && typeof iss !== 'string') problem = 'iss is not a text';
  else if (audienceClaim(structField(claims, 'aud')) === undefined)
    problem = 'aud is neither a text nor a list of texts';
  else if (timeClaim(structField(claims, 'exp'), 'invalid') === 'invalid') problem = 'exp is not a number of seconds';
  else if (timeClaim(structField(claims, 'iat'), 'invalid') === 'invalid') problem = 'iat is not a number of seconds';
  else if (timeClaim(structField(claims, 'nbf'), 'missing') === 'invalid') problem = 'nbf is not a number of seconds';
  if (problem === undefined) {
    const sub = structField(claims, 'sub');
    if (sub !== undefined && sub !== null && typeof sub !== 'string')
      steps.add({
        field: 'token',
        source: 'id_token',
        status: 'ignored',
        note: 'sub is not a text: the manual of GEM shows a list there, while OpenID Connect and the usual Go library want a text',
      });
    return undefined;
  }
  steps.add({ field: 'token', source: 'id_token', status: 'error', note: `the claims cannot be read: ${problem}` });
  return { rule: 'malformed', message: `the claims of the token cannot be read: ${problem}` };
}

function checkIssuer(
  token: TokenParts,
  provider: ProviderFacts,
  options: VerifyOptions,
  steps: Steps,
): Refusal | undefined {
  const iss = structField(token.claims, 'iss');
  const actual = typeof iss === 'string' ? iss : '';
  const base = { field: 'issuer', source: 'id_token', option: 'auth.admin.oidc.issuer_url', result: actual } as const;
  if (actual === options.issuer) {
    steps.add({ ...base, status: 'matched', note: 'iss equals the issuer that is set, character for character' });
    return undefined;
  }
  if (options.issuer === GOOGLE && actual === GOOGLE_BARE) {
    steps.add({ ...base, status: 'matched', note: 'Google alone may leave https:// out of iss' });
    return undefined;
  }
  if (options.adfsCompatibility && provider.accessTokenIssuer !== undefined && actual === provider.accessTokenIssuer) {
    steps.add({
      ...base,
      status: 'matched',
      certainty: 'undetermined',
      note: "iss is the provider's separate access-token issuer; adfs_compatibility probably allows it, which is not documented",
    });
    return undefined;
  }
  const message =
    actual === ''
      ? `the token has no iss; "${options.issuer}" is expected`
      : `iss "${actual}" is not the issuer "${options.issuer}": ${differenceAt(options.issuer, actual)}`;
  steps.add({ ...base, status: 'error', note: message });
  return { rule: 'issuer', message };
}

function checkAudience(token: TokenParts, options: VerifyOptions, steps: Steps): Refusal | undefined {
  const audiences = audienceClaim(structField(token.claims, 'aud')) ?? [];
  const base = {
    field: 'audience',
    source: 'id_token',
    option: 'auth.admin.oidc.audience',
    result: audiences,
  } as const;
  if (options.audience === '') {
    steps.add({ ...base, status: 'skipped', note: 'no audience is set: tokens made for any other application pass' });
    return undefined;
  }
  if (audiences.includes(options.audience)) {
    steps.add({ ...base, status: 'matched' });
    return undefined;
  }
  const message =
    audiences.length === 0
      ? `the token has no aud; "${options.audience}" is expected`
      : `aud ${audiences.map((one) => JSON.stringify(one)).join(', ')} does not hold "${options.audience}"`;
  steps.add({ ...base, status: 'error', note: message });
  return { rule: 'audience', message };
}

function checkTimes(token: TokenParts, options: VerifyOptions, steps: Steps): Refusal | undefined {
  const { now } = options;
  const exp = timeClaim(structField(token.claims, 'exp'), 'invalid');
  const nbf = timeClaim(structField(token.claims, 'nbf'), 'missing');
  if (now === undefined) {
    steps.add({
      field: 'exp',
      source: 'id_token',
      status: 'skipped',
      note: 'no time was given: exp and nbf are not checked',
    });
    return undefined;
  }
  if (typeof exp !== 'number') {
    const message = 'the token has no exp, which counts as expired';
    steps.add({ field: 'exp', source: 'id_token', status: 'error', note: message });
    return { rule: 'expired', message };
  }
  if (exp < now) {
    const message = `the token expired ${duration(now - exp)} ago (exp ${exp}, now ${now}); no leeway is given`;
    steps.add({ field: 'exp', source: 'id_token', result: exp, status: 'error', note: message });
    return { rule: 'expired', message };
  }
  steps.add({
    field: 'exp',
    source: 'id_token',
    result: exp,
    status: 'matched',
    note: `${duration(exp - now)} are left`,
  });
  if (typeof nbf === 'number') {
    if (now + NBF_LEEWAY < nbf) {
      const message = `the token is valid only in ${duration(nbf - now)} (nbf ${nbf}, now ${now}); 5 minutes are granted`;
      steps.add({ field: 'nbf', source: 'id_token', result: nbf, status: 'error', note: message });
      return { rule: 'nbf', message };
    }
    const early = nbf > now;
    steps.add({
      field: 'nbf',
      source: 'id_token',
      result: nbf,
      status: 'matched',
      ...(early && nbf - now > 60
        ? {
            certainty: 'undetermined' as const,
            note: `${duration(nbf - now)} ahead, within the 5 minutes granted since October 2021; one minute before`,
          }
        : early
          ? { note: `${duration(nbf - now)} ahead, which is granted` }
          : {}),
    });
  }
  return undefined;
}

function checkAlgorithm(token: TokenParts, provider: ProviderFacts, steps: Steps): Refusal | undefined {
  if (token.header === undefined || token.signature === undefined) {
    const message = 'the token is not three parts with a readable header and signature';
    steps.add({ field: 'token', source: 'id_token', status: 'error', note: message });
    return { rule: 'malformed', message };
  }
  const accepted = acceptedAlgorithms(provider.algorithms);
  const alg = token.header['alg'];
  const actual = typeof alg === 'string' ? alg : '';
  if (accepted.includes(actual)) {
    steps.add({ field: 'alg', source: 'id_token', result: actual, status: 'matched' });
    return undefined;
  }
  const listed = provider.algorithms.includes(actual);
  const unsettled = actual === 'EdDSA' && listed;
  const message = `the token is signed with ${actual === '' ? 'no named algorithm' : actual}; accepted ${accepted.length === 1 ? 'is' : 'are'} ${accepted.join(', ')}`;
  steps.add({
    field: 'alg',
    source: 'id_token',
    result: actual,
    status: 'error',
    note: listed && !unsettled ? `${message}; that the provider lists it does not help` : message,
    ...(unsettled ? { certainty: 'undetermined' as const } : {}),
  });
  return { rule: 'alg', message };
}

function checkSignature(token: TokenParts, provider: ProviderFacts, steps: Steps): Refusal | undefined {
  const kid = token.header?.['kid'];
  const named = typeof kid === 'string' && kid !== '' ? `"${kid}"` : undefined;
  const first = provider.keys();
  if ('problem' in first) return keysMissing(first.problem, steps);
  const trial = tryKeys(token, first.keys);
  const how = named === undefined ? 'the token names no key: every key is tried' : `key ${named}`;
  if (trial.fits) {
    steps.add({ field: 'signature', source: 'id_token', result: kid ?? null, status: 'matched', note: how });
    return undefined;
  }
  const again = provider.keysAgain();
  if ('problem' in again) return keysMissing(again.problem, steps);
  const second = tryKeys(token, again.keys);
  if (second.fits) {
    steps.add({
      field: 'signature',
      source: 'id_token',
      result: kid ?? null,
      status: 'matched',
      note: `${how}, found only after the keys were fetched once more`,
    });
    return undefined;
  }
  const message =
    second.tried.length === 0 && named !== undefined
      ? `no key of the provider has the id ${named}, also after fetching the keys once more`
      : `the signature fits ${named === undefined ? 'no key of the provider' : `not the key ${named}`}`;
  steps.add({ field: 'signature', source: 'id_token', result: kid ?? null, status: 'error', note: message });
  return { rule: 'signature', message };
}

function keysMissing(problem: string, steps: Steps): Refusal {
  steps.add({ field: 'signature', status: 'error', note: problem });
  return { rule: 'discovery', message: `the keys of the provider cannot be had: ${problem}` };
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.round(whole / 60)} min`;
  if (whole < 172_800) return `${Math.round(whole / 3600)} h`;
  return `${Math.round(whole / 86_400)} days`;
}
