/** Servers popular at home and in small clusters. */
import { BASIC_AND_POST, mail, OIDC_SCOPES, oidcSettings, profile, roleFrom, signOut } from './common.js';
import type { DemoPreset, Facts } from './types.js';

const authentikClaims = (f: Facts) => ({
  ...mail(f),
  // authentik says false unless told otherwise, whatever was verified.
  email_verified: f.email === undefined ? undefined : false,
  name: f.name,
  given_name: f.name,
  preferred_username: f.login,
  nickname: f.login,
  groups: f.groups,
});

export const AUTHENTIK: DemoPreset = {
  id: 'authentik',
  title: 'authentik',
  summary: 'issuer and endpoints with a slash at the end; groups come with the profile scope',
  kind: 'oidc',
  paths: {
    authorize: '/application/o/authorize/',
    token: '/application/o/token/',
    userinfo: '/application/o/userinfo/',
    jwks: '/application/o/grafana/jwks/',
    endSession: '/application/o/grafana/end-session/',
    discovery: '/application/o/grafana/.well-known/openid-configuration',
  },
  issuerPath: '/application/o/grafana/',
  sub: 'hex64',
  groups: { shape: 'array', empty: 'array', scope: 'profile' },
  idToken: (f) => ({
    acr: 'goauthentik.io/providers/oauth2/default',
    auth_time: f.now - 5,
    sid: f.session,
    ...authentikClaims(f),
  }),
  atHash: false,
  userinfo: authentikClaims,
  accessToken: (f) => ({ azp: f.client, scope: f.scopes.join(' '), ...authentikClaims(f) }),
  lifetime: 300,
  scopes: [...OIDC_SCOPES, 'entitlements'],
  unknownScopes: 'ignore',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'optional',
  refresh: 'offline_access',
  openidForUserinfo: true,
  endSession: 'rp-initiated',
  redirectMatch: 'exact',
  errors: { redirect: 'Redirect URI Error', client: 'invalid_client', code: 'invalid_grant' },
  settings: oidcSettings({
    auth_style: 'AutoDetect',
    groups_attribute_path: 'groups',
    signout_redirect_url: '{origin}/application/o/grafana/end-session/',
  }),
};

const autheliaId = (f: Facts) => ({ auth_time: f.now - 30, azp: f.client, amr: ['pwd', 'otp', 'mfa'] });
const autheliaUser = (f: Facts) => ({
  name: f.name,
  preferred_username: f.login,
  ...mail(f),
  alt_emails: [],
  groups: f.groups,
});

