/**
 * What rules know of identity providers, recognised by their addresses. Only facts that decide whether a setting makes sense;
 * whatever is not listed is unknown, and rules stay silent about it.
 * Source: the manuals of the providers; see each entry's `reference`.
 */

export type RefreshTokens =
  /** Given with the scope(s) named. */
  | { readonly by: 'scope'; readonly scopes: readonly string[] }
  /** Given without asking. */
  | { readonly by: 'always' }
  /** Given with a parameter of the authorization request. */
  | { readonly by: 'parameter'; readonly parameter: string }
  | { readonly by: 'never' };

export interface IdentityProvider {
  readonly id: string;
  readonly name: string;
  /** Whether it speaks OpenID Connect or only OAuth 2. */
  readonly protocol: 'oidc' | 'oauth2';
  readonly authUrl?: RegExp;
  readonly tokenUrl?: RegExp;
  readonly apiUrl?: RegExp;
  readonly refresh?: RefreshTokens;
  /** Has `/orgs` and `/teams` below its user endpoint, as GitHub does. */
  readonly gitHubApi?: boolean;
  /** Anybody can get an account there. */
  readonly open?: boolean;
  /** Its endpoints lie on different hosts by design. */
  readonly severalHosts?: boolean;
  /** Its UserInfo address ends in a slash. */
  readonly apiSlash?: boolean;
  readonly ignoresPkce?: boolean;
  /** The part of a path that names the customer: equal in all endpoints of one configuration. */
  readonly tenant?: RegExp;
  /** What that part is called. */
  readonly tenantName?: string;
  readonly reference: string;
}

const OFFLINE: RefreshTokens = { by: 'scope', scopes: ['offline_access'] };
const ALWAYS: RefreshTokens = { by: 'always' };

