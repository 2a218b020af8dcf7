/**
 * What an issuer's metadata implies for a Grafana configuration, and what has to be entered at the identity provider in turn.
 */
import type { ProviderSettings } from '../settings/provider.js';
import { redirectUri } from './authorize.js';

type Metadata = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Members that are lists of texts; undefined where the document does not speak of it. */
export function list(document: Metadata, member: string): readonly string[] | undefined {
  const value = document[member];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

/** How Grafana should authenticate, by what the document says; a missing member means Basic (RFC 8414, section 2). */
export function authStyleFor(document: Metadata): 'InHeader' | 'InParams' | 'AutoDetect' {
  const methods = list(document, 'token_endpoint_auth_methods_supported');
  if (methods === undefined || methods.includes('client_secret_basic')) return 'InHeader';
  return methods.includes('client_secret_post') || methods.includes('none') ? 'InParams' : 'AutoDetect';
}

export interface ImpliedOptions {
  /** Address of Grafana in the browser. */
  readonly rootUrl: string;
  /** `use_refresh_token` is known in this version (10.3 and later). */
  readonly refreshTokens: boolean;
  readonly name?: string;
  readonly clientId?: string;
}

/** The settings of `[auth.generic_oauth]` that the document implies. */
export function impliedSettings(document: Metadata, options: ImpliedOptions): Record<string, string> {
  const supported = list(document, 'scopes_supported');
  const scope = (name: string) => supported === undefined || supported.includes(name);
  const offline = supported?.includes('offline_access') ?? false;
  const scopes = ['openid', 'profile', 'email'].filter(scope);
  if (supported?.includes('groups')) scopes.push('groups');
  if (offline && options.refreshTokens) scopes.push('offline_access');
  const pkce = list(document, 'code_challenge_methods_supported');
  const endSession = text(document['end_session_endpoint']);
  const claims = list(document, 'claims_supported');
  const settings: Record<string, string | undefined> = {
    enabled: 'true',
    name: options.name,
    client_id: options.clientId,
    scopes: scopes.join(' '),
    empty_scopes: scopes.length === 0 ? 'true' : undefined,
    auth_url: text(document['authorization_endpoint']),
    token_url: text(document['token_endpoint']),
    api_url: text(document['userinfo_endpoint']),
    auth_style: authStyleFor(document),
    use_pkce: pkce?.includes('S256') ? 'true' : undefined,
    use_refresh_token: offline && options.refreshTokens ? 'true' : undefined,
    login_attribute_path: claims?.includes('preferred_username') ? 'preferred_username' : undefined,
    groups_attribute_path: claims?.includes('groups') ? '[groups][]' : undefined,
    signout_redirect_url: endSession && signOutUrl(endSession, options.rootUrl),
  };
  return Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

/** Where people are sent after sign-out, so that the provider's session ends too (OpenID Connect RP-Initiated Logout 1.0). */
export function signOutUrl(endSession: string, rootUrl: string): string {
  const back = encodeURIComponent(loginPage(rootUrl));
  return `${endSession}${endSession.includes('?') ? '&' : '?'}post_logout_redirect_uri=${back}`;
}

const loginPage = (rootUrl: string) => `${rootUrl.replace(/\/$/, '')}/login`;

export interface ChecklistEntry {
  readonly what: string;
  readonly value: string;
  readonly note?: string;
}

export interface ChecklistOptions {
  readonly rootUrl: string;
  /** `root_url` was not given anywhere. */
  readonly rootUrlAssumed: boolean;
  readonly callback: string;
  readonly provider?: ProviderSettings;
  /** Option → claims its expression starts from. */
  readonly claims: readonly { readonly option: string; readonly claims: readonly string[] }[];
}

/** What to enter at the identity provider for this client. */
export function idpChecklist(document: Metadata, options: ChecklistOptions): ChecklistEntry[] {
  const { provider } = options;
  const entries: ChecklistEntry[] = [
    {
      what: 'redirect URI',
      value: redirectUri(options.rootUrl, options.callback),
      note: options.rootUrlAssumed
        ? 'from the default root_url; set root_url in [server] (or --root-url) to the address people type'
        : 'exactly so: scheme, host, port and path count',
    },
    {
      what: 'client',
      value: 'confidential, authorization code flow',
      note: 'its id and secret become client_id and client_secret',
    },
  ];
  if (list(document, 'code_challenge_methods_supported')?.includes('S256')) {
    entries.push({ what: 'PKCE', value: 'S256' });
  }
  const scopes = provider?.flag('empty_scopes')
    ? []
    : (provider?.list('scopes').items ??
      impliedSettings(document, { ...options, refreshTokens: true })['scopes']?.split(' ') ??
      []);
  if (scopes.length > 0) entries.push({ what: 'scopes to allow', value: scopes.join(' ') });
  if (text(document['end_session_endpoint'])) {
    entries.push({ what: 'post-logout redirect URI', value: loginPage(options.rootUrl) });
  }
  const fixed = [
    { option: 'e-mail', claims: ['email'] },
    { option: 'login name', claims: ['preferred_username'] },
    { option: 'name', claims: ['name'] },
  ];
  const mapped = options.claims.length > 0 ? options.claims : [...fixed, { option: 'roles', claims: ['groups'] }];
  for (const { option, claims } of mapped) {
    entries.push({
      what: 'claim to map',
      value: claims.join(', '),
      note: `for ${option}, in the ID token or UserInfo`,
    });
  }
  return entries;
}
