/**
 * Errors of identity providers in words: what an error code of RFC 6749, RFC 7636 or OpenID Connect usually means for this
 * configuration, and the option to look at.
 */

export interface Explanation {
  readonly usually: string;
  readonly try: string;
  /** The same where the client was given by flags instead of a configuration. */
  readonly tryFlags?: string;
  /** Options to look at. */
  readonly options: readonly string[];
}

const AUTHORIZATION: Readonly<Record<string, Explanation>> = {
  access_denied: {
    usually: 'the person cancelled, or the provider does not let this person use this client',
    try: 'assign the person or a group of theirs to the application at the provider',
    options: [],
  },
  invalid_scope: {
    usually: 'the provider does not know one of the scopes, or the client may not ask for it',
    try: 'set scopes to what the provider offers; most OpenID providers want "openid profile email"',
    tryFlags: 'ask for other scopes with --scope',
    options: ['scopes'],
  },
  unauthorized_client: {
    usually: 'the client may not use the authorization code grant',
    try: 'enable the authorization code flow (standard flow) for this client at the provider',
    options: ['client_id'],
  },
  invalid_request: {
    usually: 'a parameter is missing or wrong; often the redirect URI, or PKCE that the provider demands',
    try: 'compare the redirect URI with the one registered; set use_pkce = true where the provider requires PKCE',
    tryFlags: 'compare the redirect URI with the one registered; --redirect-uri sends another',
    options: ['use_pkce', 'auth_url'],
  },
  unsupported_response_type: {
    usually: 'the client is not allowed response_type=code, the only one the product uses',
    try: 'allow the authorization code flow for this client at the provider',
    options: [],
  },
  login_required: {
    usually: 'the request said prompt=none and nobody is signed in at the provider',
    try: 'remove login_prompt = none',
    options: ['login_prompt'],
  },
  temporarily_unavailable: {
    usually: 'the provider is overloaded or under maintenance',
    try: 'try again later',
    options: [],
  },
  server_error: { usually: 'the provider failed inside', try: "look at the provider's own log", options: [] },
};

const TOKEN: Readonly<Record<string, Explanation>> = {
  invalid_client: {
    usually: 'the provider does not accept client_id and client_secret, or not the way they are sent',
    try: 'copy the secret again (a # or ; cuts it in an INI file), and set auth_style to the method the provider has for this client',
    tryFlags: 'compare --client-id and --client-secret-file with the client at the provider',
    options: ['client_id', 'client_secret', 'auth_style'],
  },
  unauthorized_client: {
    usually: 'wrong secret (Keycloak says it this way), or the client may not use this grant',
    try: 'copy the secret again; check that the client is confidential and may use the authorization code flow',
    tryFlags: 'copy the secret again; check that the client is confidential and may use this grant',
    options: ['client_secret', 'auth_style'],
  },
  invalid_grant: {
    usually:
      'the code was used before, is too old, belongs to another redirect URI, or its code verifier is missing or wrong',
    try: 'set auth_style instead of AutoDetect: a first try with the wrong method can spend the code; check use_pkce',
    tryFlags: 'start again; compare the redirect URI with the one registered',
    options: ['auth_style', 'use_pkce'],
  },
  invalid_request: {
    usually:
      'a parameter is missing: often the client credentials are expected in the other place, or PKCE is required',
    try: 'set auth_style to InParams or InHeader; set use_pkce = true where the provider requires PKCE',
    tryFlags: 'compare what the provider says with the parameters sent (--trace-http)',
    options: ['auth_style', 'use_pkce'],
  },
  unsupported_grant_type: {
    usually: 'this is not the token endpoint, or the client may not use this grant',
    try: 'compare token_url with token_endpoint of the discovery document',
    tryFlags: 'allow the grant for this client at the provider',
    options: ['token_url'],
  },
  invalid_scope: {
    usually: 'a scope is not allowed for this client',
    try: 'reduce scopes',
    tryFlags: 'ask for fewer with --scope',
    options: ['scopes'],
  },
};

export function explainAuthorizationError(error: string): Explanation | undefined {
  return Object.hasOwn(AUTHORIZATION, error) ? AUTHORIZATION[error] : undefined;
}

export function explainTokenError(error: string | undefined, status: number | undefined): Explanation | undefined {
  if (error !== undefined && Object.hasOwn(TOKEN, error)) return TOKEN[error];
  if (status === 404 || status === 405) {
    return {
      usually: 'this is not the token endpoint',
      try: 'compare token_url with token_endpoint of the discovery document',
      tryFlags: 'the token_endpoint of the discovery document is wrong: tell those who run the provider',
      options: ['token_url'],
    };
  }
  if (status === 401) return TOKEN['invalid_client'];
  return undefined;
}

/** A failed connection by Node's error code: what it means and where to look. `option` is the URL option concerned. */
export function explainNetworkError(code: string | undefined, option: string): Explanation {
  const common = { options: [option] };
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        ...common,
        usually: 'the host name is not known here; the browser and the server may see different names (containers)',
        try: `check ${option}; --resolve HOST:ADDRESS tries an address of your choice`,
      };
    case 'ECONNREFUSED':
      return {
        ...common,
        usually: 'nothing listens there; localhost in a container is the container itself',
        try: `check host and port of ${option}`,
      };
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return {
        ...common,
        usually: 'no answer in time: a firewall, a network policy or a slow provider',
        try: '--timeout SECONDS waits longer',
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return {
        usually:
          'the certificate is signed by an authority that is not trusted here; Grafana says "x509: certificate signed by unknown authority"',
        try: 'set tls_client_ca to the PEM file of that authority',
        options: ['tls_client_ca', option],
      };
    case 'CERT_HAS_EXPIRED':
      return { ...common, usually: 'the certificate of the server has expired', try: 'renew it' };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        ...common,
        usually: 'the certificate is for another host name',
        try: `use the name of the certificate in ${option}`,
      };
    default:
      return {
        ...common,
        usually: 'the connection failed',
        try: `check ${option} and the network between here and the provider`,
      };
  }
}
