/** Takes an address of a login apart: the request to the provider, the way back, the hand-over to Dashboard. */
import { REDACTED } from '../text/redact.js';
import type { WhyConfig } from './types.js';

export interface UrlPart {
  readonly name: string;
  /** Without secrets. */
  readonly value: string;
  /** What it is, or what is wrong with it. */
  readonly note?: string;
  readonly problem?: boolean;
  /** The option that makes it. */
  readonly option?: string;
}

export interface LoginUrl {
  readonly kind: 'authorization request' | 'callback' | 'Dashboard login' | 'address';
  /** Scheme, host and path. */
  readonly address: string;
  readonly parts: readonly UrlPart[];
}

const SECRET = new Set([
  'code',
  'state',
  'session_state',
  'access_token',
  'id_token',
  'refresh_token',
  'jwt',
  'token',
  'client_secret',
  'code_verifier',
  'id_token_hint',
  'nonce',
  'code_challenge',
]);

/** Undefined for a text that is no web address. */
export function readLoginUrl(text: string, config: WhyConfig | undefined): LoginUrl | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\/\S+$/i.test(trimmed)) return undefined;
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return undefined;
  }
  // Some providers answer in the fragment.
  const query = url.search === '' && /[=&]/.test(url.hash) ? new URLSearchParams(url.hash.slice(1)) : url.searchParams;
  const kind = kindOf(url, query);
  const parts: UrlPart[] = [];
  if (kind === 'authorization request') parts.push(...authorizationParts(url, query, config));
  else if (kind === 'callback') parts.push(...callbackParts(url, query, config));
  else if (kind === 'Dashboard login') parts.push(...dashboardParts(url, query, config));
  else for (const [name, value] of query) parts.push(part(name, value));
  return { kind, address: `${url.origin}${url.pathname}`, parts };
}

function kindOf(url: URL, query: URLSearchParams): LoginUrl['kind'] {
  if (/\/auth\/sso\/?$/.test(url.pathname)) return 'Dashboard login';
  if (query.has('response_type') || (query.has('client_id') && query.has('redirect_uri')))
    return 'authorization request';
  if (query.has('error') || (query.has('code') && query.has('state')) || /\/login\/\w+$/.test(url.pathname))
    return 'callback';
  return 'address';
}

/** At most so much of a value is shown. */
const MOST = 200;

function part(name: string, value: string, more: Omit<UrlPart, 'name' | 'value'> = {}): UrlPart {
  const shown = SECRET.has(name) ? `${REDACTED}, ${value.length} characters` : value.slice(0, MOST);
  return { name, value: value === '' ? '' : shown, ...more };
}

const wrong = (note: string, option?: string) => ({ note, problem: true, ...(option === undefined ? {} : { option }) });

function authorizationParts(url: URL, query: URLSearchParams, config: WhyConfig | undefined): UrlPart[] {
  const parts: UrlPart[] = [];
  const seen = new Set<string>();
  for (const [name, value] of query) {
    if (seen.has(name)) {
      parts.push(
        part(name, value, wrong('a second time: many providers refuse that; auth_url has it already', 'auth_url')),
      );
      continue;
    }
    seen.add(name);
    parts.push(part(name, value, AUTHORIZATION[name]?.(value, config) ?? {}));
  }
  if (url.hash !== '')
    parts.push(
      part(
        '#',
        url.hash.slice(1),
        wrong('what stands behind # never reaches the provider: auth_url holds a #', 'auth_url'),
      ),
    );
  if (!seen.has('redirect_uri')) parts.push(part('redirect_uri', '', wrong('is missing')));
  if (!seen.has('state')) parts.push(part('state', '', wrong('is missing: Grafana always sends one')));
  if (!seen.has('scope'))
    parts.push(
      part(
        'scope',
        '',
        wrong(
          'is missing: the provider gives what it gives by default, often no e-mail address and no ID token',
          'scopes',
        ),
      ),
    );
  if (!seen.has('code_challenge'))
    parts.push(
      part('code_challenge', '', {
        note: 'no PKCE; where the provider demands it, set use_pkce = true',
        option: 'use_pkce',
      }),
    );
  if (/login\.microsoftonline\.com\/[^/]+\/oauth2\/authorize$/.test(`${url.host}${url.pathname}`))
    parts.push(
      part('address', url.pathname, wrong('version 1 of the endpoint: use /oauth2/v2.0/authorize', 'auth_url')),
    );
  return parts;
}

type Judge = (value: string, config: WhyConfig | undefined) => Omit<UrlPart, 'name' | 'value'> | undefined;