export const AUTHELIA: DemoPreset = {
  id: 'authelia',
  title: 'Authelia',
  summary: 'the ID token says nothing about the person: groups, name and address only in UserInfo; PKCE required',
  kind: 'oidc',
  paths: {
    authorize: '/api/oidc/authorization',
    token: '/api/oidc/token',
    userinfo: '/api/oidc/userinfo',
    jwks: '/jwks.json',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'uuid',
  groups: { shape: 'array', empty: 'array', scope: 'groups' },
  audienceList: true,
  atHash: false,
  idToken: autheliaId,
  userinfo: (f) => ({ rat: f.now - 31, ...autheliaUser(f) }),
  scopes: [...OIDC_SCOPES, 'groups', 'address', 'phone'],
  unknownScopes: 'refuse',
  clientAuth: { methods: ['client_secret_basic'], enforced: true },
  pkce: 'required',
  refresh: 'offline_access',
  openidForUserinfo: true,
  redirectMatch: 'exact',
  minStateLength: 8,
  errors: {
    redirect: 'invalid_request: redirect_uri does not match',
    client: 'invalid_client',
    code: 'invalid_grant',
    pkce: "Clients must include a 'code_challenge'",
    scope: "invalid_scope: not allowed to request scope '{scope}'",
  },
  settings: oidcSettings({ scopes: 'openid profile email groups', groups_attribute_path: 'groups' }),
  variants: {
    'claims-policy': {
      summary: 'with a claims policy: the ID token has groups, name and address too',
      idToken: (f) => ({
        ...autheliaId(f),
        name: f.name,
        preferred_username: f.login,
        email: f.email,
        groups: f.groups,
      }),
    },
  },
};

const dexClaims = (f: Facts) => ({ ...mail(f), name: f.name, preferred_username: f.login, groups: f.groups });

export const DEX: DemoPreset = {
  id: 'dex',
  title: 'Dex',
  summary: 'the access token is a JWT with the claims of the ID token; scopes it does not know are refused',
  kind: 'oidc',
  paths: {
    authorize: '/dex/auth',
    token: '/dex/token',
    userinfo: '/dex/userinfo',
    jwks: '/dex/keys',
    discovery: '/dex/.well-known/openid-configuration',
  },
  sub: 'protobuf',
  groups: { shape: 'array', empty: 'absent', scope: 'groups' },
  idToken: dexClaims,
  userinfo: (f) => ({ iss: f.issuer, aud: f.client, iat: f.now, exp: f.now + f.ttl, ...dexClaims(f) }),
  accessToken: dexClaims,
  lifetime: 86_400,
  scopes: [...OIDC_SCOPES, 'groups', 'federated:id'],
  unknownScopes: 'refuse',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'optional',
  refresh: 'offline_access',
  openidForUserinfo: false,
  redirectMatch: 'exact',
  errors: {
    redirect: 'Unregistered redirect_uri.',
    client: 'invalid_client: Invalid client credentials.',
    code: 'invalid_grant: Invalid or expired code parameter.',
    pkce: 'invalid_request: PKCE is required. The code_challenge parameter must be provided.',
    scope: 'invalid_scope: Unrecognized scope(s) ["{scope}"]',
    userinfo: 'access_denied: Invalid bearer token.',
  },
  settings: oidcSettings({ scopes: 'openid profile email groups', groups_attribute_path: 'groups' }),
};

const pocketGroup = (group: string) => group.replaceAll('-', '_');
const pocketClaims = (f: Facts) => ({
  ...profile(f),
  display_name: f.name,
  picture: `${f.origin}/api/users/${f.sub}/profile-picture.png`,
  ...mail(f),
  groups: f.groups,
});

export const POCKET_ID: DemoPreset = {
  id: 'pocket-id',
  title: 'Pocket ID',
  summary: 'group names with underscores; custom claims are parsed as JSON, so texts may become numbers',
  kind: 'oidc',
  paths: {
    authorize: '/authorize',
    token: '/api/oidc/token',
    userinfo: '/api/oidc/userinfo',
    jwks: '/.well-known/jwks.json',
    endSession: '/api/oidc/end-session',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'uuid',
  groups: { shape: 'array', empty: 'array', scope: 'groups', rename: pocketGroup },
  audienceList: true,
  atHash: false,
  idToken: (f) => ({ type: 'id-token', amr: ['pwd'], auth_time: f.now - 5, ...pocketClaims(f) }),
  userinfo: pocketClaims,
  accessToken: (f) => ({ type: 'oauth-access-token', scope: f.scopes.join(' ') }),
  scopes: [...OIDC_SCOPES, 'groups'],
  unknownScopes: 'refuse',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'optional',
  refresh: 'offline_access',
  openidForUserinfo: true,
  endSession: 'rp-initiated',
  redirectMatch: 'wildcard',
  errors: { redirect: 'Invalid callback URL', client: 'invalid_client', code: 'invalid_grant' },
  settings: oidcSettings({
    scopes: 'openid profile email groups',
    role_attribute_path: roleFrom('groups', pocketGroup),
    groups_attribute_path: 'groups',
    name_attribute_path: 'display_name || name',
    signout_redirect_url: signOut('/api/oidc/end-session'),
  }),
};
