import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'Invalid parameter: redirect_uri',
      meaning: 'mismatch',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'unauthorized_client: Invalid client secret',
      meaning: 'secret',
      fix: 'copy',
      basis: 'recalled',
    },
    { where: 'token', text: 'invalid_grant: Code not valid', meaning: 'reuse/expiry', fix: 'retry', basis: 'recalled' },
    {
      where: 'login',
      text: 'No valid role found. Skipping role sync',
      meaning: 'roles only in the access token',
      fix: 'mapper',
      basis: 'thread',
      reference: 'grafana/grafana#22631 PR 22632',
    },
  ],
  traps: [
    {
      id: 'RHSSO-ACCESS',
      severity: 'error',
      title: 'roles only in the access token',
      basis: 'thread',
      reference: 'grafana/grafana#22631, PR #22632',
    },
    {
      id: 'RHSSO-EOL',
      severity: 'info',
      title: 'RH-SSO 7.6 is end of life; RHBK drops /auth',
      detail: 'URLs change on migration, so does the issuer.',
      basis: 'recalled',
    },
  ],
  facts: [
    {
      text: 'maintainers declined access-token support in 2020; added by PR 107636 in 2025',
      basis: 'thread',
      reference: 'PR #22632',
      asOf: '2020/2025',
    },
  ],
};
