/** Providers known by their standard only. */
import type { ClaimsOf, DemoPreset, Facts } from './types.js';

export const profile = (f: Facts) => ({
  name: f.name,
  given_name: f.given,
  family_name: f.family,
  preferred_username: f.login,
});

export const mail = (f: Facts) => ({
  email: f.email,
  email_verified: f.email === undefined ? undefined : f.verified,
});

/** Profile, address and groups: what a plainly configured OpenID provider says everywhere. */
export const everything: ClaimsOf = (f) => ({ ...profile(f), ...mail(f), groups: f.groups });

/** The role expression for a list (or single text) of groups; nothing where no group fits, so later sources are asked. */
export function roleFrom(claim: string, rename: (group: string) => string = (group) => group): string {
  const has = (group: string, role: string) => `contains([${claim}][], '${rename(group)}') && '${role}'`;
  return `${has('grafana-server-admins', 'GrafanaAdmin')} || ${has('grafana-admins', 'Admin')} || ${has('grafana-editors', 'Editor')}`;
}

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
  settings: {
    scopes: 'openid profile email offline_access',
    use_pkce: 'true',
    use_refresh_token: 'true',
    auth_style: 'InHeader',
    role_attribute_path: roleFrom('groups'),
    allow_assign_grafana_admin: 'true',
    groups_attribute_path: '[groups][]',
    login_attribute_path: 'preferred_username',
  },
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