/** From the most telling pattern to the least. */
export const IDENTITY_PROVIDERS: readonly IdentityProvider[] = [
  {
    id: 'keycloak',
    name: 'Keycloak',
    protocol: 'oidc',
    authUrl: /\/realms\/[^/]+\/protocol\/openid-connect\//,
    tokenUrl: /\/realms\/[^/]+\/protocol\/openid-connect\//,
    apiUrl: /\/realms\/[^/]+\/protocol\/openid-connect\//,
    refresh: ALWAYS,
    tenant: /\/realms\/([^/]+)\//,
    tenantName: 'realm',
    reference: 'Keycloak, Server Administration: refresh tokens are on by default ("Use refresh tokens")',
  },
  {
    id: 'entra',
    name: 'Microsoft Entra ID',
    protocol: 'oidc',
    authUrl: /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\//,
    tokenUrl: /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\//,
    refresh: OFFLINE,
    severalHosts: true,
    tenant: /^\/([^/]+)\/oauth2\//,
    reference: 'Microsoft identity platform: scopes, offline_access',
  },
  {
    id: 'google',
    name: 'Google',
    protocol: 'oidc',
    authUrl: /^https:\/\/accounts\.google\.com\//,
    tokenUrl: /^https:\/\/(oauth2|www|accounts)\.google(apis)?\.com\//,
    refresh: { by: 'parameter', parameter: 'access_type=offline' },
    open: true,
    severalHosts: true,
    reference: 'Google Identity: refresh tokens come with access_type=offline, offline_access is no scope there',
  },
  {
    id: 'github',
    name: 'GitHub',
    protocol: 'oauth2',
    authUrl: /^https:\/\/(github\.com|[^/]*github[^/]*)\/login\/oauth\/authorize/,
    tokenUrl: /\/\/[^/]*github[^/]*\/login\/oauth\/access_token/,
    apiUrl: /\/\/api\.github\.com\/|\/api\/v3\/user/,
    gitHubApi: true,
    open: true,
    severalHosts: true,
    reference: 'GitHub: scopes for OAuth apps',
  },
  {
    id: 'gitea',
    name: 'a GitHub-like server (Gitea, Forgejo)',
    protocol: 'oauth2',
    authUrl: /\/login\/oauth\/authorize/,
    tokenUrl: /\/login\/oauth\/access_token/,
    reference: 'Gitea: OAuth2 provider',
  },
  {
    id: 'bitbucket',
    name: 'Bitbucket',
    protocol: 'oauth2',
    authUrl: /^https:\/\/bitbucket\.org\//,
    tokenUrl: /^https:\/\/bitbucket\.org\//,
    apiUrl: /^https:\/\/api\.bitbucket\.org\//,
    refresh: ALWAYS,
    open: true,
    severalHosts: true,
    reference: 'Bitbucket Cloud: OAuth 2.0, the code grant includes a refresh token',
  },
  {
    id: 'openshift',
    name: 'OpenShift',
    protocol: 'oauth2',
    authUrl: /\/\/(oauth-openshift|openshift)[^/]*\/oauth\/authorize/,
    tokenUrl: /\/\/(oauth-openshift|openshift)[^/]*\/oauth\/token/,
    apiUrl: /user\.openshift\.io/,
    refresh: { by: 'never' },
    severalHosts: true,
    reference: 'OpenShift: service accounts as OAuth clients',
  },
  {
    id: 'cognito',
    name: 'Amazon Cognito',
    protocol: 'oidc',
    authUrl: /\.amazoncognito\.com\//,
    tokenUrl: /\.amazoncognito\.com\//,
    apiUrl: /\/oauth2\/userInfo$/,
    refresh: ALWAYS,
    severalHosts: true,
    reference: 'Amazon Cognito: token endpoint',
  },
  {
    id: 'onelogin',
    name: 'OneLogin',
    protocol: 'oidc',
    authUrl: /\.onelogin\.com\/oidc(\/2)?\//,
    tokenUrl: /\.onelogin\.com\/oidc(\/2)?\//,
    apiUrl: /\.onelogin\.com\/oidc(\/2)?\//,
    refresh: OFFLINE,
    reference: 'OneLogin: OpenID Connect API',
  },
  {
    id: 'cyberark',
    name: 'CyberArk Identity (Centrify)',
    protocol: 'oidc',
    authUrl: /\/OAuth2\/Authorize\/[^/]+$/i,
    tokenUrl: /\/OAuth2\/Token\/[^/]+$/i,
    apiUrl: /\/OAuth2\/UserInfo\/[^/]+$/i,
    refresh: ALWAYS,
    reference: 'Grafana manual, generic OAuth, Centrify: a refresh token is part of the code grant',
  },
  {
    id: 'authentik',
    name: 'authentik',
    protocol: 'oidc',
    authUrl: /\/application\/o\/authorize\/?$/,
    tokenUrl: /\/application\/o\/token\/?$/,
    apiUrl: /\/application\/o\/userinfo\/?$/,
    refresh: OFFLINE,
    apiSlash: true,
    reference: 'authentik: OAuth2 provider, offline_access since 2024.2',
  },
  {
    id: 'authelia',
    name: 'Authelia',
    protocol: 'oidc',
    authUrl: /\/api\/oidc\/authorization$/,
    tokenUrl: /\/api\/oidc\/token$/,
    apiUrl: /\/api\/oidc\/userinfo$/,
    refresh: OFFLINE,
    reference: 'Authelia: OpenID Connect 1.0 provider',
  },
  {
    id: 'pocket-id',
    name: 'Pocket ID',
    protocol: 'oidc',
    tokenUrl: /\/api\/oidc\/token$/,
    refresh: OFFLINE,
    severalHosts: true,
    reference: 'Pocket ID: OIDC endpoints',
  },
  {
    id: 'okta',
    name: 'Okta',
    protocol: 'oidc',
    authUrl: /\/oauth2\/([^/]+\/)?v1\/authorize$/,
    tokenUrl: /\/oauth2\/([^/]+\/)?v1\/token$/,
    apiUrl: /\/oauth2\/([^/]+\/)?v1\/userinfo$/,
    refresh: OFFLINE,
    tenant: /^\/oauth2\/(?:([^/]+)\/)?v1\//,
    tenantName: 'authorization server',
    reference: 'Okta: OpenID Connect & OAuth 2.0 API',
  },
  {
    id: 'zitadel',
    name: 'Zitadel',
    protocol: 'oidc',
    authUrl: /\/oauth\/v2\/authorize$/,
    tokenUrl: /\/oauth\/v2\/token$/,
    apiUrl: /\/oidc\/v1\/userinfo$/,
    refresh: OFFLINE,
    reference: 'Zitadel: OpenID Connect endpoints',
  },
  {
    id: 'adfs',
    name: 'AD FS',
    protocol: 'oidc',
    authUrl: /\/adfs\/oauth2\/authorize/,
    tokenUrl: /\/adfs\/oauth2\/token/,
    refresh: ALWAYS,
    reference: 'AD FS: OpenID Connect and OAuth flows',
  },
  {
    id: 'pingone',
    name: 'PingOne',
    protocol: 'oidc',
    authUrl: /\/\/auth\.pingone\.[^/]+\//,
    tokenUrl: /\/\/auth\.pingone\.[^/]+\//,
    refresh: OFFLINE,
    reference: 'PingOne: OpenID Connect',
  },
  {
    id: 'pingfederate',
    name: 'PingFederate',
    protocol: 'oidc',
    authUrl: /\/as\/authorization\.oauth2$/,
    tokenUrl: /\/as\/token\.oauth2$/,
    apiUrl: /\/idp\/userinfo\.openid$/,
    refresh: ALWAYS,
    reference: 'PingFederate: the refresh grant belongs to the client, offline_access is not needed by default',
  },
  {
    id: 'jumpcloud',
    name: 'JumpCloud',
    protocol: 'oidc',
    authUrl: /\/\/oauth\.id(\.[a-z]+)?\.jumpcloud\.com\//,
    tokenUrl: /\/\/oauth\.id(\.[a-z]+)?\.jumpcloud\.com\//,
    refresh: OFFLINE,
    reference: 'JumpCloud: SSO with OIDC',
  },
  {
    id: 'kanidm',
    name: 'Kanidm',
    protocol: 'oidc',
    authUrl: /\/ui\/oauth2$/,
    apiUrl: /\/oauth2\/openid\/[^/]+\/userinfo$/,
    refresh: ALWAYS,
    reference: 'Kanidm book: OAuth2',
  },
  {
    id: 'salesforce',
    name: 'Salesforce',
    protocol: 'oidc',
    authUrl: /\/services\/oauth2\/authorize$/,
    tokenUrl: /\/services\/oauth2\/token$/,
    apiUrl: /\/services\/oauth2\/userinfo$/,
    refresh: { by: 'scope', scopes: ['refresh_token', 'offline_access'] },
    reference: 'Salesforce: OAuth tokens and scopes',
  },
  {
    id: 'simplelogin',
    name: 'SimpleLogin',
    protocol: 'oidc',
    authUrl: /simplelogin[^/]*\/oauth2?\/authorize$/,
    tokenUrl: /simplelogin[^/]*\/oauth2?\/token$/,
    refresh: { by: 'never' },
    open: true,
    ignoresPkce: true,
    reference: 'SimpleLogin: OAuth endpoints',
  },
  {
    id: 'auth0',
    name: 'Auth0',
    protocol: 'oidc',
    authUrl: /\/\/[^/]*\.auth0\.com\//,
    tokenUrl: /\/\/[^/]*\.auth0\.com\//,
    apiUrl: /\/\/[^/]*\.auth0\.com\//,
    refresh: OFFLINE,
    reference: 'Auth0: refresh tokens',
  },
  {
    id: 'gitlab',
    name: 'GitLab',
    protocol: 'oidc',
    authUrl: /\/\/[^/]*gitlab[^/]*\/oauth\/authorize$/,
    tokenUrl: /\/\/[^/]*gitlab[^/]*\/oauth\/token$/,
    apiUrl: /\/\/[^/]*gitlab[^/]*\//,
    refresh: ALWAYS,
    reference: 'GitLab: OpenID Connect identity provider',
  },
  {
    id: 'dex',
    name: 'Dex',
    protocol: 'oidc',
    authUrl: /(\/\/dex\.[^/]+|\/dex)(\/.*)?\/auth$/,
    tokenUrl: /(\/\/dex\.[^/]+|\/dex)(\/.*)?\/token$/,
    refresh: OFFLINE,
    reference: 'Dex: custom scopes, claims and client features',
  },
];

