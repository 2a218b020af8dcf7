/** The request to `/auth/sso` that a payload describes, and what of it the server looks at. */
import { parseJavaUri } from './java-uri.js';
import type { DashboardProfile } from './versions.js';

export interface SsoRequest {
  readonly method: string;
  /** Query parameters, decoded once. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The token in `jwt`; `given` where claims stand for one; undefined where there is none. */
  readonly token: { readonly text: string } | 'given' | undefined;
}

/** In query and headers the text `<jwt>` stands for the token of the payload. */
const PLACEHOLDER = '<jwt>';

/**
 * Reads `request`; without one it is `GET /auth/sso?jwt=<token>`. `claimsGiven` says that claims stand for a token.
 */
export function readRequest(
  value: Readonly<Record<string, unknown>> | undefined,
  token: string | undefined,
  claimsGiven: boolean,
): SsoRequest {
  const jwt = token === undefined ? (claimsGiven ? 'given' : undefined) : { text: token };
  if (value === undefined) return { method: 'GET', query: {}, headers: {}, token: jwt };
  const query: Record<string, string> = {};
  let found: SsoRequest['token'];
  for (const [name, raw] of Object.entries(objectOf(value['query']))) {
    if (raw === null || raw === undefined) continue;
    const text = String(raw);
    if (name === 'jwt') {
      if (text === PLACEHOLDER) found = jwt;
      else found = { text };
    } else query[name] = token === undefined ? text : text.split(PLACEHOLDER).join(token);
  }
  const headers: Record<string, string> = {};
  for (const [name, raw] of Object.entries(objectOf(value['headers']))) headers[name.toLowerCase()] = String(raw);
  const method = typeof value['method'] === 'string' ? value['method'].toUpperCase() : 'GET';
  return { method, query, headers, token: found };
}

/** By header the SDK or embed.js; by `token=true` before v55. */
export type EmbeddingClient = 'sdk' | 'simple' | 'parameter';

/** Which embedding client asks for JSON; undefined for a browser. */
export function embeddingClient(request: SsoRequest, profile: DashboardProfile): EmbeddingClient | undefined {
  if (profile.sdk === 'parameter')
    return request.query['token'] === 'true' && request.token !== undefined ? 'parameter' : undefined;
  const client = request.headers['x-metabase-client'];
  if (client === 'embedding-sdk-react') return 'sdk';
  return client === 'embedding-simple' ? 'simple' : undefined;
}

/** The address of the identity provider with `return_to` appended as it stands: nothing is encoded again. */
export function identityProviderUrl(uri: string, redirect: string | undefined): string {
  if (redirect === undefined) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}return_to=${redirect}`;
}

/** Why `return_to` is refused; undefined where it passes. */
export function refusedReturn(
  returnTo: string,
  siteUrl: string,
  check: DashboardProfile['redirectCheck'],
): string | undefined {
  if (check === 'none') return undefined;
  const target = parseJavaUri(returnTo);
  if (target === undefined) return 'Java cannot parse it as a URI';
  const host = parseJavaUri(siteUrl)?.host ?? null;
  if (target.host === host) return undefined;
  const own = host === null ? 'that of MB_SITE_URL cannot be read' : `"${host}" is that of MB_SITE_URL`;
  if (check === 'host-only')
    return target.host === null
      ? 'it has no host, and this release refuses every relative address'
      : `its host is "${target.host}", ${own}`;
  if (target.scheme === null && (target.host === null || check === 'relative')) return undefined;
  if (target.host === null) {
    if (check === 'relative') return undefined;
    return `it has the scheme "${target.scheme}" and no host`;
  }
  return `its host is "${target.host}", ${own}`;
}

/** Why a browser must not follow a return_to although the server lets it pass; undefined where nothing speaks against it. */
export function unsafeReturn(returnTo: string, siteUrl: string): string | undefined {
  const start = returnTo.trimStart();
  if (/^[/\\]{2,}/.test(start)) return 'it begins with two or more slashes or backslashes: a browser leaves the site';
  const scheme = parseJavaUri(returnTo)?.scheme ?? null;
  if (scheme === null) return undefined;
  if (scheme.toLowerCase() !== 'http' && scheme.toLowerCase() !== 'https')
    return `it has the scheme "${scheme}"; the server compares the host only`;
  try {
    if (new URL(returnTo).origin !== new URL(siteUrl).origin)
      return 'its origin is not that of MB_SITE_URL; the server compares the host only';
  } catch {
    return 'a browser cannot read it as an address';
  }
  return undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
