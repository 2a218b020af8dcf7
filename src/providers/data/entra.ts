import type { ProviderDetails } from '../types.js';

export const DETAILS: ProviderDetails = {
  id: 'entra',
  covers: 'v2.0 endpoints, public cloud; sovereign clouds and v1 noted',
  audience: 'very common',
  variables: [
    {
      name: 'tenant_id',
      example: '11111111-2222-3333-4444-555555555555',
      about: 'directory id or verified domain; not common/organizations',
    },
    { name: 'client_id', example: '66666666-7777-8888-9999-000000000000', about: 'application id' },
    { name: 'grafana', example: 'https://grafana.example.com', about: 'root_url' },
  ],
  variants: [
    {
      id: 'entra-us-gov',
      when: 'US Government',
      changes: 'login.microsoftonline.us and graph.microsoft.us',
      overrides: {
        auth_url: 'https://login.microsoftonline.us/{tenant_id}/oauth2/v2.0/authorize',
        token_url: 'https://login.microsoftonline.us/{tenant_id}/oauth2/v2.0/token',
        api_url: 'https://graph.microsoft.us/oidc/userinfo',
      },
    },
    {
      id: 'entra-china',
      when: '21Vianet',
      changes: 'login.partner.microsoftonline.cn, microsoftgraph.chinacloudapi.cn',
      overrides: {
        auth_url: 'https://login.partner.microsoftonline.cn/{tenant_id}/oauth2/v2.0/authorize',
        token_url: 'https://login.partner.microsoftonline.cn/{tenant_id}/oauth2/v2.0/token',
        api_url: 'https://microsoftgraph.chinacloudapi.cn/oidc/userinfo',
      },
    },
  ],
  issuer: {
    pattern: 'https://login.microsoftonline.com/{tenant_id}/v2.0',
    discovery: 'https://login.microsoftonline.com/{tenant_id}/v2.0/.well-known/openid-configuration',
    kind: 'oidc',
    slash: 'forbidden',
    notes:
      'common/organizations answer with a literal {tenantid} template, so strict issuer checks (GEM, go-oidc) fail; v1 tokens have issuer https://sts.windows.net/{tenant_id}/ WITH slash',
    basis: 'docs',
  },
  endpoints: {
    auth: 'https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/token',
    api: 'https://graph.microsoft.com/oidc/userinfo',
    jwks: 'https://login.microsoftonline.com/{tenant_id}/discovery/v2.0/keys',
    endSession: 'https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/logout',
    hosts: ['login.microsoftonline.com', 'graph.microsoft.com'],
    slash: 'forbidden',
    basis: 'docs',
  },
  scopes: {
    recommended: ['openid', 'profile', 'email'],
    refresh: 'offline_access',
    email: 'email',
    invalid: ['groups', 'roles', 'user:email'],
    notes:
      'groups and roles are token configuration, never scopes; do not mix with an api://… scope or UserInfo refuses the token',
    basis: 'docs',
  },
  pkce: {
    supported: 'yes',
    required: 'only SPA platform',
    use: true,
    notes: 'register the redirect under platform Web, not SPA',
    basis: 'recalled',
  },
  clientAuth: {
    methods: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    usual: 'both',
    style: 'InParams',
    enforced: 'false',
    burnsCode: 'unknown',
    secondErrorMisleads: false,
    notes: 'InParams avoids double attempts in sign-in logs',
    basis: 'recalled',
  },
  groups: {
    claim: 'groups',
    afterSetUp: ['id_token'],
    shape: 'array<string GUID> (names only with special settings)',
    single: 'array',
    none: 'absent',
    limit: {
      at: 200,
      behaviour:
        'claim replaced by _claim_names/_claim_sources pointing at Graph getMemberObjects (front-channel: hasgroups); generic_oauth does not follow it, the azuread provider does',
    },
    how: 'App registration > Token configuration > Add groups claim ("Groups assigned to the application" avoids overage), ID token; or manifest groupMembershipClaims',
    basis: 'docs',
  },
  roles: {
    claim: 'roles',
    at: ['id_token'],
    shape: 'array<string>',
    how: 'App roles with value Admin/Editor/Viewer; assign users/groups in Enterprise applications; absent when nothing is assigned',
  },
  email: {
    claim: 'email',
    at: ['id_token', 'userinfo'],
    verified: 'absent (optional xms_edov)',
    notes: 'only when the user has a mail attribute and scope email/optional claim; mutable, not proof of ownership',
    basis: 'docs',
  },
  login: { claim: 'preferred_username', name: 'name' },
  sub: {
    present: true,
    type: 'string',
    stable: 'yes per app registration',
    format: '43 characters base64url',
    notes: 'a new client_id gives every user a new sub -> "User sync failed"; oid is the tenant-wide id',
    basis: 'recalled',
  },
  accessToken: { format: 'jwt for Graph but to be treated as opaque', lifetime: '60 to 90 min', carriesGroups: false },
  refresh: {
    issued: 'with offline_access',
    scope: 'offline_access',
    rotation: 'yes, old stays valid',
    notes: '90 days rolling for Web; 24 h for SPA',
    basis: 'recalled',
  },
  logout: {
    url: 'https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/logout',
    parameters: ['post_logout_redirect_uri', 'id_token_hint', 'logout_hint'],
    hint: 'optional',
    notes: 'logs out of every Microsoft session in that browser',
    basis: 'recalled',
  },
  checklist: [
    'App registration, platform Web, redirect {grafana}/login/generic_oauth',
    'Client secret: copy the VALUE, not the secret id; note the expiry date',
    'App roles Admin, Editor, Viewer (Users/Groups) and assign them; turn on "Assignment required"',
    'Optional: Token configuration > groups claim for ID token, groups assigned to the application',
    'Optional claim email (ID token) or make sure mail is filled',
    'API permissions: openid, profile, email, (offline_access), admin consent',
  ],
  grafana: {
    table: {
      claim: 'roles',
      shape: 'list',
      what: 'app role',
      rows: [
        ['Admin', 'Admin'],
        ['Editor', 'Editor'],
        ['Viewer', 'Viewer'],
      ],
    },
    settings: {
      name: 'Microsoft Entra ID',
      scopes: 'openid profile email',
      auth_url: 'https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/authorize',
      token_url: 'https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/token',
      api_url: 'https://graph.microsoft.com/oidc/userinfo',
      use_pkce: 'true',
      auth_style: 'InParams',
      groups_attribute_path: 'groups',
      email_attribute_path: 'email || preferred_username',
      login_attribute_path: 'preferred_username',
      signout_redirect_url:
        'https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/logout?post_logout_redirect_uri={grafana_enc}%2Flogin',
    },
    role: "contains([roles][], 'Admin') && 'Admin' || contains([roles][], 'Editor') && 'Editor' || contains([roles][], 'Viewer') && 'Viewer'",
    strictRole:
      "contains([roles][], 'Admin') && 'Admin' || contains([roles][], 'Editor') && 'Editor' || contains([roles][], 'Viewer') && 'Viewer'",
    tailSafe: true,
    tailNote: 'roles/groups live only in the ID token, UserInfo has none',
    groups: 'groups',
    email: 'email || preferred_username',
    login: 'preferred_username',
    name: 'name',
    alternatives: {
      'groups by object id':
        "contains([groups][], '0f7e0000-aaaa-4000-8000-00000000a001') && 'Admin' || contains([groups][], '0f7e0000-aaaa-4000-8000-00000000e001') && 'Editor'",
    },
  },
  gem: {
    issuer: 'https://login.microsoftonline.com/{tenant_id}/v2.0',
    token:
      'id_token (the Graph access token cannot be validated); or an own API scope with accessTokenAcceptedVersion 2',
    claim: 'roles',
    regex: '^gem-(.+)$',
    notes: 'overage removes groups; use app roles',
  },
};