/** The identity provider behind the addresses of one configuration; the authorization address tells most. */
export function identityProvider(urls: {
  readonly auth: string;
  readonly token: string;
  readonly api: string;
}): IdentityProvider | undefined {
  const find = (field: 'authUrl' | 'tokenUrl' | 'apiUrl', url: string) =>
    url === '' ? undefined : IDENTITY_PROVIDERS.find((provider) => provider[field]?.test(url));
  return find('authUrl', url(urls.auth)) ?? find('tokenUrl', url(urls.token)) ?? find('apiUrl', url(urls.api));
}

/** Without query: patterns look at the end of the path. */
function url(text: string): string {
  const end = text.search(/[?#]/);
  return end === -1 ? text : text.slice(0, end);
}

/**
 * Whether the other side speaks OpenID Connect, as far as addresses and scopes tell; undefined where they do not.
 */
export function speaksOidc(
  urls: { readonly auth: string; readonly token: string; readonly api: string },
  scopes: readonly string[],
): boolean | undefined {
  const known = identityProvider(urls);
  if (known) return known.protocol === 'oidc';
  if (scopes.some((scope) => scope === 'openid' || scope === 'profile' || scope === 'offline_access')) return true;
  if (/\/userinfo\/?($|[?#])/i.test(urls.api)) return true;
  if ([urls.auth, urls.token, urls.api].some((address) => /openid|\boidc\b/i.test(address))) return true;
  return undefined;
}
