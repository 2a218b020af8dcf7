/**
 * Reads an issuer's metadata: the OpenID Connect document (Discovery 1.0, section 4) and, where that is missing, the OAuth 2.0
 * authorization server metadata (RFC 8414, section 3). Whatever comes back is recorded; nothing is thrown for a strange answer.
 */
import { InterruptedError } from '../errors.js';
import type { HttpRequest, HttpResponse, HttpTls } from '../host.js';
import { errorCode } from './recorder.js';

export type Send = (request: HttpRequest) => Promise<HttpResponse>;

export interface FetchOptions {
  /** Milliseconds for each request. */
  readonly timeout?: number;
  readonly tls?: HttpTls;
  readonly resolve?: readonly string[];
  readonly signal?: AbortSignal;
}

/** One document that was asked for, with all that was noticed on the way. */
export interface JsonFetch {
  /** The address asked first. */
  readonly url: string;
  /** Where redirects led to, in order. */
  readonly redirects: readonly string[];
  /** Absent where no answer came. */
  readonly status?: number;
  readonly contentType?: string;
  /** Milliseconds, over all redirects. */
  readonly elapsed: number;
  /** The document, where the answer was 200 with a JSON object. */
  readonly document?: Readonly<Record<string, unknown>>;
  /** Why there is none. */
  readonly problem?: FetchProblem;
  /** `Date` of the answer, for comparing clocks; milliseconds since 1970. */
  readonly date?: number;
}

export interface FetchProblem {
  /** `missing`: the server says there is no such document. The rest: something went wrong. */
  readonly kind: 'missing' | 'unreachable' | 'status' | 'not-json' | 'too-large' | 'redirects';
  readonly message: string;
  /** Code of the network error (`ENOTFOUND`, `SELF_SIGNED_CERT_IN_CHAIN`). */
  readonly code?: string;
}

export interface Discovery {
  /** The issuer that was asked for. */
  readonly issuer: string;
  readonly attempts: readonly JsonFetch[];
  /** Which kind of document was found. */
  readonly source?: 'openid' | 'oauth';
  /** Where it stood. */
  readonly url?: string;
  readonly document?: Readonly<Record<string, unknown>>;
  /** No document, and not because the server says it has none. */
  readonly failed?: FetchProblem;
}

/** Documents are a few kilobytes; nobody needs a megabyte. */
const MAX_BYTES = 1 << 20;
const MAX_REDIRECTS = 5;
const OPENID = '/.well-known/openid-configuration';
const OAUTH = '/.well-known/oauth-authorization-server';

/**
 * The issuer somebody means: an address of a discovery document is taken back to its issuer.
 * Undefined where the text is no http(s) address.
 */
export function issuerOf(typed: string): string | undefined {
  if (!URL.canParse(typed) || !/^https?:$/.test(new URL(typed).protocol)) return undefined;
  for (const suffix of [OPENID, OAUTH]) if (typed.endsWith(suffix)) return typed.slice(0, -suffix.length);
  const url = new URL(typed);
  // RFC 8414 puts its part between host and path.
  if (url.pathname.startsWith(`${OAUTH}/`)) return url.origin + url.pathname.slice(OAUTH.length);
  return typed;
}

/** Where an issuer's documents stand: one slash at the end is dropped before the well-known part is added. */
export function discoveryUrls(issuer: string): { readonly openid: string; readonly oauth: readonly string[] } {
  const base = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
  const { origin, pathname } = new URL(issuer);
  const path = pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
  const inserted = origin + OAUTH + path;
  const appended = base + OAUTH;
  return { openid: base + OPENID, oauth: inserted === appended ? [inserted] : [inserted, appended] };
}

/** Asks for the OpenID document, then for the OAuth one where the first is missing. */
export async function discover(issuer: string, send: Send, options: FetchOptions = {}): Promise<Discovery> {
  const { openid, oauth } = discoveryUrls(issuer);
  const attempts: JsonFetch[] = [];
  for (const [at, url] of [openid, ...oauth].entries()) {
    const fetched = await fetchJson(url, send, options);
    attempts.push(fetched);
    if (fetched.document) {
      return { issuer, attempts, source: at === 0 ? 'openid' : 'oauth', url, document: fetched.document };
    }
    if (fetched.problem?.kind !== 'missing') break;
  }
  const last = attempts.at(-1)?.problem;
  return { issuer, attempts, ...(last && last.kind !== 'missing' ? { failed: last } : {}) };
}

