/** Okta's two kinds of authorization servers. */
import { BASIC_AND_POST, mail, OIDC_SCOPES, oidcSettings, profile, signOut } from './common.js';
import type { DemoPreset, Facts } from './types.js';

const oktaBase = (f: Facts) => ({
  ver: 1,
  jti: `ID.${f.session}`,
  amr: ['pwd'],
  idp: '00o0000000000000001',
  auth_time: f.now - 20,
  name: f.name,
  preferred_username: `${f.login}@example.com`,
  email: f.email,
});

const oktaUserinfo = (f: Facts) => ({
  ...profile(f),
  ...mail(f),
  preferred_username: `${f.login}@example.com`,
  locale: 'en-US',
  zoneinfo: 'Europe/Stockholm',
  groups: f.groups,
});

export const OKTA: DemoPreset = {
  id: 'okta',
  title: 'Okta (org authorization server)',
  summary: 'a thin ID token: groups only in UserInfo, and only with the groups scope',
  kind: 'oidc',
  paths: {
    authorize: '/oauth2/v1/authorize',
    token: '/oauth2/v1/token',
    userinfo: '/oauth2/v1/userinfo',
    jwks: '/oauth2/v1/keys',
    endSession: '/oauth2/v1/logout',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'okta',
  groups: {
    shape: 'array',
    empty: 'absent',
    scope: 'groups',
    everyone: ['Everyone'],
    limit: { at: 100, behaviour: 'cut' },
  },
  idToken: oktaBase,
  userinfo: oktaUserinfo,
  scopes: [...OIDC_SCOPES, 'groups'],
  unknownScopes: 'refuse',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'optional',
  refresh: 'offline_access',
  openidForUserinfo: true,
  endSession: 'id-token-hint',
  redirectMatch: 'exact',
  errors: {
    redirect: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
    client: 'invalid_client: The client secret supplied for a confidential client is invalid.',
    code: 'invalid_grant: The authorization code is invalid or has expired.',
    pkce: 'PKCE code challenge is required',
    scope: 'invalid_scope: One or more scopes are not configured for the authorization server resource.',
    userinfo: 'insufficient_scope',
  },
  settings: oidcSettings({
    scopes: 'openid profile email groups',
    groups_attribute_path: 'groups',
    signout_redirect_url: signOut('/oauth2/v1/logout'),
  }),
  variants: {
    'id-token-groups': {
      summary: 'an organization whose ID tokens carry groups too',
      idToken: (f) => ({ ...oktaBase(f), groups: f.groups }),
    },
  },
};

export const OKTA_CUSTOM: DemoPreset = {
  ...OKTA,
  id: 'okta-custom',
  title: 'Okta (custom authorization server)',
  summary: 'groups claim in ID token and UserInfo; JWT access tokens',
  paths: {
    authorize: '/oauth2/default/v1/authorize',
    token: '/oauth2/default/v1/token',
    userinfo: '/oauth2/default/v1/userinfo',
    jwks: '/oauth2/default/v1/keys',
    endSession: '/oauth2/default/v1/logout',
    discovery: '/oauth2/default/.well-known/openid-configuration',
  },
  groups: { shape: 'array', empty: 'absent', everyone: ['Everyone'], limit: { at: 100, behaviour: 'cut' } },
  idToken: (f) => ({ ...oktaBase(f), groups: f.groups }),
  accessToken: (f) => ({
    ver: 1,
    aud: 'api://default',
    cid: f.client,
    uid: f.sub,
    sub: `${f.login}@example.com`,
    scp: f.scopes,
  }),
  scopes: OIDC_SCOPES,
  settings: oidcSettings({
    groups_attribute_path: 'groups',
    signout_redirect_url: signOut('/oauth2/default/v1/logout'),
  }),
  variants: {
    'access-token-groups': {
      summary: 'the groups claim was added to the access token only',
      idToken: oktaBase,
      userinfo: (f) => ({ ...oktaUserinfo(f), groups: undefined }),
      accessToken: (f) => ({
        ver: 1,
        aud: 'api://default',
        cid: f.client,
        uid: f.sub,
        scp: f.scopes,
        groups: f.groups,
      }),
    },
  },
};
