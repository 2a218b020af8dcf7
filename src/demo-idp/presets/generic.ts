/** Providers known by their standard only. */
import { everything, oidcSettings, signOut } from './common.js';
import type { DemoPreset } from './types.js';

export const GENERIC_OIDC: DemoPreset = {
  id: 'generic-oidc',
  title: 'a plain OpenID provider',
  summary: 'profile, e-mail and groups in ID token and UserInfo alike',
  kind: 'oidc',
  paths: {
    authorize: '/authorize',
    token: '/token',
    userinfo: '/userinfo',
    jwks: '/jwks',
    endSession: '/logout',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'uuid',
  groups: { shape: 'array', empty: 'absent' },
  idToken: everything,
  userinfo: everything,
  scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  unknownScopes: 'refuse',
  clientAuth: { methods: ['client_secret_basic', 'client_secret_post'] },
  pkce: 'optional',
  refresh: 'offline_access',
  openidForUserinfo: true,
  endSession: 'rp-initiated',
  redirectMatch: 'exact',
  errors: {},
  settings: oidcSettings({
    scopes: 'openid profile email offline_access',
    use_refresh_token: 'true',
    signout_redirect_url: signOut('/logout'),
  }),
};

export const GENERIC_OAUTH2: DemoPreset = {
  id: 'generic-oauth2',
  title: 'a plain OAuth 2.0 server without OpenID',
  summary: 'no ID token, no discovery, no sub: the user document is all there is',
  kind: 'oauth2',
  paths: { authorize: '/oauth/authorize', token: '/oauth/token', userinfo: '/me' },
  sub: 'digits',
  groups: { shape: 'array', empty: 'absent' },
  userinfo: (f) => ({
    id: f.number,
    username: f.login,
    name: f.name,
    role: f.role && { GrafanaAdmin: 'owner', Admin: 'administrator', Editor: 'writer', Viewer: 'reader' }[f.role],
    email: f.email,
    groups: f.groups,
  }),
  scopes: [],
  unknownScopes: 'refuse',
  clientAuth: { methods: ['client_secret_basic', 'client_secret_post'] },
  pkce: 'ignored',
  refresh: 'never',
  openidForUserinfo: false,
  redirectMatch: 'exact',
  errors: {},
  settings: {
    empty_scopes: 'true',
    use_pkce: 'true',
    auth_style: 'InParams',
    role_attribute_path: "role == 'administrator' && 'Admin' || role == 'writer' && 'Editor'",
    groups_attribute_path: '[groups][]',
  },
  variants: {
    wrapped: {
      summary: 'the user document is wrapped in {"data": …}',
      userinfo: (f) => ({ data: GENERIC_OAUTH2.userinfo(f) }),
      settings: {
        empty_scopes: 'true',
        use_pkce: 'true',
        auth_style: 'InParams',
        role_attribute_path: "data.role == 'administrator' && 'Admin' || data.role == 'writer' && 'Editor'",
        email_attribute_path: 'data.email',
        login_attribute_path: 'data.username',
        name_attribute_path: 'data.name',
      },
    },
  },
};