/** GETs a JSON object, following a few redirects. Rejects only when the person stops the run. */
export async function fetchJson(url: string, send: Send, options: FetchOptions = {}): Promise<JsonFetch> {
  const redirects: string[] = [];
  let elapsed = 0;
  let at = url;
  const give = (rest: Omit<JsonFetch, 'url' | 'redirects' | 'elapsed'>): JsonFetch => ({
    url,
    redirects,
    elapsed,
    ...rest,
  });
  for (;;) {
    let response: HttpResponse;
    try {
      response = await send({
        method: 'GET',
        url: at,
        headers: { accept: 'application/json' },
        timeout: options.timeout ?? 10_000,
        maxBytes: MAX_BYTES,
        ...(options.tls ? { tls: options.tls } : {}),
        ...(options.resolve ? { resolve: options.resolve } : {}),
        ...(options.signal ? { signal: options.signal } : {}),
      });
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      return give({ problem: networkProblem(error) });
    }
    elapsed += response.elapsed;
    const { status, headers } = response;
    const contentType = headers['content-type'] ?? '';
    const date = Date.parse(headers['date'] ?? '');
    const facts = { status, contentType, ...(Number.isNaN(date) ? {} : { date }) };
    const location = headers['location'];
    if (status >= 300 && status < 400 && location !== undefined) {
      const next = URL.canParse(location, at) ? new URL(location, at) : undefined;
      if (!next || !/^https?:$/.test(next.protocol)) {
        return give({
          ...facts,
          problem: { kind: 'redirects', message: 'redirects to something that is no http address' },
        });
      }
      if (new URL(at).protocol === 'https:' && next.protocol === 'http:') {
        return give({ ...facts, problem: { kind: 'redirects', message: `redirects from https to ${next.origin}` } });
      }
      redirects.push(next.href);
      if (redirects.length > MAX_REDIRECTS) {
        return give({ ...facts, problem: { kind: 'redirects', message: `more than ${MAX_REDIRECTS} redirects` } });
      }
      at = next.href;
      continue;
    }
    if (response.truncated) {
      return give({
        ...facts,
        problem: { kind: 'too-large', message: `the answer is longer than ${MAX_BYTES} bytes` },
      });
    }
    if (status === 404 || status === 410) {
      return give({ ...facts, problem: { kind: 'missing', message: `HTTP ${status}: there is no such document` } });
    }
    if (status !== 200) return give({ ...facts, problem: { kind: 'status', message: `HTTP ${status}` } });
    const document = jsonObject(response.body);
    if (document) return give({ ...facts, document });
    const what = contentType.split(';')[0] || 'no content type';
    return give({ ...facts, problem: { kind: 'not-json', message: `the answer is no JSON object (${what})` } });
  }
}

function jsonObject(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'connection refused: nothing listens there',
  ECONNRESET: 'the connection was closed without an answer',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'no answer in time',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is signed by a CA that is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the CA of the certificate is unknown, or an intermediate certificate is missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the CA of the certificate is unknown',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host name',
  EPROTO: 'the server does not speak TLS as expected',
};

function networkProblem(error: unknown): FetchProblem {
  const code = errorCode(error);
  const known = code === undefined ? undefined : NETWORK[code];
  const message = known ? `${known} (${code})` : error instanceof Error ? error.message : String(error);
  return { kind: 'unreachable', message, ...(code === undefined ? {} : { code }) };
}

/** What stands behind the issuer in the addresses of well-known providers. */
const TAILS: readonly RegExp[] = [
  /\/protocol\/openid-connect\/auth\/?$/,
  /\/v1\/authorize\/?$/,
  /\/oauth2\/v2\.0\/authorize\/?$/,
  /\/oauth2\/authorize\/?$/,
  /\/(?:authorize|auth|authorization)\/?$/,
];

const MOST_CANDIDATES = 6;

/**
 * Issuers that an authorization address may belong to, likeliest first: what is left without a well-known tail, then each
 * folder above it up to the host.
 */
export function issuerCandidates(...addresses: readonly string[]): string[] {
  const found = new Set<string>();
  for (const address of addresses) {
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) continue;
    const { origin, pathname } = new URL(address);
    const base = origin + pathname;
    for (const tail of TAILS) if (tail.test(base)) found.add(base.replace(tail, ''));
    // Microsoft's tenant stands before the version, the issuer ends in it.
    const tenant = /^(.*)\/oauth2\/(v2\.0)\/authorize$/.exec(base);
    if (tenant) found.add(`${tenant[1]}/${tenant[2]}`);
    let path = pathname.replace(/\/+$/, '');
    while (path !== '') {
      path = path.slice(0, path.lastIndexOf('/'));
      found.add(origin + path);
    }
    break;
  }
  return [...found].filter((issuer) => URL.canParse(issuer)).slice(0, MOST_CANDIDATES);
}
