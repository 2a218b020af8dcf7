import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'Invalid callback URL, it might be necessary for an admin to fix this',
      meaning: 'mismatch',
      fix: 'fix',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: "You're not allowed to access this service",
      meaning: 'allowed groups',
      fix: 'add group',
      basis: 'docs',
      reference: 'claims_service.go hint text similar',
    },
    {
      where: 'token',
      text: 'invalid_grant: The user account is disabled.',
      meaning: 'disabled',
      fix: 'enable',
      basis: 'docs',
      reference: 'claims_service.go',
    },
    { where: 'token', text: 'invalid_client', meaning: 'secret', fix: 'copy', basis: 'recalled' },
  ],
  traps: [
    {
      id: 'PID-CUSTOM-TYPE',
      severity: 'error',
      title: 'custom claim value that looks like a number/array under a reserved name',
      detail: 'Parsed as JSON, then Grafana drops the source.',
      basis: 'docs',
      reference: 'claims_service.go @d258d952',
      check: 'claim login/username/name is not a string',
    },
    {
      id: 'PID-INTERNAL',
      severity: 'info',
      title: 'INTERNAL_APP_URL',
      detail: 'discovery shows different hosts for token/userinfo.',
      basis: 'docs',
      reference: 'well_known_controller.go',
    },
  ],
  facts: [
    {
      text: 'discovery content, claims per scope, e-mail omitted when absent, custom claims under profile',
      basis: 'docs',
      reference: 'pocket-id backend @d258d952',
      asOf: '2026-08-22',
    },
    {
      text: 'UserInfo needs openid and issuer audience',
      basis: 'docs',
      reference: 'userinfo_handler.go',
      asOf: '2026-08-22',
    },
  ],
};
