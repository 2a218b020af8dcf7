/** Dashboard and Grafana Enterprise Metrics. */
import type { Trouble, WhyConfig } from '../types.js';

const DASHBOARD = ['dashboard'] as const;
const GEM = ['gem'] as const;

const disabled = (config: WhyConfig) =>
  config.flag('MB_JWT_ENABLED')
    ? ({ verdict: 'unlikely', because: 'MB_JWT_ENABLED is true', option: 'MB_JWT_ENABLED' } as const)
    : ({ verdict: 'holds', because: 'MB_JWT_ENABLED is not true', option: 'MB_JWT_ENABLED' } as const);
const notSet = (option: string) => (config: WhyConfig) =>
  config.text(option) === ''
    ? ({ verdict: 'holds', because: `${option} is not set` } as const)
    : ({ verdict: 'unlikely', because: `${option} is set`, option } as const);

export const PRODUCT_TROUBLES: readonly Trouble[] = [
  {
    id: 'dashboard-signature',
    title: 'Dashboard does not accept the signature of the token',
    products: DASHBOARD,
    denials: ['token'],
    patterns: [/message seems corrupt or manipulated/i],
    texts: [{ text: 'Message seems corrupt or manipulated.', from: 'Dashboard' }],
    causes: [
      {
        cause:
          'the signing side uses another key: decoded from hex or base64, with a line break at its end, or an old one. Dashboard takes the text as it is',
        check:
          'auth-cli token verify TOKEN --secret-file FILE; with --secret-encoding hex or base64 it tells whether the signing side decodes the key',
        options: ['MB_JWT_SHARED_SECRET'],
        decide: (config) => {
          const secret = config.text('MB_JWT_SHARED_SECRET');
          if (secret === '') return { verdict: 'holds', because: 'MB_JWT_SHARED_SECRET is not set' };
          if (secret !== secret.trim())
            return { verdict: 'holds', because: 'the key begins or ends with a blank', option: 'MB_JWT_SHARED_SECRET' };
          if (/^["']|["']$/.test(secret))
            return { verdict: 'holds', because: 'the key has quotes around it', option: 'MB_JWT_SHARED_SECRET' };
          return undefined;
        },
      },
      { cause: 'the token is signed with another algorithm: only HS256 is read', check: 'auth-cli token decode TOKEN' },
      { cause: 'it is no token at all: cut off, or changed by a proxy', check: 'auth-cli token decode TOKEN' },
    ],
    source: 'Dashboard source, JWT provider; buddy-sign',
  },
  {
    id: 'dashboard-token-time',
    title: 'The token is too old or not valid yet',
    products: DASHBOARD,
    denials: ['token'],
    patterns: [
      /token is older than max-age \((?<age>\d+)\)/i,
      /token is older than max-age/i,
      /token is expired \(\d+\)/i,
      /token is not yet valid \(\d+\)/i,
      /(?<!oidc: )\btoken is expired\b/i,
    ],
    texts: [
      { text: 'Token is older than max-age (180)', from: 'Dashboard' },
      { text: 'Token is expired (1767225600)', from: 'Dashboard' },
      { text: 'Token is not yet valid (1767225600)', from: 'Dashboard' },
    ],
    causes: [
      {
        cause:
          'more than 180 seconds passed between iat and the login, whatever exp says: a cached page or token, or a slow form',
        check: 'make the token when the person is sent on, not before; auth-cli token decode TOKEN shows the times',
      },
      { cause: 'the clocks differ: there is no leeway at all', check: 'compare the clocks of both machines' },
      { cause: 'times are written in milliseconds', check: 'iat and exp are seconds since 1970' },
    ],
    source: 'Dashboard source, JWT provider',
  },
  {
    id: 'dashboard-redirect',
    title: 'Dashboard refuses the address to go to after the login',
    products: DASHBOARD,
    denials: ['return_to'],
    patterns: [/Invalid redirect URL/, /ambiguous uri path separator/i],
    texts: [
      { text: 'Invalid redirect URL', from: 'Dashboard' },
      { text: 'Ambiguous URI path separator', from: 'the server in front of Dashboard' },
    ],
    causes: [
      {
        cause:
          'return_to is the address of another host than MB_SITE_URL, or has blanks or signs in it that are not encoded',
        check: 'send a path such as /dashboard/1, encoded once',
        options: ['MB_SITE_URL'],
      },
      {
        cause: 'MB_SITE_URL is not set or not the address people use',
        check: 'MB_SITE_URL',
        options: ['MB_SITE_URL'],
        decide: notSet('MB_SITE_URL'),
      },
      { cause: 'version 46.7 refused every relative path', check: 'update' },
    ],
    source: 'Dashboard source; metabase/metabase#33028',
  },
  {
    id: 'dashboard-disabled',
    title: 'JWT login is not switched on in Dashboard',
    products: DASHBOARD,
    denials: ['disabled'],
    patterns: [/(?:JWT )?SSO has not been enabled and\/or configured/i, /error-sso-disabled/],
    texts: [
      { text: 'JWT SSO has not been enabled and/or configured', from: 'Dashboard, earlier versions' },
      {
        text: '{"status":"error-sso-disabled","message":"SSO has not been enabled and/or configured"}',
        from: 'Dashboard',
      },
    ],
    causes: [
      {
        cause: 'MB_JWT_ENABLED is not true',
        check: 'auth-cli validate',
        options: ['MB_JWT_ENABLED'],
        decide: disabled,
      },
      {
        cause: 'the key is not set',
        check: 'MB_JWT_SHARED_SECRET',
        options: ['MB_JWT_SHARED_SECRET'],
        decide: notSet('MB_JWT_SHARED_SECRET'),
      },
      {
        cause: 'the address of the identity provider is not set (needed since 55)',
        check: 'MB_JWT_IDENTITY_PROVIDER_URI',
        options: ['MB_JWT_IDENTITY_PROVIDER_URI'],
        decide: notSet('MB_JWT_IDENTITY_PROVIDER_URI'),
      },
      {
        cause: 'the plan does not include it: then every setting reads as its default',
        check: 'the licence of Dashboard',
      },
    ],
    source: 'Dashboard source, settings of SSO',
  },
  {
    id: 'dashboard-post',
    title: 'The token was sent by POST',
    products: DASHBOARD,
    denials: ['method'],
    patterns: [/POST not valid for JWT SSO requests/i, /error-post-jwt-not-valid/],
    texts: [{ text: 'POST not valid for JWT SSO requests', from: 'Dashboard' }],
    causes: [
      {
        cause: 'the identity provider posts a form',
        check: 'send the browser to GET /auth/sso?jwt=TOKEN&return_to=PATH',
      },
    ],
    source: 'Dashboard source; metabase/metabase#35560',
  },
  {
    id: 'dashboard-no-email',
    title: 'The token has no e-mail address under the expected name',
    products: DASHBOARD,
    denials: ['email'],
    patterns: [/JWT token missing email claim/i],
    texts: [{ text: 'JWT token missing email claim', from: 'Dashboard 58 and later' }],
    causes: [
      {
        cause:
          'the claim is called otherwise than MB_JWT_ATTRIBUTE_EMAIL says (email by default); case counts, and there are no paths',
        check: 'auth-cli token decode TOKEN',
        options: ['MB_JWT_ATTRIBUTE_EMAIL'],
      },
    ],
    source: 'Dashboard source, JWT provider',
  },
  {
    id: 'dashboard-no-account',
    title: 'The person has no account in Dashboard, and none is made',
    products: DASHBOARD,
    denials: ['provisioning'],
    patterns: [/you'll need a .{1,80} account to view this page/i],
    texts: [
      {
        text: "Sorry, but you'll need a Example account to view this page. Please contact your administrator.",
        from: 'Dashboard',
      },
    ],
    causes: [
      {
        cause: 'MB_JWT_USER_PROVISIONING_ENABLED is false',
        check: 'switch it on, or make the account',
        options: ['MB_JWT_USER_PROVISIONING_ENABLED'],
        decide: (config) =>
          config.flag('MB_JWT_USER_PROVISIONING_ENABLED')
            ? { verdict: 'unlikely', because: 'provisioning is on' }
            : { verdict: 'holds', because: 'provisioning is off', option: 'MB_JWT_USER_PROVISIONING_ENABLED' },
      },
      { cause: 'the account is deactivated', check: 'the list of people in Dashboard' },
    ],
    source: 'Dashboard source, user provisioning',
  },
  {
    id: 'dashboard-tenant',
    title: 'The tenant in the token does not fit',
    products: DASHBOARD,
    denials: ['tenant'],
    patterns: [
      /tenants and tenant users are disabled/i,
      /tenant claim required/i,
      /cannot add tenant claim/i,
      /tenant id mismatch/i,
      /tenant is not active/i,
      /value of `?@tenant`? must be a string/i,
    ],
    texts: [
      { text: 'Tenant claim required for external user', from: 'Dashboard 58 and later' },
      { text: 'Tenants and tenant users are disabled.', from: 'Dashboard 58 and later' },
    ],
    causes: [
      {
        cause: 'tenants are switched off (MB_USE_TENANTS) while the token or the account has one',
        check: 'MB_USE_TENANTS',
        options: ['MB_USE_TENANTS'],
        decide: (config) =>
          config.flag('MB_USE_TENANTS')
            ? undefined
            : { verdict: 'holds', because: 'MB_USE_TENANTS is not true', option: 'MB_USE_TENANTS' },
      },
      {
        cause: 'the account belongs to another tenant than the token, or to none; it cannot be changed',
        check: 'auth-cli eval-role TOKEN --config FILE --state FILE',
        options: ['MB_JWT_ATTRIBUTE_TENANT'],
      },
    ],
    source: 'Dashboard source, tenants',
  },
  {
    id: 'dashboard-not-set-up',
    title: 'Dashboard has no administrator yet',
    products: DASHBOARD,
    denials: ['setup'],
    patterns: [/instance has not been initialized/i],
    texts: [{ text: 'Instance has not been initialized', from: 'Dashboard' }],
    causes: [
      { cause: 'the first set-up was not finished', check: 'open Dashboard and create the first administrator' },
    ],
    source: 'Dashboard source, user creation',
  },
  {
    id: 'dashboard-embedding',
    title: 'Embedding is not switched on',
    products: DASHBOARD,
    denials: ['sdk'],
    patterns: [/error-embedding-(?:sdk|simple)-disabled/],
    texts: [{ text: 'error-embedding-sdk-disabled', from: 'Dashboard' }],
    causes: [
      {
        cause: 'MB_ENABLE_EMBEDDING_SDK or MB_ENABLE_EMBEDDING_SIMPLE is not true',
        check: 'switch on the one the client uses',
        options: ['MB_ENABLE_EMBEDDING_SDK', 'MB_ENABLE_EMBEDDING_SIMPLE'],
      },
    ],
    source: 'Dashboard source, embedding',
  },
  {
    id: 'gem-no-group',
    title: 'The expression of GEM gives no access policy',
    products: GEM,
    denials: ['access_policy'],
    patterns: [/a sub-?match has to be present/i],
    texts: [{ text: 'A sub-match has to be present', from: 'GEM manual' }],
    causes: [
      {
        cause: 'the expression has no group in parentheses, or it takes no part: the first group is the policy',
        check: 'auth-cli validate gem.yaml; auth-cli eval-role TOKEN --config gem.yaml',
        options: ['auth.admin.oidc.access_policy_regex'],
        decide: (config) => {
          const regex = config.text('auth.admin.oidc.access_policy_regex');
          if (regex === '') return { verdict: 'holds', because: 'access_policy_regex is not set' };
          return /\((?!\?:)/.test(regex)
            ? {
                verdict: 'unlikely',
                because: `the expression has a group: ${regex}`,
                option: 'auth.admin.oidc.access_policy_regex',
              }
            : { verdict: 'holds', because: `no group in ${regex}`, option: 'auth.admin.oidc.access_policy_regex' };
        },
      },
      {
        cause: 'the claim does not match the expression',
        check: 'auth-cli eval-role TOKEN --config gem.yaml',
        options: ['auth.admin.oidc.access_policy_claim'],
      },
    ],
    source: 'GEM manual, OAuth 2.0 and OIDC',
  },
  {
    id: 'gem-token',
    title: 'GEM does not accept the token',
    products: GEM,
    denials: ['audience', 'expired', 'nbf', 'alg', 'signature', 'malformed'],
    patterns: [
      /oidc: expected audience "(?<expected>[^"]*)" got/i,
      /oidc: token is expired/i,
      /oidc: malformed jwt/i,
      /oidc: id token signed with unsupported algorithm/i,
      /failed to verify (?:id token )?signature/i,
      /oidc: current time .* before the nbf/i,
    ],
    texts: [
      { text: 'oidc: token is expired (Token Expiry: 2026-01-31 12:00:00 +0000 UTC)', from: 'go-oidc' },
      { text: 'oidc: expected audience "gem" got ["grafana"]', from: 'go-oidc' },
    ],
    causes: [
      {
        cause: 'time, audience, algorithm or key of the token do not fit, as the text says',
        check: 'auth-cli token verify TOKEN --issuer ISSUER; auth-cli eval-role TOKEN --config gem.yaml',
        options: ['auth.admin.oidc.audience', 'auth.admin.oidc.issuer_url'],
      },
      { cause: 'the access token was sent where the ID token is meant', check: 'auth-cli token decode TOKEN' },
    ],
    source: 'go-oidc 3.4.0',
  },
];
