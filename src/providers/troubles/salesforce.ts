import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'redirect_uri_mismatch: redirect_uri must match configuration',
      meaning: 'mismatch',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'OAUTH_APPROVAL_ERROR_GENERIC / user is not admin approved',
      meaning: 'pre-authorisation',
      fix: 'assign',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'invalid_request: missing required code challenge',
      meaning: 'PKCE',
      fix: 'use_pkce',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_client_id / invalid_client: invalid client credentials',
      meaning: 'key/secret',
      fix: 'copy',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_grant: authentication failure / expired authorization code',
      meaning: 'code (15 min), wrong host',
      fix: 'retry',
      basis: 'recalled',
    },
  ],
  traps: [
    {
      id: 'SF-SUB-URL',
      severity: 'info',
      title: 'sub is a URL and user_id the short id',
      basis: 'docs',
      reference: 'npm sf-idp-client example',
    },
    {
      id: 'SF-REFRESH-SCOPE',
      severity: 'warning',
      title: 'scope is refresh_token',
      detail: 'offline_access is also advertised.',
      basis: 'docs',
      reference: 'login.salesforce.com discovery',
    },
    {
      id: 'SF-TAIL',
      severity: 'error',
      title: '|| Viewer shadows UserInfo',
      basis: 'inferred',
      check: 'tail',
      tried: true,
    },
  ],
  facts: [
    {
      text: 'discovery endpoints and scopes',
      basis: 'docs',
      reference: 'login.salesforce.com/.well-known',
      asOf: '2025-26',
    },
    { text: 'userinfo fields', basis: 'docs', reference: 'npmjs sf-idp-client; help.salesforce.com', asOf: '2023-26' },
  ],
};
