import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'The redirect URI included is not valid.',
      meaning: 'mismatch',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'The requested scope is invalid, unknown, or malformed.',
      meaning: 'scope not ticked',
      fix: 'tick',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
      meaning: 'secret/id',
      fix: 'copy',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI …',
      meaning: 'code reused or redirect differs',
      fix: 'root_url',
      basis: 'recalled',
    },
    {
      where: 'userinfo',
      text: '403 insufficient_scope',
      meaning: 'openid missing',
      fix: 'add openid',
      basis: 'docs',
      reference: 'gitlab-org/gitlab#21662 shows the wording for /api/v4/user',
    },
  ],
  traps: [
    {
      id: 'GL-GROUPS-USERINFO',
      severity: 'error',
      title: 'groups only in UserInfo',
      detail: "The ID token has groups_direct; a tail such as || 'Viewer' then decides before UserInfo is read.",
      basis: 'docs',
      reference: 'gitlab openid_connect_provider.md @0653e08e',
      check: 'role path uses groups with tail',
    },
    {
      id: 'GL-INHERITED',
      severity: 'warning',
      title: 'inherited membership',
      detail: 'Only UserInfo groups list ancestors.',
      basis: 'docs',
      reference: 'grafana/grafana#76865',
    },
    {
      id: 'GL-API-URL',
      severity: 'warning',
      title: 'api_url …/api/v4 with generic_oauth',
      detail: 'Returns no OIDC document; numeric id, no sub.',
      basis: 'inferred',
      check: 'api_url ends with /api/v4',
    },
    {
      id: 'GL-OFFLINE',
      severity: 'error',
      title: 'offline_access unknown',
      detail: 'invalid scope.',
      basis: 'recalled',
      check: 'scopes contains offline_access',
    },
    {
      id: 'GL-SUSPENDED',
      severity: 'info',
      title: 'external users / blocked users',
      detail: '403.',
      basis: 'inferred',
    },
  ],
  facts: [
    {
      text: 'Claim table: ID token has sub, sub_legacy, email, email_verified, groups_direct; others in UserInfo (newer versions add profile claims to the ID token)',
      basis: 'docs',
      reference: 'openid_connect_provider.md; docs.gitlab.com table (18.x)',
      asOf: '16 to 18',
    },
    { text: 'ID token life 2 minutes', basis: 'docs', reference: 'gitlab-org/gitlab#377654', asOf: '2022+' },
  ],
};
