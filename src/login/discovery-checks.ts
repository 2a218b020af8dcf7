/** Checks of an issuer's metadata, on its own and against a configuration. */
import type { Check } from '../claims/trace.js';
import type { ProviderSettings } from '../settings/provider.js';
import { keysOfJwks } from '../token/keys.js';
import { difference } from '../token/words.js';
import type { Discovery, JsonFetch } from './discovery.js';
import { authStyleFor, list } from './implied-settings.js';

export interface DiscoveryCheckOptions {
  /** The provider section to compare with. */
  readonly provider?: ProviderSettings;
  /** What came from `jwks_uri`. */
  readonly keys?: JsonFetch;
}

type Metadata = Readonly<Record<string, unknown>>;

const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
] as const;

export function discoveryChecks(discovery: Discovery, options: DiscoveryCheckOptions = {}): Check[] {
  const { document } = discovery;
  if (!document) return [documentCheck(discovery)];
  const checks: (Check | undefined)[] = [
    documentCheck(discovery),
    issuerCheck(discovery.issuer, document),
    httpsCheck(document),
    endpointsCheck(document, discovery.source === 'openid'),
    keysCheck(document, options.keys),
    responseTypeCheck(document),
    pkceCheck(document, options.provider),
    clientAuthCheck(document, options.provider),
    scopesCheck(document, options.provider),
  ];
  return checks.filter((check) => check !== undefined);
}

function documentCheck({ attempts, document, source, failed }: Discovery): Check {
  const name = 'document';
  if (document) {
    const found = attempts.at(-1)!;
    const kind = source === 'openid' ? 'OpenID Connect' : 'OAuth 2.0 authorization server metadata, no OpenID';
    const moved = found.redirects.length > 0 ? `; redirected to ${found.redirects.at(-1)}` : '';
    return { name, ok: true, actual: `${kind}${moved}` };
  }
  if (failed) return { name, ok: false, expected: 'a JSON document', actual: failed.message };
  return {
    name,
    ok: null,
    actual: 'none',
    because:
      'the server has no discovery document; Grafana needs none, so the addresses must come from its documentation',
  };
}

function issuerCheck(asked: string, document: Metadata): Check {
  const said = document['issuer'];
  const check = {
    name: 'issuer',
    expected: asked,
    actual: typeof said === 'string' ? said : JSON.stringify(said ?? null),
  };
  if (said === asked) return { ...check, ok: true };
  if (typeof said !== 'string') return { ...check, ok: false, because: 'the document names no issuer' };
  const slash = said.replace(/\/$/, '') === asked.replace(/\/$/, '');
  const template = /\{[^}]*\}/.test(said);
  return {
    ...check,
    ok: false,
    because: template
      ? 'the issuer is a template: ask for one tenant instead of all'
      : `${difference(asked, said)}${slash ? '; only the slash at the end differs, and clients that compare refuse that too' : ''}`,
  };
}

