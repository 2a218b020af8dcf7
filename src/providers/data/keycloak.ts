import type { ProviderDetails } from '../types.js';

export const DETAILS: ProviderDetails = {
  id: 'keycloak',
  covers: '17 to 26.x (27 changes noted); 25+ is the default, see variants',
  audience: 'very common',
  variables: [
    { name: 'host', example: 'sso.example.com', about: 'public host (plus port/relative path)' },
    { name: 'realm', example: 'main', about: 'realm name, case-sensitive' },
    { name: 'client_id', example: 'grafana', about: 'client id' },
    { name: 'grafana', example: 'https://grafana.example.com', about: 'Grafana root_url without trailing slash' },
  ],
  variants: [
    {
      id: 'keycloak-25',
      when: '25 and later',
      changes:
        '`sub` and auth_time of the access token come from the default client scope `basic`; ID token and UserInfo always carry sub; session_state and nonce left the access token',
    },
    { id: 'keycloak-17', when: '17 to 24 (Quarkus)', changes: 'no `basic` scope; same URLs' },
    {
      id: 'keycloak-legacy-path',
      when: '16 and older (WildFly), or http-relative-path=/auth',
      changes: 'every URL has /auth before /realms',
      overrides: {
        issuer: 'https://{host}/auth/realms/{realm}',
        auth_url: 'https://{host}/auth/realms/{realm}/protocol/openid-connect/auth',
        token_url: 'https://{host}/auth/realms/{realm}/protocol/openid-connect/token',
        api_url: 'https://{host}/auth/realms/{realm}/protocol/openid-connect/userinfo',
      },
    },
  ],
  issuer: {
    pattern: 'https://{host}/realms/{realm}',
    discovery: 'https://{host}/realms/{realm}/.well-known/openid-configuration',
    kind: 'oidc',
    slash: 'forbidden',
    notes:
      'issuer follows hostname settings; behind a proxy without hostname/proxy-headers it becomes http or an internal name',
    basis: 'docs',
  },
  endpoints: {
    auth: 'https://{host}/realms/{realm}/protocol/openid-connect/auth',
    token: 'https://{host}/realms/{realm}/protocol/openid-connect/token',
    api: 'https://{host}/realms/{realm}/protocol/openid-connect/userinfo',
    jwks: 'https://{host}/realms/{realm}/protocol/openid-connect/certs',
    endSession: 'https://{host}/realms/{realm}/protocol/openid-connect/logout',
    hosts: ['{host}'],
    slash: 'forbidden',
    basis: 'docs',
  },
  scopes: {
    recommended: ['openid', 'profile', 'email'],
    refresh: 'offline_access',
    email: 'email',
    invalid: ['user:email', 'groups (unless a client scope of that name exists)'],
    notes:
      'profile, email, roles, basic, acr, web-origins are default client scopes and apply without being asked; `roles` may be requested. offline_access makes an offline session; a normal refresh token comes without it',
    basis: 'recalled',
  },
  pkce: {
    supported: 'yes',
    required: 'per client setting',
    use: true,
    notes: 'set the client PKCE method to S256 and use_pkce=true together',
    basis: 'recalled',
  },
  clientAuth: {
    methods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'client_secret_jwt', 'tls_client_auth'],
    usual: 'client_secret_basic or post both work for "Client Id and Secret"',
    style: 'AutoDetect',
    enforced: 'false',
    burnsCode: 'no',
    secondErrorMisleads: false,
    notes: 'client is checked before the code is read (inferred from code structure)',
    basis: 'inferred',
  },
  groups: {
    claim: 'groups',
    afterSetUp: ['id_token', 'userinfo', 'access_token'],
    shape: 'array<string>',
    single: 'array',
    none: 'absent or []',
    prefix: '/ (full group path is ON by default in the Group Membership mapper)',
    how: 'Client scopes > <client>-dedicated > Add mapper > Group Membership: claim name groups, Full group path off, add to ID token and UserInfo',
    basis: 'docs',
  },
  roles: {
    claim: 'realm_access.roles ; resource_access.<client_id>.roles',
    at: ['access_token'],
    shape: 'array<string> nested',
    how: 'the built-in realm/client role mappers are created with access token on, ID token off; switch on ID token/UserInfo or add a User Realm/Client Role mapper with flat claim `roles`',
  },
  email: {
    claim: 'email',
    at: ['id_token', 'userinfo', 'access_token'],
    verified: 'boolean',
    notes:
      'absent for users without e-mail, then Grafana asks <api_url>/emails and fails; users made by an admin have email_verified=false',
    basis: 'docs',
  },
  login: { claim: 'preferred_username', name: 'name' },
  sub: {
    present: true,
    type: 'string',
    stable: 'yes',
    format: 'UUID; f:<component>:<id> for federated users that are not imported',
    notes: 'realm re-import with new user ids changes it',
    basis: 'docs',
  },
  accessToken: { format: 'jwt', lifetime: '5 min', carriesGroups: true },
  refresh: {
    issued: 'always (client switch "Use refresh tokens")',
    scope: 'offline_access only for offline sessions',
    rotation: 'off by default ("Revoke Refresh Token")',
    notes: 'ends with SSO session idle (30 min) / max (10 h)',
    basis: 'recalled',
  },
  logout: {
    url: 'https://{host}/realms/{realm}/protocol/openid-connect/logout',
    parameters: ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'],
    hint: 'needed (or client_id) for a redirect; without hint a confirmation page',
    notes:
      '`redirect_uri` was dropped in 18; register "Valid post logout redirect URIs". Grafana adds id_token_hint itself from 10.2 on',
    basis: 'docs',
  },
  checklist: [
    'Client type OpenID Connect, Client authentication ON, Standard flow ON',
    'Valid redirect URIs: {grafana}/login/generic_oauth',
    'Valid post logout redirect URIs: {grafana}/login',
    'PKCE method S256',
    'Mapper: Group Membership (claim groups, full path OFF, ID token ON, UserInfo ON) or User Realm Role (claim roles, ID token ON)',
    'Every user has an e-mail',
    'Check with Clients > Client scopes > Evaluate: generated ID token and UserInfo',
  ],
  grafana: {
    table: {
      claim: 'groups',
      shape: 'list',
      what: 'group',
      rows: [
        ['grafana-admins', 'Admin'],
        ['grafana-editors', 'Editor'],
      ],
    },
    settings: {
      name: 'Keycloak',
      scopes: 'openid profile email',
      auth_url: 'https://{host}/realms/{realm}/protocol/openid-connect/auth',
      token_url: 'https://{host}/realms/{realm}/protocol/openid-connect/token',
      api_url: 'https://{host}/realms/{realm}/protocol/openid-connect/userinfo',
      use_pkce: 'true',
      auth_style: 'AutoDetect',
      use_refresh_token: 'true',
      groups_attribute_path: 'groups',
      login_attribute_path: 'preferred_username',
      signout_redirect_url:
        'https://{host}/realms/{realm}/protocol/openid-connect/logout?post_logout_redirect_uri={grafana_enc}%2Flogin',
    },
    role: "contains([groups][], 'grafana-admins') && 'Admin' || contains([groups][], 'grafana-editors') && 'Editor'",
    strictRole:
      "contains([groups][], 'grafana-admins') && 'Admin' || contains([groups][], 'grafana-editors') && 'Editor' || contains([groups][], 'grafana-viewers') && 'Viewer'",
    tailSafe: true,
    tailNote: 'safe only when the mapper adds groups to the ID token',
    groups: 'groups',
    email: 'email',
    login: 'preferred_username',
    name: 'name',
    alternatives: {
      'flat roles mapper':
        "contains([roles][], 'grafana-admin') && 'Admin' || contains([roles][], 'grafana-editor') && 'Editor'",
      'realm roles in ID token':
        "contains([realm_access.roles][], 'grafana-admin') && 'Admin' || contains([realm_access.roles][], 'grafana-editor') && 'Editor'",
      'client roles (client id with dash needs quotes)':
        "contains([resource_access.\"grafana\".roles][], 'admin') && 'Admin' || contains([resource_access.\"grafana\".roles][], 'editor') && 'Editor'",
      'full group path':
        "contains([groups][], '/grafana-admins') && 'Admin' || contains([groups][], '/grafana-editors') && 'Editor'",
      'Grafana 12.1+ may read access token':
        "contains([realm_access.roles][], 'grafana-admin') && 'Admin' || contains([realm_access.roles][], 'grafana-editor') && 'Editor'",
    },
  },
  gem: {
    issuer: 'https://{host}/realms/{realm}',
    token: 'access_token or id_token',
    claim: 'groups (flat mapper; nested realm_access.roles cannot be named)',
    regex: '^grafana-(.+)$',
    notes: 'audience of the access token is usually account',
  },
};
