/** What Grafana asks of the provider by itself: tokens, UserInfo, and the network in between. */
import { autoDetect, isOn, lacksScope, oddSecret, onLoopback, unset } from '../decide.js';
import { GENERIC, GRAFANA, type Trouble } from '../types.js';

const TRY = 'auth-cli test-login --config grafana.ini shows the answer of the provider';

export const TOKEN_TROUBLES: readonly Trouble[] = [
  {
    id: 'token-exchange',
    title: 'Grafana got no token for the code',
    products: GRAFANA,
    umbrella: true,
    patterns: [
      /login\.OAuthLogin\(NewTransportWithCode\)/i,
      /auth\.oauth\.token\.exchange/,
      /failed to get token from provider/i,
      /oauth2: cannot fetch token/i,
    ],
    texts: [
      { text: 'login.OAuthLogin(NewTransportWithCode)', from: 'Grafana 9' },
      { text: '[auth.oauth.token.exchange]', from: 'Grafana 10.1 and later' },
      { text: 'Failed to get token from provider', from: 'Grafana 10.1 and later' },
    ],
    causes: [
      {
        cause: 'the provider does not accept client_id and client_secret',
        check: 'copy the secret again',
        options: ['client_id', 'client_secret'],
        decide: oddSecret,
      },
      {
        cause: 'Grafana cannot reach token_url: name, port, certificate, or an address that only the browser knows',
        check: 'the error= of the log line; try token_url from the machine or container of Grafana',
        options: ['token_url'],
        decide: onLoopback('token_url'),
      },
      {
        cause:
          'AutoDetect tried the wrong client authentication first, which used the code up; only the second error is told',
        check: 'set auth_style = InHeader or InParams',
        options: ['auth_style'],
        decide: autoDetect,
      },
      {
        cause: 'the provider demands PKCE',
        check: 'set use_pkce = true',
        options: ['use_pkce'],
        decide: (config) =>
          config.flag('use_pkce') ? { verdict: 'unlikely', because: 'use_pkce is on', option: 'use_pkce' } : undefined,
      },
      {
        cause: 'token_url is empty or of another endpoint',
        check: TRY,
        options: ['token_url'],
        decide: unset('token_url'),
      },
    ],
    source: 'Grafana source; grafana/grafana#17672, #8842, #41247, #25055',
  },
  {
    id: 'invalid-client',
    title: 'The provider does not accept the credentials of the client',
    products: GRAFANA,
    patterns: [
      /\binvalid_client\b(?!_)/i,
      /["'=: ]unauthorized_client\b.{0,80}(?:secret|credential)/i,
      /invalid client (?:or invalid client )?(?:credentials|secret)/i,
      /incorrect_client_credentials/i,
      /AADSTS(?:7000215|7000222)\b/,
      /MSIS96(?:07|22)\b/,
      /wrong client-id or client-secret/i,
      /client authentication failed/i,
      /supports client authentication method/i,
    ],
    texts: [
      {
        text: 'oauth2: cannot fetch token: 401 Unauthorized Response: {"error":"invalid_client"}',
        from: 'golang.org/x/oauth2',
      },
      {
        text: '{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}',
        from: 'Keycloak',
      },
    ],
    causes: [
      {
        cause:
          'the secret is not the one of the provider: cut off behind # or ; in an INI file, quotes or a line break in it, of another client, or expired',
        check: 'auth-cli validate grafana.ini; then copy the secret again',
        options: ['client_secret'],
        decide: oddSecret,
      },
      {
        cause: 'the provider wants the credentials in the other place (header or body)',
        check: 'auth-cli discover compares auth_style with token_endpoint_auth_methods_supported',
        options: ['auth_style'],
      },
      {
        cause: 'client_id is wrong, or of another realm or tenant',
        check: 'the client at the provider',
        options: ['client_id', 'token_url'],
      },
    ],
    source: 'RFC 6749 section 5.2',
  },
  {
    id: 'unauthorized-client',
    yieldsTo: ['invalid-client', 'invalid-grant', 'redirect-uri-mismatch'],
    title: 'The client may not do this, or its secret is wrong',
    products: GRAFANA,
    patterns: [/\bunauthorized_client\b/i],
    texts: [{ text: 'unauthorized_client', from: 'RFC 6749' }],
    causes: [
      {
        cause: 'at the token endpoint: the secret is wrong (Keycloak says it this way)',
        check: 'copy the secret again',
        options: ['client_secret'],
        decide: oddSecret,
      },
      {
        cause: 'the client may not use the authorization code grant',
        check: 'allow the authorization code flow (standard flow) for this client at the provider',
      },
    ],
    source: 'RFC 6749 sections 4.1.2.1 and 5.2',
  },
  {
    id: 'invalid-grant',
    yieldsTo: ['pkce-verifier', 'refresh-token-missing'],
    title: 'The provider does not accept the code',
    products: GRAFANA,
    patterns: [
      /\binvalid_grant\b/i,
      /code not valid/i,
      /bad_verification_code/i,
      /MSIS9612\b/,
      /AADSTS(?:54005|70008)\b/,
      /no such authorization code/i,
      /authorization code.{0,40}(?:invalid|expired|already)/i,
    ],
    texts: [
      { text: '{"error":"invalid_grant","error_description":"Code not valid"}', from: 'Keycloak' },
      { text: "MSIS9612: The authorization code received in 'code' parameter is invalid.", from: 'AD FS' },
    ],
    causes: [
      {
        cause:
          'AutoDetect: the first try with the wrong client authentication used the code up, and this is the answer to the second',
        check: 'set auth_style = InHeader or InParams, as the provider has it for this client',
        options: ['auth_style'],
        decide: autoDetect,
      },
      {
        cause:
          'the code was used twice (page loaded again, two instances, a proxy that repeats requests) or is too old',
        check: 'begin the login again; compare the clocks',
      },
      {
        cause: 'the redirect URI of the token request is not the one of the login: root_url changed in between',
        check: '[server] root_url',
        options: ['server.root_url'],
      },
      {
        cause: 'the PKCE verifier was lost with its cookie',
        check: 'open Grafana at the address of root_url',
        options: ['use_pkce'],
        decide: (config) =>
          config.flag('use_pkce') ? undefined : { verdict: 'unlikely', because: 'use_pkce is off', option: 'use_pkce' },
      },
    ],
    source: 'RFC 6749 section 5.2; golang/oauth2#373; portainer/portainer#11725',
  },
  {
    id: 'certificate',
    title: 'Grafana does not trust the certificate of the provider',
    products: [...GRAFANA, 'gem'],
    patterns: [
      /x509: certificate signed by unknown authority/i,
      /tls: failed to verify certificate/i,
      /x509: cannot validate/i,
    ],
    texts: [
      { text: 'Post "https://id.example.com/token": x509: certificate signed by unknown authority', from: 'Go' },
      {
        text: 'Post "https://id.example.com/token": tls: failed to verify certificate: x509: certificate signed by unknown authority',
        from: 'Go 1.20 and later',
      },
    ],
    causes: [
      {
        cause: 'the certificate is signed by an authority of your own, and tls_client_ca is not set',
        check: 'set tls_client_ca to the PEM file of that authority, or install it in the image',
        options: ['tls_client_ca'],
        decide: unset('tls_client_ca'),
      },
      {
        cause: 'tls_client_ca is set: it replaces the authorities of the system, and an unreadable file leaves none',
        check: 'the file must hold PEM certificates, also of the intermediates',
        options: ['tls_client_ca'],
      },
      {
        cause: 'the server sends its certificate without the intermediate ones',
        check: 'openssl s_client -connect HOST:443 -showcerts',
      },
    ],
    source: 'Go crypto/x509; grafana/grafana#2942, #9419',
  },
  {
    id: 'certificate-expired',
    title: 'The certificate of the provider is out of date, or the clock is',
    products: [...GRAFANA, 'gem'],
    patterns: [/x509: certificate has expired or is not yet valid/i],
    texts: [
      {
        text: 'x509: certificate has expired or is not yet valid: current time 2026-01-31T12:00:00Z is after 2026-01-01T00:00:00Z',
        from: 'Go',
      },
    ],
    causes: [
      { cause: 'the certificate has expired', check: 'renew it' },
      { cause: 'the clock of the machine is wrong', check: 'compare the current time in the message' },
    ],
    source: 'Go crypto/x509',
  },
  {
    id: 'certificate-name',
    title: 'The certificate of the provider is for another name',
    products: [...GRAFANA, 'gem'],
    patterns: [
      /x509: certificate is valid for (?<names>.{0,120}?), not (?<host>[\w.-]+)/i,
      /x509: certificate is not valid for any names/i,
      /doesn't contain any IP SANs/i,
    ],
    texts: [{ text: 'x509: certificate is valid for id.example.com, not keycloak', from: 'Go' }],
    causes: [
      {
        cause: 'the address uses a name the certificate lacks, such as a service name within a cluster',
        check: 'use a name of the certificate in token_url and api_url',
        options: ['token_url', 'api_url'],
      },
    ],
    source: 'Go crypto/x509',
  },
  {
    id: 'unknown-host',
    title: 'Grafana does not find the host of the provider',
    products: [...GRAFANA, 'gem'],
    patterns: [
      /dial tcp: lookup (?<host>[^\s:]+)[^\n]*no such host/i,
      /dial tcp: lookup (?<host>[^\s:]+).{0,60}(?:server misbehaving|i\/o timeout|try again|temporary failure)/i,
    ],
    texts: [{ text: 'dial tcp: lookup keycloak.localhost on 127.0.0.11:53: no such host', from: 'Go' }],
    causes: [
      {
        cause:
          '{host} is a name the browser knows and the network of Grafana does not: token_url and api_url are asked by Grafana itself, often from a container',
        check: 'use a name both know, or another one in token_url and api_url than in auth_url',
        options: ['token_url', 'api_url'],
        decide: onLoopback('token_url', 'api_url'),
      },
      { cause: 'DNS of the container or pod does not work', check: 'resolve the name from within it' },
    ],
    source: 'grafana/grafana#25055, #59177',
  },
  {
    id: 'connection-refused',
    title: 'Nothing answers at the address of the provider',
    products: [...GRAFANA, 'gem'],
    patterns: [
      /(?:dial tcp )?(?<host>[\w.[\]:-]+): connect: connection refused/i,
      /no route to host/i,
      /network is unreachable/i,
    ],
    texts: [
      { text: 'dial tcp 127.0.0.1:9011: connect: connection refused', from: 'Go' },
      { text: 'dial tcp 10.0.0.7:443: connect: no route to host', from: 'Go' },
    ],
    causes: [
      {
        cause: 'localhost in token_url or api_url is the container of Grafana, not the machine',
        check: 'use the name of the service, or host.docker.internal',
        options: ['token_url', 'api_url'],
        decide: onLoopback('token_url', 'api_url'),
      },
      {
        cause: 'a firewall, a network policy, or a router that does not lead its own outer address back in',
        check: 'try the address from the machine or container of Grafana',
        options: ['token_url', 'api_url'],
      },
    ],
    source: 'grafana/grafana#25055, #59177',
  },
  {
    id: 'timeout',
    title: 'The provider does not answer in time',
    products: [...GRAFANA, 'gem'],
    patterns: [/context deadline exceeded/i, /client\.timeout exceeded/i, /i\/o timeout/i, /TLS handshake timeout/i],
    texts: [
      {
        text: 'Post "https://id.example.com/token": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
        from: 'Go',
      },
    ],
    causes: [
      {
        cause: 'a firewall drops the packets of Grafana',
        check: 'try the address from the machine or container of Grafana',
        options: ['token_url', 'api_url'],
      },
      {
        cause: 'a proxy is needed: Grafana takes HTTP_PROXY, HTTPS_PROXY and NO_PROXY of its own environment',
        check: 'set them for the process of Grafana',
      },
    ],
    source: 'Go net/http',
  },
  {
    id: 'empty-address',
    title: 'An address is not set',
    products: GRAFANA,
    patterns: [/unsupported protocol scheme ""/i],
    texts: [
      { text: 'Post "": unsupported protocol scheme ""', from: 'Go' },
      { text: 'Get : unsupported protocol scheme ""', from: 'Go, before 1.14' },
      { text: 'Error getting email address: Get "/emails": unsupported protocol scheme ""', from: 'Grafana up to 11' },
    ],
    causes: [
      {
        cause: 'Post: token_url is not set, perhaps because the variable for it is misspelt',
        check: 'auth-cli show grafana.ini --env-file FILE lists variables that are ignored',
        options: ['token_url'],
        decide: unset('token_url'),
      },
      {
        cause: 'Get: api_url is not set; up to 11 Grafana then asks "/emails" for an e-mail address',
        check: 'set api_url, or let the ID token carry the e-mail address',
        options: ['api_url'],
        decide: unset('api_url'),
      },
    ],
    source: 'grafana/grafana#16772, #41247, #6351',
  },
  {
    id: 'html-answer',
    yieldsTo: ['no-email'],
    title: 'A web page came back where JSON was expected',
    products: GRAFANA,
    patterns: [/invalid character '<' looking for beginning of value/i],
    texts: [{ text: "invalid character '<' looking for beginning of value", from: 'Go' }],
    causes: [
      {
        cause: 'token_url or api_url is the address of a page (a login page, an error page), not of the endpoint',
        check: 'auth-cli discover compares the addresses with the provider’s own document',
        options: ['token_url', 'api_url'],
      },
      {
        cause: 'no e-mail address was found, so Grafana asked api_url + "/emails", which the provider does not have',
        check: 'auth-cli eval-role with the UserInfo answer; set email_attribute_path, or ask for the scope email',
        options: ['email_attribute_path', 'scopes'],
        decide: lacksScope('email'),
      },
      {
        cause: 'a proxy or firewall answered in place of the provider',
        check: 'try the address from the machine of Grafana',
      },
      {
        cause: 'token_url without its last slash is redirected, and a POST becomes a GET (authentik)',
        check: 'write token_url with the slash at its end',
        options: ['token_url'],
        decide: (config) =>
          config.provider?.id === 'authentik' && !config.text('token_url').endsWith('/')
            ? { verdict: 'holds', because: 'token_url has no slash at its end', option: 'token_url' }
            : undefined,
      },
    ],
    source: 'grafana/grafana#60632, #27725, #16339',
  },
  {
    id: 'no-access-token',
    title: 'The answer to the code holds no access token',
    products: GRAFANA,
    patterns: [/server response missing access_token/i],
    texts: [{ text: 'oauth2: server response missing access_token', from: 'golang.org/x/oauth2' }],
    causes: [
      {
        cause: 'the provider answers an error with status 200 (GitHub does)',
        check: TRY,
        options: ['token_url', 'client_secret'],
      },
      { cause: 'token_url is another endpoint', check: 'auth-cli discover', options: ['token_url'] },
    ],
    source: 'grafana/grafana#41247, #9499',
  },
  {
    id: 'token-url-not-found',
    title: 'The token endpoint is not there',
    products: GRAFANA,
    patterns: [
      /cannot fetch token: 40[45]\b/i,
      /could not find resource for full path/i,
      /realm does not exist/i,
      /AADSTS90002\b/,
    ],
    texts: [
      { text: 'oauth2: cannot fetch token: 404 Not Found', from: 'golang.org/x/oauth2' },
      { text: 'Realm does not exist', from: 'Keycloak' },
    ],
    causes: [
      {
        cause:
          'the path is of another version of the provider: Keycloak 17 and later have no /auth in front of /realms',
        check: 'auth-cli discover',
        options: ['token_url'],
      },
      {
        cause: 'the name of realm or tenant is misspelt; case counts',
        check: 'auth-cli discover',
        options: ['auth_url', 'token_url'],
      },
    ],
    source: 'Keycloak migration guide; RFC 8414',
  },
  {
    id: 'refresh-token-missing',
    title: 'The token ran out and there is none to renew it with',
    products: GENERIC,
    patterns: [/token expired and refresh token is not set/i, /oauth\.expired-token/],
    texts: [{ text: 'oauth2: token expired and refresh token is not set', from: 'golang.org/x/oauth2' }],
    causes: [
      {
        cause: 'no refresh token was asked for: the scope offline_access is missing',
        check: 'add offline_access to scopes, or what the provider has for it',
        options: ['scopes', 'use_refresh_token'],
        decide: lacksScope('offline_access'),
      },
      {
        cause: 'use_refresh_token is on and the provider gives none: people are logged out when the access token ends',
        check: 'switch use_refresh_token off, or let the provider give refresh tokens',
        options: ['use_refresh_token'],
        decide: isOn('use_refresh_token'),
      },
      {
        cause: 'a data source forwards the identity of the person, and needs a token that lives',
        check: 'auth-cli test-login --refresh tries the refresh token',
        options: ['use_refresh_token'],
      },
    ],
    source: 'grafana/grafana#27725, #12131',
  },
  {
    id: 'user-info',
    title: 'Grafana could not make out who the person is',
    products: GRAFANA,
    umbrella: true,
    patterns: [
      /login\.OAuthLogin\(get info from \w+\)/i,
      /auth\.oauth\.userinfo\.(?:error|failed)/,
      /failed to get user info/i,
      /error getting user info/i,
    ],
    texts: [
      { text: 'login.OAuthLogin(get info from generic_oauth)', from: 'Grafana 9' },
      { text: '[auth.oauth.userinfo.error]', from: 'Grafana 10.1 and later' },
      { text: 'Error getting user info: unauthorized', from: 'Grafana, [auth.grafana_com]' },
    ],
    causes: [
      {
        cause: 'role_attribute_strict is on and nothing gave the person a role',
        check: 'auth-cli eval-role with what the provider sends',
        options: ['role_attribute_strict', 'role_attribute_path'],
        decide: isOn('role_attribute_strict'),
      },
      {
        cause: 'no e-mail address was found, and asking api_url + "/emails" failed',
        check: 'auth-cli eval-role; set email_attribute_path, or ask for the scope email',
        options: ['email_attribute_path', 'scopes'],
        decide: lacksScope('email'),
      },
      {
        cause: 'the person is in none of the required teams, groups or organizations (10.x hides that text)',
        check: 'auth-cli eval-role',
        options: ['team_ids', 'allowed_groups', 'allowed_organizations'],
        decide: (config) => {
          const set = ['team_ids', 'allowed_groups', 'allowed_organizations'].filter(
            (option) => config.text(option) !== '',
          );
          return set.length === 0
            ? { verdict: 'unlikely', because: 'no such list is set' }
            : { verdict: 'holds', because: `${set.join(', ')} is set`, option: set[0]! };
        },
      },
      {
        cause: 'api_url does not answer Grafana',
        check: 'auth-cli test-login',
        options: ['api_url'],
        decide: onLoopback('api_url'),
      },
    ],
    source: 'Grafana source; grafana/grafana#37239',
  },
  {
    id: 'issuer-mismatch',
    title: 'The issuer is not called what the configuration says',
    products: ['gem', ...GRAFANA],
    patterns: [
      /oidc: issuer did not match the issuer returned by provider, expected "(?<expected>[^"]*)" got "(?<got>[^"]*)"/i,
      /id token issued by a different provider, expected "(?<expected>[^"]*)" got "(?<got>[^"]*)"/i,
    ],
    texts: [
      {
        text: 'oidc: issuer did not match the issuer returned by provider, expected "https://id.example.com" got "https://id.example.com/"',
        from: 'go-oidc',
      },
      {
        text: 'oidc: id token issued by a different provider, expected "https://id.example.com" got "https://other.example.com"',
        from: 'go-oidc',
      },
    ],
    causes: [
      {
        cause:
          'the two texts must be equal character for character, the slash at the end included: "{expected}" is configured, "{got}" is what the provider says',
        check: 'write the issuer as the provider has it: auth-cli discover',
        options: ['auth.admin.oidc.issuer_url'],
      },
    ],
    source: 'OpenID Connect Discovery 1.0 section 4.3; coreos/go-oidc#203',
  },
];
