import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'Invalid redirect_uri / callback',
      meaning: 'only URLs below the registered one',
      fix: 'fix',
      basis: 'recalled',
    },
    { where: 'authorize', text: 'invalid_scope', meaning: 'permission box', fix: 'tick', basis: 'recalled' },
    {
      where: 'token',
      text: 'unauthorized_client / invalid_client',
      meaning: 'key/secret',
      fix: 'copy',
      basis: 'recalled',
    },
    {
      where: 'login',
      text: 'user not a member of one of the required teams',
      meaning: 'workspace slug, paging or removed endpoint',
      fix: 'see trap',
      basis: 'inferred',
    },
  ],
  traps: [
    {
      id: 'BB-CHANGE-2770',
      severity: 'warning',
      title: 'teams_url of the Grafana manual is on the deprecation list CHANGE-2770',
      detail:
        'Atlassian staff (Dec 2025): still working, no end date then. If it disappears every login is refused. Replacement not confirmed.',
      basis: 'thread',
      reference: 'community.atlassian.com qaq-p/3166685',
      check: 'teams_url contains user/permissions/workspaces',
    },
    {
      id: 'BB-TEAM-IDS-EMPTY',
      severity: 'info',
      title: 'the Grafana manual sets teams_url but leaves team_ids empty',
      detail: 'No gate at all.',
      basis: 'manual',
      reference: 'Grafana manual: configure generic OAuth',
      check: 'team_ids empty',
    },
    { id: 'BB-PAGING', severity: 'warning', title: 'first 10 workspaces only', basis: 'inferred' },
    { id: 'BB-NO-SUB', severity: 'error', title: 'no sub', basis: 'project' },
    {
      id: 'BB-USERNAME',
      severity: 'info',
      title: 'username may be missing (privacy rules)',
      detail: 'Use nickname/account_id.',
      basis: 'docs',
      reference: 'bitbucket-api-teams-deprecation page',
    },
  ],
  facts: [
    {
      text: 'URLs, scopes, teams path; refresh included',
      basis: 'manual',
      reference: 'Grafana manual: configure generic OAuth',
      asOf: '2023-06/2026',
    },
    {
      text: 'identify users by uuid or account_id, not username',
      basis: 'docs',
      reference: 'developer.atlassian.com teams deprecation',
      asOf: '2020-2024',
    },
  ],
};
