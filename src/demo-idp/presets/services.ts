/** Further hosted services. */
import {
  BASIC_AND_POST,
  mail,
  NO_CLAIM_SCOPES,
  OIDC_SCOPES,
  oidcSettings,
  POST_AND_BASIC,
  profile,
  signOut,
} from './common.js';
import type { DemoPreset, Facts } from './types.js';

export const SALESFORCE: DemoPreset = {
  id: 'salesforce',
  title: 'Salesforce',
  summary:
    'an ID token with nothing in it; the role in custom_attributes of UserInfo; PKCE required; sub is an address',
  kind: 'oidc',
  paths: {
    authorize: '/services/oauth2/authorize',
    token: '/services/oauth2/token',
    userinfo: '/services/oauth2/userinfo',
    jwks: '/id/keys',
    endSession: '/services/auth/idp/oidc/logout',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'salesforce',
  groups: { shape: 'array', empty: 'absent' },
  idToken: () => ({}),
  userinfo: (f) => ({
    user_id: f.sub.split('/').at(-1),
    organization_id: '00D000000000001EAA',
    active: true,
    is_app_installed: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: 3_600_000,
    updated_at: '2026-01-01T00:00:00Z',
    ...profile(f),
    preferred_username: `${f.login}@example.com`,
    ...mail(f),
    nickname: f.login,
    zoneinfo: 'Europe/Stockholm',
    custom_attributes: f.role && { grafana_role: f.role },
  }),
  claimScopes: NO_CLAIM_SCOPES,
  scopes: ['openid', 'profile', 'email', 'refresh_token', 'offline_access', 'id', 'api', 'web', 'full'],
  unknownScopes: 'refuse',
  clientAuth: { methods: POST_AND_BASIC },
  pkce: 'required',
  refresh: 'refresh_token',
  openidForUserinfo: true,
  endSession: 'rp-initiated',
  redirectMatch: 'exact',
  errors: {
    redirect: 'redirect_uri_mismatch: redirect_uri must match configuration',
    client: 'invalid_client: invalid client credentials',
    code: 'invalid_grant: expired authorization code',
    pkce: 'invalid_request: missing required code challenge',
  },
  settings: oidcSettings({
    auth_style: 'InParams',
    role_attribute_path: 'custom_attributes.grafana_role',
    groups_attribute_path: '',
    signout_redirect_url: '{origin}/services/auth/idp/oidc/logout',
  }),
};

const zitadelRoles = (f: Facts) => ({
  'urn:zitadel:iam:org:project:roles': f.groups,
  'urn:zitadel:iam:org:project:279999999999999999:roles': f.groups,
});
const zitadelProfile = (f: Facts) => ({
  ...profile(f),
  preferred_username: `${f.login}@acme.example.com`,
  locale: 'en',
  updated_at: f.now,
  ...mail(f),
});
const zitadelId = (f: Facts) => ({
  aud: [f.client, '279999999999999999'],
  azp: f.client,
  client_id: f.client,
  amr: ['pwd'],
  auth_time: f.now - 4,
  sid: f.session,
});
const zitadelRole = (group: string) =>
  ({ 'grafana-server-admins': 'server-admin', 'grafana-admins': 'admin', 'grafana-editors': 'editor' })[group] ?? group;

export const ZITADEL: DemoPreset = {
  id: 'zitadel',
  title: 'ZITADEL',
  summary: 'roles are an object keyed by role, in UserInfo only; one client authentication method only',
  kind: 'oidc',
  paths: {
    authorize: '/oauth/v2/authorize',
    token: '/oauth/v2/token',
    userinfo: '/oidc/v1/userinfo',
    jwks: '/oauth/v2/keys',
    endSession: '/oidc/v1/end_session',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'digits18',
  groups: { shape: 'map', empty: 'absent', rename: zitadelRole },
  idToken: zitadelId,
  userinfo: (f) => ({ ...zitadelProfile(f), ...zitadelRoles(f) }),
  lifetime: 43_200,
  scopes: [...OIDC_SCOPES, 'urn:zitadel:iam:org:projects:roles', 'urn:zitadel:iam:user:metadata'],
  unknownScopes: 'refuse',
  clientAuth: { methods: ['client_secret_basic'], enforced: true },
  pkce: 'optional',
  refresh: 'offline_access',
  openidForUserinfo: true,
  endSession: 'rp-initiated',
  redirectMatch: 'exact',
  errors: {
    redirect: 'invalid_request: The requested redirect_uri is missing in the client configuration.',
    client: 'invalid_client',
  },
  settings: oidcSettings({
    role_attribute_path:
      '@."urn:zitadel:iam:org:project:roles"."server-admin" && \'GrafanaAdmin\' || @."urn:zitadel:iam:org:project:roles".admin && \'Admin\' || @."urn:zitadel:iam:org:project:roles".editor && \'Editor\'',
    groups_attribute_path: 'keys(@."urn:zitadel:iam:org:project:roles" || `{}`)',
    signout_redirect_url: signOut('/oidc/v1/end_session'),
  }),
  variants: {
    'id-token-roles': {
      summary: 'roles asserted in the ID token too',
      idToken: (f) => ({ ...zitadelId(f), ...zitadelProfile(f), ...zitadelRoles(f) }),
    },
  },
};

const simpleloginClaims = (f: Facts) => ({
  id: f.number,
  client: 'Grafana',
  email_verified: true,
  name: f.name,
  avatar_url: null,
  email: f.email === undefined ? undefined : `${f.login}.x1@simplelogin.example`,
});

export const SIMPLELOGIN: DemoPreset = {
  id: 'simplelogin',
  title: 'SimpleLogin and small servers like it',
  summary: 'no groups; the address is an alias in its own domain; no refresh tokens; PKCE is ignored',
  kind: 'oidc',
  paths: {
    authorize: '/oauth2/authorize',
    token: '/oauth2/token',
    userinfo: '/oauth2/userinfo',
    jwks: '/jwks',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'digits',
  groups: { shape: 'array', empty: 'absent' },
  idToken: (f) => ({ auth_time: f.now, ...simpleloginClaims(f) }),
  atHash: false,
  userinfo: simpleloginClaims,
  claimScopes: NO_CLAIM_SCOPES,
  scopes: ['openid', 'email', 'name', 'avatar_url'],
  unknownScopes: 'ignore',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'ignored',
  refresh: 'never',
  openidForUserinfo: false,
  redirectMatch: 'exact',
  errors: {
    redirect: 'The external client is using an invalid URL',
    client: 'wrong client-id or client-secret',
    code: 'no such authorization code',
  },
  settings: oidcSettings({
    scopes: 'openid email name',
    use_pkce: 'false',
    role_attribute_path: "email == 'ada.x1@simplelogin.example' && 'Admin'",
    groups_attribute_path: '',
    login_attribute_path: 'email',
  }),
};
