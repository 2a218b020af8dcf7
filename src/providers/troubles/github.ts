import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    { where: 'authorize', text: 'redirect_uri_mismatch', meaning: 'callback', fix: 'fix', basis: 'recalled' },
    {
      where: 'token',
      text: 'HTTP 200 error=bad_verification_code (The code passed is incorrect or expired.)',
      meaning: 'reuse or 10 minutes',
      fix: 'retry',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'HTTP 200 error=incorrect_client_credentials',
      meaning: 'id/secret',
      fix: 'copy',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'server response missing access_token',
      meaning: 'form/JSON error with status 200 on old oauth2 library',
      fix: 'look at body',
      basis: 'inferred',
    },
    {
      where: 'login',
      text: 'user not a member of one of the required teams',
      meaning: 'numeric ids, no read:org, app not approved',
      fix: 'to_string',
      basis: 'project',
    },
  ],
  traps: [
    {
      id: 'GH-NO-SUB',
      severity: 'error',
      title: 'no sub',
      detail: 'Second login fails from 9.5.5/10.0.1.',
      basis: 'project',
      check: 'userinfo lacks sub',
    },
    {
      id: 'GH-TEAM-NUM',
      severity: 'error',
      title: 'team ids are numbers',
      detail: '[*].id.to_string(@).',
      basis: 'project',
      check: 'team_ids_attribute_path yields numbers',
    },
    {
      id: 'GH-OPEN',
      severity: 'error',
      title: 'github.com is the whole world',
      detail: 'gate with team_ids.',
      basis: 'inferred',
      check: 'no gate',
    },
    {
      id: 'GH-PKCE-DATE',
      severity: 'info',
      title: 'PKCE only since July 2025',
      detail: 'Harmless before (ignored).',
      basis: 'docs',
      reference: 'github changelog 2025-07-14',
    },
  ],
  facts: [
    {
      text: 'PKCE supported, S256 only, not required',
      basis: 'docs',
      reference: 'github.blog changelog 2025-07-14',
      asOf: '2025-07-14',
    },
    {
      text: 'token answer is form-encoded unless Accept says otherwise; codes live 10 minutes',
      basis: 'docs',
      reference: 'github/docs authorizing-oauth-apps.md',
      asOf: '2024',
    },
  ],
};
