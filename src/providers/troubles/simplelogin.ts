import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'The external client is using an invalid URL',
      meaning: 'redirect not registered',
      fix: 'register',
      basis: 'docs',
      reference: 'app/oauth/views/authorize.py',
    },
    {
      where: 'authorize',
      text: 'The external client must use HTTPS',
      meaning: 'http',
      fix: 'https',
      basis: 'docs',
      reference: 'authorize.py',
    },
    {
      where: 'token',
      text: '400 {"error":"wrong client-id or client-secret"}',
      meaning: 'secret',
      fix: 'copy',
      basis: 'docs',
      reference: 'token.py',
    },
    {
      where: 'token',
      text: '400 {"error":"no such authorization code …"}',
      meaning: 'reused',
      fix: 'retry',
      basis: 'docs',
      reference: 'token.py',
    },
    {
      where: 'userinfo',
      text: '400 {"error":"Invalid access token"}',
      meaning: 'expired',
      fix: 'retry',
      basis: 'docs',
      reference: 'user_info.py',
    },
  ],
  traps: [
    {
      id: 'SL-ALIAS',
      severity: 'warning',
      title: 'alias address',
      detail: 'allowed_domains and e-mail lookup do not work.',
      basis: 'docs',
      reference: 'app/models.py get_user_info',
      check: 'allowed_domains set',
    },
    {
      id: 'SL-ERRTEXT',
      severity: 'info',
      title: 'error field holds prose, not RFC codes',
      detail: 'A log classifier must not expect invalid_client.',
      basis: 'docs',
      reference: 'token.py',
    },
  ],
  facts: [
    {
      text: 'all of the above read in the source',
      basis: 'docs',
      reference: 'simple-login/app @dbc45fcc',
      asOf: '2026-07-31',
    },
  ],
};
