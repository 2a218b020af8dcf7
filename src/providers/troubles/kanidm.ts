import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'invalid_origin',
      meaning: 'redirect not registered',
      fix: 'add-redirect-url',
      basis: 'docs',
      reference: 'oauth2.rs',
    },
    {
      where: 'authorize',
      text: 'access_denied / invalid_scope',
      meaning: 'scope map does not grant all scopes',
      fix: 'map',
      basis: 'docs',
      reference: 'book oauth2.md',
    },
    {
      where: 'authorize',
      text: 'invalid_request (no PKCE challenge in enforced mode)',
      meaning: 'use_pkce false',
      fix: 'true',
      basis: 'docs',
      reference: 'oauth2.rs log text',
    },
    {
      where: 'token',
      text: 'authentication_required',
      meaning: 'secret',
      fix: 'show-basic-secret',
      basis: 'docs',
      reference: 'oauth2.rs',
    },
  ],
  traps: [
    {
      id: 'KANIDM-TAIL-DEAD',
      severity: 'warning',
      title: 'documented Viewer tail never applies',
      detail:
        'Kanidm omits grafana_role for users in no mapped group; contains(null) is an error and the whole chain dies; 9.x leaves the role, strict denies.',
      basis: 'docs',
      reference: 'kanidm book examples.md @f72676f7 (2026-08)',
      check: 'contains(grafana_role[*]…) || Viewer',
      tried: true,
    },
    {
      id: 'KANIDM-CSV',
      severity: 'warning',
      title: 'join csv/ssv makes grafana_role a string',
      detail:
        'grafana_role[*] on a string is null: nobody gets a role; contains(grafana_role, …) without [*] is a substring test, so GrafanaAdmin also passes for Admin. Keep join array.',
      basis: 'docs',
      reference: 'custom_claims.md',
      check: 'grafana_role is a string',
      tried: true,
    },
    {
      id: 'KANIDM-SPN',
      severity: 'info',
      title: 'groups carry @domain',
      basis: 'docs',
      reference: 'oauth2.md',
      check: 'allowed_groups item lacks @',
    },
    {
      id: 'KANIDM-PKCE',
      severity: 'error',
      title: 'PKCE required by default',
      basis: 'docs',
      reference: 'oauth2.md',
      check: 'use_pkce != true',
    },
  ],
  facts: [
    {
      text: 'URLs, scopes, S256, Grafana example',
      basis: 'docs',
      reference: 'kanidm book oauth2.md, examples.md',
      asOf: '2026-08-20',
    },
    {
      text: 'groups claim = uuid + spn (+name)',
      basis: 'docs',
      reference: 'server/lib/src/idm/oauth2.rs',
      asOf: '2026-08-20',
    },
    { text: 'grant types include refresh_token', basis: 'docs', reference: 'oauth2.rs', asOf: '2026-08-20' },
  ],
};
