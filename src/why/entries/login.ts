/** The round trip through the browser: state, cookies, redirect URI, what the provider answers at its login page. */
import {
  insecureRoot,
  isOff,
  isOn,
  lacksScope,
  redirectSent,
  rootUrlIsDefault,
  sameSiteNone,
  sameSiteStrict,
  scopes,
  secureOverHttp,
} from '../decide.js';
import { GENERIC, GRAFANA, type Trouble } from '../types.js';

export const LOGIN_TROUBLES: readonly Trouble[] = [
  {
    id: 'state-cookie-missing',
    title: 'The cookie with the state of the login did not come back',
    products: GRAFANA,
    patterns: [
      /login\.OAuthLogin\(missing saved state\)/i,
      /missing saved oauth state/i,
      /auth\.oauth\.state\.missing/,
    ],
    texts: [
      { text: 'login.OAuthLogin(missing saved state)', from: 'Grafana 9' },
      { text: 'Missing saved oauth state', from: 'Grafana 10.1 and later' },
      { text: 'auth.oauth.state.missing', from: 'Grafana 10.1 and later' },
    ],
    causes: [
      {
        cause:
          'the login began at another address than it came back to (IP address, host without domain, www, http): the cookie belongs to the first',
        check: 'open Grafana at the address of root_url, and set [server] enforce_domain',
        options: ['server.root_url'],
        decide: rootUrlIsDefault,
      },
      {
        cause: 'cookie_samesite = strict keeps the cookie from a request that comes from another site',
        check: 'set [security] cookie_samesite = lax',
        options: ['security.cookie_samesite'],
        decide: sameSiteStrict,
      },
      {
        cause: 'cookie_secure is on, and the browser reaches Grafana without https, so it drops the cookie',
        check: 'use https, or set [security] cookie_secure = false',
        options: ['security.cookie_secure'],
        decide: secureOverHttp,
      },
      {
        cause:
          'the login page stood open longer than [auth] oauth_state_cookie_max_age (600 seconds), or an old tab was used',
        check: 'begin the login again',
        options: ['auth.oauth_state_cookie_max_age'],
      },
      {
        cause: 'cookie_samesite = none without cookie_secure: browsers refuse such cookies',
        check: 'set [security] cookie_secure = true',
        options: ['security.cookie_samesite', 'security.cookie_secure'],
        decide: sameSiteNone,
      },
    ],
    source: 'grafana/grafana#17925, #19556, #23907, #13073, #17978',
  },
  {
    id: 'state-mismatch',
    title: 'The state that came back is not the one that was sent',
    products: GRAFANA,
    patterns: [
      /login\.OAuthLogin\(state mismatch\)/i,
      /provided state does not match stored state/i,
      /auth\.oauth\.state\.invalid/,
    ],
    texts: [
      { text: 'login.OAuthLogin(state mismatch)', from: 'Grafana 9' },
      { text: 'Provided state does not match stored state', from: 'Grafana 10.1 and later' },
    ],
    causes: [
      {
        cause: 'a second login was begun before the first came back: double click, two tabs, a link opened twice',
        check: 'close the other tabs and begin again',
      },
      {
        cause:
          'several instances of Grafana with different [security] secret_key: one began the login, another got the answer',
        check: 'give all instances the same secret_key',
        options: ['security.secret_key'],
      },
      {
        cause: 'two Grafanas on one host name share the name of the cookie',
        check: 'give them different cookie paths by root_url and serve_from_sub_path, or different hosts',
        options: ['server.root_url', 'server.serve_from_sub_path'],
      },
      {
        cause: 'a proxy in front of Grafana runs a login of its own and answers first',
        check: 'try without that proxy',
      },
    ],
    source: 'grafana/grafana#7996, #17978, #13073',
  },
  {
    id: 'pkce-cookie-missing',
    title: 'The cookie with the PKCE verifier did not come back',
    products: GRAFANA,
    patterns: [/missing required pkce cookie/i, /auth\.oauth\.pkce\.missing/],
    texts: [{ text: 'Missing required pkce cookie', from: 'Grafana 10.1 and later' }],
    causes: [
      {
        cause: 'the login began at another address than it came back to',
        check: 'open Grafana at the address of root_url',
        options: ['server.root_url'],
        decide: rootUrlIsDefault,
      },
      {
        cause: 'cookie_samesite = strict, or cookie_secure without https',
        check: 'see auth-cli explain cookie_samesite',
        options: ['security.cookie_samesite', 'security.cookie_secure'],
        decide: sameSiteStrict,
      },
    ],
    source: 'Grafana source, OAuth client of the authentication broker',
  },
  {
    id: 'redirect-uri-mismatch',
    yieldsTo: ['dashboard-redirect'],
    title: 'The provider does not know the redirect URI',
    products: GRAFANA,
    patterns: [
      /redirect_uri_mismatch/i,
      /invalid parameter: redirect_uri/i,
      /(?:missing|invalid|mismatching|unregistered)[^.]{0,40}redirect(?:ion)?[ _]ur[il]/i,
      /redirect[ _]ur[il][^.]{0,60}(?:mismatch|not? match|must be a login redirect|missing in the client|not registered|is not allowed|invalid)/i,
      /callback url mismatch/i,
      /invalid callback url/i,
      /invalid_callback/i,
      /AADSTS50011\b/,
      /MSIS9(?:224|304)\b/,
      /external client is using an invalid URL/i,
      /invalid_origin\b/,
    ],
    texts: [
      { text: 'redirect_uri_mismatch', from: 'Google, GitHub' },
      { text: 'Invalid parameter: redirect_uri', from: 'Keycloak' },
      {
        text: 'The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).',
        from: 'authentik',
      },
      { text: 'AADSTS50011: The redirect URI specified in the request does not match', from: 'Entra ID' },
      { text: 'Unregistered redirect_uri.', from: 'Dex' },
    ],
    causes: [
      {
        cause:
          'root_url is not the address people use, so another redirect URI is sent than the one registered (http, a port, a missing path)',
        check: 'register exactly what auth-cli test-login prints as redirect URI, or correct [server] root_url',
        options: ['server.root_url'],
        decide: (config, found) => rootUrlIsDefault(config, found) ?? redirectSent(config, found),
      },
      {
        cause: 'root_url is built from %(protocol)s and Grafana itself speaks http behind a proxy with https',
        check: 'write root_url in full: https://grafana.example.com/',
        options: ['server.root_url', 'server.protocol'],
        decide: insecureRoot,
      },
      {
        cause: 'the sub-path is missing: root_url must end with it',
        check: 'root_url and serve_from_sub_path',
        options: ['server.root_url', 'server.serve_from_sub_path'],
      },
      {
        cause: 'the address is registered with another trailing slash, scheme or upper case: comparison is exact',
        check: 'the list of redirect URIs of the client at the provider',
      },
    ],
    source: 'grafana/grafana#14006, #11817, #36964, #69218; RFC 6749 section 3.1.2',
  },
  {
    id: 'redirect-insecure',
    title: 'The provider wants the redirect URI with https',
    products: GRAFANA,
    patterns: [/insecure protocol/i, /external client must use https/i, /redirect_uri.{0,60}must (?:use|be) https/i],
    texts: [{ text: 'insecure protocol', from: 'Authelia' }],
    causes: [
      {
        cause: 'root_url begins with http, often because it is %(protocol)s of a Grafana behind a proxy',
        check: 'write [server] root_url = https://… in full',
        options: ['server.root_url'],
        decide: insecureRoot,
      },
    ],
    source: 'Authelia manual; grafana/grafana#11817',
  },
  {
    id: 'pkce-required',
    title: 'The provider demands PKCE',
    products: GRAFANA,
    patterns: [
      /code_challenge(?:_method)?["' ]* (?:is|parameter must be|must be) (?:required|provided)/i,
      /missing (?:required )?(?:parameter: )?code[_ ]challenge/i,
      /pkce (?:code challenge )?is required/i,
      /no PKCE challenge/i,
      /Clients must include a code_challenge/i,
      /AADSTS9002325\b/,
    ],
    texts: [
      { text: 'code_challenge is required', from: 'several providers' },
      { text: 'Missing parameter: code_challenge_method', from: 'Keycloak' },
      { text: 'PKCE is required. The code_challenge parameter must be provided.', from: 'Dex' },
    ],
    causes: [
      { cause: 'use_pkce is off', check: 'set use_pkce = true', options: ['use_pkce'], decide: isOff('use_pkce') },
    ],
    source: 'RFC 7636; grafana/grafana#22122',
  },
  {
    id: 'pkce-verifier',
    title: 'The PKCE verifier was missing or is not the right one',
    products: GRAFANA,
    patterns: [
      /pkce verification failed/i,
      /expecting parameter code_verifier/i,
      /code_verifier.{0,40}(?:does not match|mismatch|invalid)/i,
      /AADSTS501481\b/,
    ],
    texts: [
      { text: 'invalid_grant: PKCE verification failed', from: 'Keycloak, Okta' },
      { text: 'Expecting parameter code_verifier in PKCE flow.', from: 'Dex' },
    ],
    causes: [
      {
        cause: 'the cookie oauth_code_verifier was lost: another host name on the way back, or two logins at once',
        check: 'open Grafana at the address of root_url, in one tab',
        options: ['server.root_url'],
        decide: rootUrlIsDefault,
      },
      {
        cause: 'the client demands PKCE and use_pkce is off',
        check: 'set use_pkce = true',
        options: ['use_pkce'],
        decide: isOff('use_pkce'),
      },
    ],
    source: 'RFC 7636 section 4.6',
  },
  {
    id: 'invalid-scope',
    title: 'The provider refuses a scope',
    products: GRAFANA,
    patterns: [/\binvalid_scope\b/i, /unrecognized scope/i, /AADSTS70011\b/, /One or more scopes are not configured/i],
    texts: [
      { text: 'error=invalid_scope', from: 'RFC 6749' },
      { text: 'invalid_scope: Unrecognized scope(s) ["user:email"]', from: 'Dex' },
    ],
    causes: [
      {
        cause: 'scopes was never set: the default, user:email, is one of GitHub',
        check: 'set scopes = openid profile email',
        options: ['scopes'],
        decide: (config) => {
          if (config.section !== 'auth.generic_oauth') return undefined;
          return scopes(config).includes('user:email')
            ? { verdict: 'holds', because: 'scopes has user:email', option: 'scopes' }
            : { verdict: 'unlikely', because: `scopes is ${config.text('scopes')}`, option: 'scopes' };
        },
      },
      {
        cause:
          'a scope such as groups or offline_access does not exist at this provider, or the client may not ask for it',
        check: 'auth-cli discover compares scopes with scopes_supported',
        options: ['scopes'],
      },
    ],
    source: 'RFC 6749 section 4.1.2.1',
  },
  {
    id: 'provider-denied',
    yieldsTo: ['redirect-uri-mismatch', 'invalid-scope', 'unknown-client'],
    title: 'The provider ended the login',
    products: GRAFANA,
    patterns: [/\baccess_denied\b/i, /login provider denied login request/i, /AADSTS50105\b/, /user is not assigned/i],
    texts: [
      { text: 'error=access_denied', from: 'RFC 6749' },
      { text: 'login provider denied login request', from: 'Grafana' },
    ],
    causes: [
      {
        cause: 'the person is not assigned to the application at the provider, or a policy there says no',
        check: 'assignment of users and groups at the provider',
      },
      { cause: 'the person cancelled, or refused consent', check: 'try again' },
      {
        cause: 'the provider needs an administrator to consent to a scope first',
        check: 'consent at the provider',
        options: ['scopes'],
      },
    ],
    source: 'RFC 6749 section 4.1.2.1',
  },
  {
    id: 'unknown-client',
    title: 'The provider does not know the client',
    products: GRAFANA,
    patterns: [
      /client not found/i,
      /invalid client_id/i,
      /unknown client\b/i,
      /client identifier \(client_id\) is missing or invalid/i,
      /AADSTS700016\b/,
      /MSIS9223\b/,
      /client_id["' ]{0,3}(?:of )?some_id/i,
      /deleted_client/i,
    ],
    texts: [{ text: 'Client not found.', from: 'Keycloak' }],
    causes: [
      {
        cause: 'client_id was never set: Grafana then sends some_id',
        check: 'set client_id',
        options: ['client_id'],
        decide: (config) => {
          const id = config.text('client_id');
          if (id === '' || id === 'some_id')
            return { verdict: 'holds', because: `client_id is ${id || 'not set'}`, option: 'client_id' };
          if (/^\$/.test(id))
            return { verdict: 'holds', because: 'client_id is a reference that is not filled in', option: 'client_id' };
          return { verdict: 'unlikely', because: 'client_id is set', option: 'client_id' };
        },
      },
      {
        cause: 'the client is of another realm or tenant than the one in auth_url',
        check: 'compare auth_url with the address of the provider that has the client',
        options: ['auth_url', 'client_id'],
      },
    ],
    source: 'RFC 6749 section 4.1.2.1',
  },
  {
    id: 'unexpanded-reference',
    title: 'A reference to a file or a variable was sent as it is written',
    products: GRAFANA,
    patterns: [
      /(?:client_id|client_secret|root_url)=?[^\s]{0,20}(?:\$__(?:file|env|vault)\{|%24__(?:file|env|vault)%7B)/i,
    ],
    texts: [
      { text: 'https://id.example.com/authorize?client_id=%24__file%7B%2Fetc%2Fsecret%7D', from: 'Grafana 10.2' },
    ],
    causes: [
      {
        cause:
          'the reference stands where Grafana does not expand it, or lost its head on the way: Compose and Helm take ${…} for their own',
        check: 'auth-cli show grafana.ini tells what each value becomes',
        options: ['client_id'],
      },
    ],
    source: 'grafana/grafana#82328',
  },
  {
    id: 'oauth-not-enabled',
    title: 'The login provider is not switched on',
    products: GRAFANA,
    patterns: [
      /oauth not enabled/i,
      /oauth client is disabled/i,
      /auth\.oauth\.disabled/,
      /failed to create oauthinfo for provider/i,
    ],
    texts: [
      { text: 'OAuth not enabled', from: 'Grafana 9' },
      { text: 'OAuth client is disabled', from: 'Grafana 10.1 and later' },
      { text: 'Failed to create OAuthInfo for provider', from: 'Grafana 10.3 to 11' },
    ],
    causes: [
      {
        cause: 'enabled = true is missing in the section, or the section is misspelt',
        check: 'auth-cli validate, auth-cli show',
        options: ['enabled'],
        decide: isOff('enabled'),
      },
      {
        cause: '10.3 to 11.0 gives the provider up for a boolean it cannot read, such as yes or on',
        check: 'write true and false',
        options: ['enabled'],
        decide: isOn('enabled'),
      },
      {
        cause: 'settings saved in the user interface (10.4 and later) override the file',
        check: 'GET /api/v1/sso-settings/generic_oauth',
      },
    ],
    source: 'Grafana source, provider registry',
  },
  {
    id: 'stale-redirect-cookie',
    title: 'An old cookie sends the browser to an address that does not exist',
    products: GRAFANA,
    patterns: [
      /\/login\/\w+\/login\b.{0,80}\b404\b/i,
      /\b404\b.{0,80}\/login\/\w+\/login\b/i,
      /^\S*\/login\/generic_oauth\/login\S*$/i,
    ],
    texts: [{ text: 'GET /login/generic_oauth/login 404', from: 'Grafana' }],
    causes: [
      {
        cause: 'a redirect_to cookie of an earlier version is left in the browser',
        check: 'delete the cookies of Grafana and try again',
      },
    ],
    source: 'grafana/grafana#27465',
  },
  {
    id: 'logout-hint',
    title: 'The provider wants an id_token_hint for signing out',
    products: GENERIC,
    patterns: [/missing parameters?: id_token_hint/i],
    texts: [{ text: 'Missing parameters: id_token_hint', from: 'Keycloak 18 and later' }],
    causes: [
      {
        cause: 'signout_redirect_url has post_logout_redirect_uri, and Grafana before 10.2 sends no id_token_hint',
        check: 'Grafana 10.2 or later, or add client_id=… to signout_redirect_url',
        options: ['signout_redirect_url'],
        decide: (config) =>
          config.order === undefined
            ? undefined
            : config.order < 10_002
              ? { verdict: 'holds', because: 'this version sends no id_token_hint' }
              : { verdict: 'unlikely', because: 'this version sends the hint' },
      },
    ],
    source: 'grafana/grafana#67987',
  },
  {
    id: 'azure-v1',
    title: 'The addresses are those of version 1 of the Azure endpoints',
    products: GRAFANA,
    patterns: [/AzureAD OAuth: version 1\.0 is not supported/i],
    texts: [
      {
        text: 'AzureAD OAuth: version 1.0 is not supported. Please ensure the auth_url and token_url are set to the v2.0 endpoints.',
        from: 'Grafana',
      },
    ],
    causes: [
      {
        cause: 'auth_url and token_url have /oauth2/ without /v2.0/',
        check: 'use https://login.microsoftonline.com/TENANT/oauth2/v2.0/authorize and …/token',
        options: ['auth_url', 'token_url'],
      },
    ],
    source: 'Grafana source, azuread connector',
  },
  {
    id: 'scope-openid-missing',
    title: 'The scope openid was not asked for',
    products: GRAFANA,
    patterns: [/missing openid scope/i, /insufficient_scope/i],
    texts: [
      {
        text: 'WWW-Authenticate: Bearer error="insufficient_scope", error_description="Missing openid scope"',
        from: 'Keycloak',
      },
    ],
    causes: [
      {
        cause: 'scopes lacks openid, so UserInfo is refused',
        check: 'set scopes = openid profile email',
        options: ['scopes'],
        decide: lacksScope('openid'),
      },
    ],
    source: 'OpenID Connect Core 1.0 section 5.3; Keycloak 19.0.2 release notes',
  },
];
