/** Keycloak and its commercial twin. */
import { BASIC_AND_POST, everything, mail, OIDC_SCOPES, oidcSettings, profile, signOut } from './common.js';
import type { DemoPreset, Facts } from './types.js';

const KEYCLOAK_ROLES = {
  GrafanaAdmin: 'grafana-server-admin',
  Admin: 'grafana-admin',
  Editor: 'grafana-editor',
  Viewer: undefined,
};

function keycloak(realm: string): Pick<DemoPreset, 'paths'> {
  const base = `${realm}/protocol/openid-connect`;
  return {
    paths: {
      authorize: `${base}/auth`,
      token: `${base}/token`,
      userinfo: `${base}/userinfo`,
      jwks: `${base}/certs`,
      endSession: `${base}/logout`,
      discovery: `${realm}/.well-known/openid-configuration`,
    },
  };
}

const keycloakId = (f: Facts) => ({ typ: 'ID', azp: f.client, acr: '1', sid: f.session, ...profile(f), ...mail(f) });

const keycloakAccess = (f: Facts) => ({
  aud: 'account',
  typ: 'Bearer',
  azp: f.client,
  sid: f.session,
  realm_access: {
    roles: ['default-roles-main', 'offline_access', 'uma_authorization', f.role && KEYCLOAK_ROLES[f.role]].filter(
      Boolean,
    ),
  },
  resource_access: { account: { roles: ['manage-account', 'view-profile'] } },
  scope: f.scopes.join(' '),
});

export const KEYCLOAK: DemoPreset = {
  id: 'keycloak',
  title: 'Keycloak 25',
  summary: 'as installed: roles only in the access token, groups nowhere',
  kind: 'oidc',
  ...keycloak('/realms/main'),
  sub: 'uuid',
  groups: { shape: 'array', empty: 'absent' },
  idToken: keycloakId,
  userinfo: (f) => ({ ...profile(f), ...mail(f) }),
  accessToken: keycloakAccess,
  lifetime: 300,
  scopes: [...OIDC_SCOPES, 'roles', 'address', 'phone', 'web-origins', 'microprofile-jwt', 'acr', 'basic'],
  unknownScopes: 'refuse',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'optional',
  refresh: 'always',
  openidForUserinfo: true,
  endSession: 'id-token-hint-or-client',
  redirectMatch: 'exact',
  errors: {
    redirect: 'Invalid parameter: redirect_uri',
    client: 'unauthorized_client: Invalid client or Invalid client credentials',
    code: 'invalid_grant: Code not valid',
    pkce: 'Missing parameter: code_challenge_method',
    scope: 'invalid_scope: Invalid scopes: {asked}',
    userinfo: 'insufficient_scope: Missing openid scope',
  },
  settings: oidcSettings({
    auth_style: 'AutoDetect',
    use_refresh_token: 'true',
    groups_attribute_path: 'groups',
    signout_redirect_url: signOut('/realms/main/protocol/openid-connect/logout'),
  }),
  variants: {
    mapper: {
      summary: 'with a group mapper: groups in ID token and UserInfo',
      idToken: (f) => ({ ...keycloakId(f), groups: f.groups }),
      userinfo: everything,
    },
    'full-path': {
      summary: 'with a group mapper that left the full group path on: /grafana-admins',
      groups: { shape: 'full-path', empty: 'array' },
      idToken: (f) => ({ ...keycloakId(f), groups: f.groups }),
      userinfo: everything,
    },
    'userinfo-mapper': { summary: 'with a group mapper for UserInfo only', userinfo: everything },
  },
};

const redhatRoles = (f: Facts) => {
  const role = f.role && KEYCLOAK_ROLES[f.role];
  return { roles: role ? [role] : undefined };
};

export const REDHAT_SSO: DemoPreset = {
  ...KEYCLOAK,
  id: 'redhat-sso',
  title: 'Red Hat Single Sign-On 7',
  summary: 'with a roles mapper: flat roles claim in ID token and UserInfo; sign-out takes redirect_uri',
  ...keycloak('/auth/realms/corp'),
  idToken: (f) => {
    const { sid, ...claims } = keycloakId(f);
    return { ...claims, session_state: sid, ...redhatRoles(f) };
  },
  userinfo: (f) => ({ ...profile(f), ...mail(f), ...redhatRoles(f) }),
  openidForUserinfo: false,
  endSession: 'redirect-uri',
  errors: {
    redirect: 'Invalid parameter: redirect_uri',
    client: 'unauthorized_client: Invalid client secret',
    code: 'invalid_grant: Code not valid',
  },
  settings: oidcSettings({
    auth_style: 'AutoDetect',
    use_refresh_token: 'true',
    role_attribute_path:
      "contains([roles][], 'grafana-server-admin') && 'GrafanaAdmin' || contains([roles][], 'grafana-admin') && 'Admin' || contains([roles][], 'grafana-editor') && 'Editor'",
    groups_attribute_path: 'groups',
    signout_redirect_url: signOut('/auth/realms/corp/protocol/openid-connect/logout', 'redirect_uri'),
  }),
  variants: {
    bare: {
      summary: 'without a mapper: roles only in the access token',
      idToken: keycloakId,
      userinfo: KEYCLOAK.userinfo,
    },
  },
};
