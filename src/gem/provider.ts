/**
 * What GEM learns of the identity provider: discovery and keys, either described in a payload or answered by recorded HTTP
 * responses. Source: OpenID Connect Discovery 1.0 sections 4 and 4.3; go-oidc v3.4.0, run.
 */
import type { JsonWebKey } from 'node:crypto';
import { parseObject } from './jwt.js';

export interface ProviderFacts {
  readonly issuer: string;
  /** As listed by the provider. */
  readonly algorithms: readonly string[];
  readonly accessTokenIssuer?: string;
  /** Keys known; undefined where they cannot be had, with `keyProblem`. */
  keys(): KeyAnswer;
  /** Keys after they were fetched once more. */
  keysAgain(): KeyAnswer;
}

export type KeyAnswer = { readonly keys: readonly JsonWebKey[] } | { readonly problem: string };

export type ProviderAnswer =
  | { readonly ok: true; readonly provider: ProviderFacts }
  | { readonly ok: false; readonly message: string };

/** One trailing slash is dropped before the suffix is added. */
export function discoveryUrl(issuer: string): string {
  return `${issuer.endsWith('/') ? issuer.slice(0, -1) : issuer}/.well-known/openid-configuration`;
}

/** The provider as a payload describes it. */
export function describedProvider(value: Readonly<Record<string, unknown>>, issuer: string): ProviderAnswer {
  const own = typeof value['issuer'] === 'string' ? value['issuer'] : issuer;
  const difference = issuerDifference(issuer, own);
  if (difference !== undefined) return { ok: false, message: difference };
  const keys = keyList(value['keys']);
  const again = value['keysAfterRefetch'] === undefined ? keys : keyList(value['keysAfterRefetch']);
  return {
    ok: true,
    provider: {
      issuer: own,
      algorithms: texts(value['algorithms']),
      ...(typeof value['accessTokenIssuer'] === 'string' ? { accessTokenIssuer: value['accessTokenIssuer'] } : {}),
      keys: () => ({ keys }),
      keysAgain: () => ({ keys: again }),
    },
  };
}

/** The provider as recorded HTTP answers show it; every URL asked is added to `requests`. */
export function recordedProvider(
  http: Readonly<Record<string, unknown>>,
  issuer: string,
  requests: string[],
): ProviderAnswer {
  const url = discoveryUrl(issuer);
  const answer = ask(http, url, requests);
  if ('problem' in answer) return { ok: false, message: answer.problem };
  const document = parseObject(answer.body);
  if (document === undefined) return { ok: false, message: `${url} does not answer with a JSON object` };
  if (document['issuer'] !== undefined && typeof document['issuer'] !== 'string')
    return { ok: false, message: `the issuer in ${url} is not a text` };
  const difference = issuerDifference(issuer, (document['issuer'] as string | undefined) ?? '');
  if (difference !== undefined) return { ok: false, message: difference };
  const jwksUri = document['jwks_uri'];
  if (typeof jwksUri !== 'string' || jwksUri === '')
    return { ok: false, message: `the discovery document at ${url} has no jwks_uri, so no key can be had` };
  let first: KeyAnswer | undefined;
  const fetchKeys = (): KeyAnswer => {
    const keys = ask(http, jwksUri, requests);
    if ('problem' in keys) return keys;
    const set = parseObject(keys.body);
    return set === undefined
      ? { problem: `${jwksUri} does not answer with a JSON object` }
      : { keys: keyList(set['keys']) };
  };
  return {
    ok: true,
    provider: {
      issuer,
      algorithms: texts(document['id_token_signing_alg_values_supported']),
      ...(typeof document['access_token_issuer'] === 'string'
        ? { accessTokenIssuer: document['access_token_issuer'] }
        : {}),
      keys: () => {
        first = fetchKeys();
        return first;
      },
      // The keys were fetched for this very token: asking again would bring the same.
      keysAgain: () => first ?? fetchKeys(),
    },
  };
}

/** Undefined where both are the same; else a sentence with the differing place. */
export function issuerDifference(setting: string, other: string): string | undefined {
  if (setting === other) return undefined;
  return `the issuer of the discovery document, "${other}", is not the one that is set, "${setting}": ${differenceAt(setting, other)}`;
}

/** Where two texts part, in words. */
export function differenceAt(expected: string, actual: string): string {
  if (expected === `${actual}/`) return 'the trailing slash is missing';
  if (actual === `${expected}/`) return 'it has a trailing slash more';
  let at = 0;
  while (at < expected.length && at < actual.length && expected[at] === actual[at]) at++;
  const show = (text: string) => (at < text.length ? JSON.stringify(text[at]) : 'the end');
  return `they part at character ${at + 1}, ${show(expected)} against ${show(actual)}`;
}

function ask(
  http: Readonly<Record<string, unknown>>,
  url: string,
  requests: string[],
): { readonly body: string } | { readonly problem: string } {
  requests.push(url);
  const entry = Object.hasOwn(http, url) ? http[url] : { status: 404, body: '404 page not found' };
  if (typeof entry !== 'object' || entry === null) return { problem: `${url} has no usable answer` };
  const answer = entry as Readonly<Record<string, unknown>>;
  if (typeof answer['error'] === 'string') return { problem: `${url} cannot be reached: ${answer['error']}` };
  const status = answer['status'] ?? 200;
  if (status !== 200) return { problem: `${url} answers with status ${String(status)}` };
  const body = answer['body'];
  return { body: typeof body === 'string' ? body : JSON.stringify(body ?? null) };
}

function keyList(value: unknown): JsonWebKey[] {
  const list = Array.isArray(value) ? value : [];
  return list.filter((key): key is JsonWebKey => typeof key === 'object' && key !== null);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