function isLocal(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function httpsCheck(document: Metadata): Check {
  const plain: string[] = [];
  const local: string[] = [];
  for (const member of ['issuer', ...ENDPOINTS]) {
    const value = document[member];
    if (typeof value !== 'string' || !URL.canParse(value)) continue;
    const url = new URL(value);
    if (url.protocol !== 'http:') continue;
    (isLocal(url) ? local : plain).push(member);
  }
  if (plain.length > 0) {
    const because =
      'codes, tokens and keys cross the network readable and changeable; behind a proxy the provider often does not know that it is reached by https';
    return { name: 'https', ok: false, expected: 'https everywhere', actual: `http: ${plain.join(', ')}`, because };
  }
  return { name: 'https', ok: true, actual: local.length > 0 ? 'http, on this machine only' : 'everywhere' };
}

function endpointsCheck(document: Metadata, openid: boolean): Check {
  const needed = ['authorization_endpoint', 'token_endpoint', ...(openid ? ['jwks_uri'] : [])];
  const bad = needed.filter((member) => {
    const value = document[member];
    return typeof value !== 'string' || !URL.canParse(value);
  });
  const check = { name: 'endpoints', expected: needed.join(', ') };
  if (bad.length > 0) return { ...check, ok: false, actual: `missing: ${bad.join(', ')}` };
  const userinfo = typeof document['userinfo_endpoint'] === 'string';
  if (openid && !userinfo) {
    const because = 'there is no userinfo_endpoint: everything Grafana wants must be in the ID token';
    return { ...check, ok: null, actual: 'no userinfo_endpoint', because };
  }
  return { ...check, ok: true, actual: userinfo ? 'authorization, token, UserInfo' : 'authorization, token' };
}

function keysCheck(document: Metadata, fetched: JsonFetch | undefined): Check | undefined {
  if (typeof document['jwks_uri'] !== 'string' || fetched === undefined) return undefined;
  const check = { name: 'keys', expected: 'a JWKS with a key for signatures' };
  const keys = keysOfJwks(fetched.document);
  if (!keys) return { ...check, ok: false, actual: fetched.problem?.message ?? 'no JWKS' };
  const signing = keys.filter((key) => key.use === undefined || key.use === 'sig');
  const shown = signing.map((key) => `${key.alg ?? key.kty}${key.kid ? ` (${key.kid})` : ''}`);
  if (signing.length === 0) return { ...check, ok: false, actual: 'no key for signatures' };
  const secret = signing.some((key) => key.kty === 'oct' || typeof key.d === 'string');
  if (secret) return { ...check, ok: false, actual: shown.join(', '), because: 'it publishes a secret key' };
  return { ...check, ok: true, actual: shown.join(', ') };
}

function responseTypeCheck(document: Metadata): Check | undefined {
  const types = list(document, 'response_types_supported');
  if (types === undefined) return undefined;
  const ok = types.includes('code');
  return {
    name: 'code flow',
    ok,
    expected: 'response type code',
    actual: types.join(', '),
    ...(ok ? {} : { because: 'Grafana knows no other response type' }),
  };
}

function pkceCheck(document: Metadata, provider: ProviderSettings | undefined): Check {
  const methods = list(document, 'code_challenge_methods_supported');
  const check = {
    name: 'PKCE',
    expected: 'S256',
    actual: methods === undefined ? 'not announced' : methods.join(', ') || 'none',
  };
  const used = provider?.flag('use_pkce');
  if (methods?.includes('S256')) {
    if (used === false) return { ...check, ok: null, because: 'announced, but use_pkce is off' };
    return { ...check, ok: true };
  }
  if (methods === undefined) {
    return { ...check, ok: null, because: 'the document says nothing of it; many providers support it all the same' };
  }
  return {
    ...check,
    ok: used ? false : null,
    because: used ? 'use_pkce is on: Grafana sends S256' : 'leave use_pkce off',
  };
}

function clientAuthCheck(document: Metadata, provider: ProviderSettings | undefined): Check {
  const methods = list(document, 'token_endpoint_auth_methods_supported');
  const actual = methods === undefined ? 'not announced, which means client_secret_basic' : methods.join(', ');
  const announced = methods ?? ['client_secret_basic'];
  const fitting = authStyleFor(document);
  const possible = announced.some((method) => ['client_secret_basic', 'client_secret_post', 'none'].includes(method));
  if (!possible) {
    const because = 'Grafana can only use a client secret, in the header or in the body';
    return {
      name: 'client authentication',
      ok: false,
      expected: 'client_secret_basic or client_secret_post',
      actual,
      because,
    };
  }
  if (!provider) return { name: 'client authentication', ok: true, actual: `${actual}; auth_style = ${fitting}` };
  const written = provider.text('auth_style');
  const style = ['InHeader', 'InParams'].find((one) => one.toLowerCase() === written.toLowerCase()) ?? 'AutoDetect';
  if (style === 'AutoDetect') {
    return {
      name: 'client authentication',
      ok: null,
      expected: `auth_style = ${fitting}`,
      actual: `auth_style = ${written || 'AutoDetect'}; the issuer takes ${actual}`,
      because:
        'AutoDetect tries the header first and then the body with the same code; some providers spend the code on the first try',
    };
  }
  const method = style === 'InHeader' ? 'client_secret_basic' : 'client_secret_post';
  const ok = announced.includes(method);
  return {
    name: 'client authentication',
    ok,
    expected: ok ? method : `auth_style = ${fitting}`,
    actual: `auth_style = ${style} (${method}); the issuer takes ${actual}`,
    ...(ok ? {} : { because: `the issuer does not announce ${method}` }),
  };
}

function scopesCheck(document: Metadata, provider: ProviderSettings | undefined): Check | undefined {
  const supported = list(document, 'scopes_supported');
  if (!provider) {
    return supported && { name: 'scopes', ok: true, actual: supported.join(' ') || 'none announced' };
  }
  const asked = provider.flag('empty_scopes') ? [] : provider.list('scopes').items;
  const check = {
    name: 'scopes',
    expected: supported?.join(' ') ?? 'not announced',
    actual: asked.join(' ') || 'none',
  };
  if (supported === undefined) return { ...check, ok: null, because: 'the document does not list scopes' };
  const unknown = asked.filter((scope) => !supported.includes(scope));
  if (unknown.length === 0) return { ...check, ok: true };
  return {
    ...check,
    ok: null,
    because: `not announced: ${unknown.join(', ')}; some providers leave scopes out of the list, others answer invalid_scope`,
  };
}
