/** Where code lives. */
import { BASIC_AND_POST, mail, oidcSettings, POST_AND_BASIC, roleFrom } from './common.js';
import type { DemoPreset, Facts } from './types.js';

const gitlabGroup = (group: string) => (group.startsWith('/') ? group.slice(1) : `acme/${group}`);
const gitlabClaims = (f: Facts) => ({
  name: f.name,
  nickname: f.login,
  preferred_username: f.login,
  ...mail(f),
  profile: `${f.origin}/${f.login}`,
  picture: `${f.origin}/picture`,
});

export const GITLAB: DemoPreset = {
  id: 'gitlab',
  title: 'GitLab',
  summary: 'groups (with inherited ones) in UserInfo; the ID token has groups_direct only; full paths',
  kind: 'oidc',
  paths: {
    authorize: '/oauth/authorize',
    token: '/oauth/token',
    userinfo: '/oauth/userinfo',
    jwks: '/oauth/discovery/keys',
    discovery: '/.well-known/openid-configuration',
  },
  sub: 'digits',
  groups: { shape: 'array', empty: 'array', rename: gitlabGroup },
  idToken: (f) => ({ auth_time: f.now - 9, sub_legacy: 'f00d', ...gitlabClaims(f), groups_direct: f.groups }),
  atHash: false,
  userinfo: (f) => ({ sub_legacy: 'f00d', ...gitlabClaims(f), groups: f.groups }),
  lifetime: 7200,
  scopes: ['openid', 'profile', 'email', 'read_user', 'read_api', 'api'],
  unknownScopes: 'refuse',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'optional',
  refresh: 'always',
  openidForUserinfo: true,
  redirectMatch: 'exact',
  errors: {
    redirect: 'The redirect URI included is not valid.',
    client:
      'invalid_client: Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
    code: 'invalid_grant: The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    scope: 'invalid_scope: The requested scope is invalid, unknown, or malformed.',
  },
  settings: oidcSettings({
    use_refresh_token: 'true',
    role_attribute_path: roleFrom('groups', gitlabGroup),
    groups_attribute_path: 'groups',
    login_attribute_path: 'nickname',
  }),
  variants: {
    inherited: {
      summary: 'memberships are inherited: the ID token knows the top group only',
      idToken: (f) => ({ ...gitlabClaims(f), groups_direct: ['acme'] }),
    },
  },
};

export const GITHUB: DemoPreset = {
  id: 'github',
  title: 'GitHub',
  summary:
    'no ID token, no discovery, no sub; addresses at /user/emails, teams at /user/teams; form-encoded token answer',
  kind: 'oauth2',
  paths: { authorize: '/login/oauth/authorize', token: '/login/oauth/access_token', userinfo: '/user' },
  sub: 'digits',
  groups: { shape: 'array', empty: 'absent' },
  userinfo: (f) => ({
    login: `octo-${f.login}`,
    id: f.number,
    node_id: 'U_x',
    avatar_url: `${f.origin}/picture`,
    type: 'User',
    site_admin: false,
    name: f.name,
    company: null,
    email: null,
    created_at: '2015-01-01T00:00:00Z',
  }),
  endpoints: {
    '/user/emails': (f) => f.emails.map((one) => ({ ...one, visibility: one.primary ? 'private' : null })),
    '/user/teams': (f) => f.teams.map((team) => ({ ...team, organization: { login: 'acme', id: 9 } })),
    '/user/orgs': (f) => f.orgs.map((login) => ({ login })),
  },
  scopes: ['user:email', 'read:org', 'read:user', 'user'],
  unknownScopes: 'ignore',
  clientAuth: { methods: POST_AND_BASIC },
  pkce: 'optional',
  refresh: 'never',
  openidForUserinfo: false,
  redirectMatch: 'prefix',
  tokenAnswer: 'form',
  errorsWith200: true,
  errors: {
    redirect: 'redirect_uri_mismatch',
    client: 'incorrect_client_credentials',
    code: 'bad_verification_code',
  },
  settings: {
    scopes: 'user:email read:org',
    use_pkce: 'true',
    auth_style: 'InParams',
    role_attribute_path: "login == 'octo-ada' && 'Admin' || login == 'octo-eve' && 'Editor'",
    teams_url: '{origin}/user/teams',
    team_ids_attribute_path: '[*].id.to_string(@)',
    team_ids: '1001',
  },
};

export const BITBUCKET: DemoPreset = {
  id: 'bitbucket',
  title: 'Bitbucket Cloud',
  summary: 'no ID token, no discovery, no sub, no PKCE; addresses and workspaces at endpoints of their own',
  kind: 'oauth2',
  paths: { authorize: '/site/oauth2/authorize', token: '/site/oauth2/access_token', userinfo: '/2.0/user' },
  sub: 'digits',
  groups: { shape: 'array', empty: 'absent' },
  userinfo: (f) => ({
    type: 'user',
    uuid: `{00000000-0000-4000-8000-${String(f.number).padStart(12, '0')}}`,
    account_id: `557058:${f.login}-bb`,
    username: `${f.login}-bb`,
    nickname: `${f.login}-bb`,
    display_name: f.name,
    account_status: 'active',
    created_on: '2019-01-01T00:00:00Z',
    links: {},
  }),
  endpoints: {
    '/2.0/user/emails': (f) => ({
      pagelen: 10,
      size: f.emails.length,
      page: 1,
      values: f.emails.map((one) => ({
        type: 'email',
        email: one.email,
        is_primary: one.primary,
        is_confirmed: one.verified,
      })),
    }),
    '/2.0/user/permissions/workspaces': (f) => ({
      pagelen: 10,
      size: f.orgs.length,
      page: 1,
      values: f.orgs.map((slug) => ({
        type: 'workspace_membership',
        permission: 'member',
        workspace: { type: 'workspace', slug, name: slug },
      })),
    }),
  },
  lifetime: 7200,
  scopes: ['account', 'email', 'team', 'repository'],
  unknownScopes: 'refuse',
  clientAuth: { methods: BASIC_AND_POST },
  pkce: 'ignored',
  refresh: 'always',
  openidForUserinfo: false,
  redirectMatch: 'prefix',
  errors: {
    redirect: 'Invalid redirect_uri',
    client: 'unauthorized_client',
    code: 'invalid_grant',
    scope: 'invalid_scope',
  },
  settings: {
    scopes: 'account email',
    use_pkce: 'false',
    auth_style: 'InHeader',
    use_refresh_token: 'true',
    role_attribute_path: "username == 'ada-bb' && 'Admin'",
    name_attribute_path: 'display_name',
    teams_url: '{origin}/2.0/user/permissions/workspaces?pagelen=100',
    team_ids_attribute_path: 'values[*].workspace.slug',
    team_ids: 'acme',
  },
};