const AUTHORIZATION: Readonly<Record<string, Judge>> = {
  client_id(value, config) {
    if (/\$__?\w*\{|^\$\{/.test(value)) return wrong('a reference that was not filled in', 'client_id');
    if (value === 'some_id') return wrong('the default of Grafana: client_id was never set', 'client_id');
    if (/\s$|^\s|["']/.test(value)) return wrong('has blanks or quotes', 'client_id');
    const own = config?.text('client_id');
    if (own !== undefined && own !== '' && own !== value)
      return wrong('is not the client_id of the configuration', 'client_id');
    return undefined;
  },
  redirect_uri(value, config) {
    if (config?.redirectUri !== undefined && config.redirectUri !== value)
      return wrong(`the configuration gives ${config.redirectUri}`, 'server.root_url');
    if (/%\(/.test(value)) return wrong('holds %(…)s that was not filled in', 'server.root_url');
    if (/^https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?\//.test(value))
      return wrong('names this machine: root_url was not set', 'server.root_url');
    if (/^http:/.test(value)) return wrong('is without https: most providers refuse that', 'server.root_url');
    if (/[^:]\/\//.test(value)) return wrong('has two slashes', 'server.root_url');
    if (config?.redirectUri !== undefined)
      return { note: 'as the configuration gives it; it must be registered exactly so' };
    return { note: 'must be registered at the provider exactly so' };
  },
  response_type: (value) => (value === 'code' ? undefined : wrong('the products use code only')),
  scope(value, config) {
    const scopes = value.split(/\s+/);
    if (scopes.includes('user:email') && !scopes.includes('openid'))
      return wrong('user:email is the default, meant for GitHub: set scopes = openid profile email', 'scopes');
    if (!scopes.includes('openid'))
      return {
        note: 'without openid there is no ID token, and UserInfo of many providers is refused',
        option: 'scopes',
      };
    if (/[,"[\]]/.test(value)) return wrong('has commas, quotes or brackets in it', 'scopes');
    if (config !== undefined && config.section === 'auth.generic_oauth') {
      const own = config
        .text('scopes')
        .split(/[\s,]+/)
        .filter((one) => one !== '');
      if (own.length > 0 && own.join(' ') !== scopes.join(' '))
        return wrong(`the configuration has ${own.join(' ')}`, 'scopes');
    }
    return undefined;
  },
  state: (value) => (value.length < 8 ? wrong('is very short') : undefined),
  code_challenge: (value) =>
    /^[\w-]{43}$/.test(value) ? undefined : wrong('is no SHA-256 in base64url: 43 characters'),
  code_challenge_method: (value) => (value === 'S256' ? undefined : wrong('Grafana sends S256')),
  prompt: (value) =>
    value === 'none'
      ? wrong('nobody may be asked to log in: the provider answers login_required', 'login_prompt')
      : undefined,
};

function callbackParts(url: URL, query: URLSearchParams, config: WhyConfig | undefined): UrlPart[] {
  const parts: UrlPart[] = [];
  const own = config?.redirectUri;
  const here = `${url.origin}${url.pathname}`;
  if (own !== undefined && own !== here)
    parts.push({ name: 'address', value: here, ...wrong(`the configuration expects ${own}`, 'server.root_url') });
  for (const [name, value] of query) {
    if (name === 'error') parts.push(part(name, value, wrong('what the provider answered')));
    else if (name === 'error_description' || name === 'error_uri')
      parts.push(part(name, value, { note: 'the provider’s own words' }));
    else if (name === 'code') parts.push(part(name, value, { note: 'can be used once, within seconds or minutes' }));
    else if (name === 'iss') parts.push(part(name, value, { note: 'the issuer, by RFC 9207' }));
    else parts.push(part(name, value));
  }
  if (!query.has('state') && query.size > 0)
    parts.push(part('state', '', wrong('is missing: Grafana refuses the answer')));
  if (!query.has('code') && !query.has('error'))
    parts.push(
      part(
        'code',
        '',
        wrong('is missing, and there is no error: the address was opened directly, or a proxy dropped the query'),
      ),
    );
  return parts;
}

function dashboardParts(url: URL, query: URLSearchParams, config: WhyConfig | undefined): UrlPart[] {
  const parts: UrlPart[] = [];
  const site = config?.text('MB_SITE_URL') ?? '';
  if (site !== '' && hostOf(site) !== url.host)
    parts.push({ name: 'address', value: url.origin, ...wrong(`MB_SITE_URL is ${site}`, 'MB_SITE_URL') });
  for (const [name, value] of query) {
    if (name === 'return_to') parts.push(part(name, value, returnTo(value, url.host)));
    else if (name === 'jwt')
      parts.push(
        part(
          name,
          value,
          /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)
            ? { note: 'auth-cli token decode TOKEN reads it' }
            : wrong('is no token: three parts with dots between'),
        ),
      );
    else if (name === 'access_token' || name === 'token' || name === 'id_token')
      parts.push(part(name, value, wrong('Dashboard reads the parameter jwt only')));
    else parts.push(part(name, value));
  }
  if (!query.has('jwt'))
    parts.push(part('jwt', '', { note: 'none: the person is sent to the identity provider first' }));
  return parts;
}

/** Only the host counts, and what is no address at all is refused. */
function returnTo(value: string, host: string): Omit<UrlPart, 'name' | 'value'> {
  if (/[\s|{}"\\]/.test(value)) return wrong('has signs that must be encoded: Dashboard says "Invalid redirect URL"');
  if (/^\/[^/\\]|^\/$/.test(value)) return {};
  const other = hostOf(value);
  if (other === undefined) return wrong('is neither a path nor an address of Dashboard');
  return other.split(':')[0] === host.split(':')[0] ? {} : wrong(`is an address of another host than ${host}`);
}

function hostOf(text: string): string | undefined {
  try {
    return new URL(text.startsWith('//') ? `https:${text}` : text).host || undefined;
  } catch {
    return undefined;
  }
}
