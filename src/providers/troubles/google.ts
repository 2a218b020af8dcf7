import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'Error 400: redirect_uri_mismatch',
      meaning: 'not registered',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'Error 403: org_internal',
      meaning: 'account outside the Workspace',
      fix: 'expected gate',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'Error 403: access_denied (app in testing)',
      meaning: 'tester list',
      fix: 'publish or add tester',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'Error 400: invalid_scope',
      meaning: 'offline_access, groups …',
      fix: 'remove',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'Error 401: invalid_client / deleted_client',
      meaning: 'client id',
      fix: 'check',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_grant: Bad Request / Malformed auth code.',
      meaning: 'reused or truncated code',
      fix: 'retry',
      basis: 'recalled',
    },
    { where: 'token', text: 'invalid_client: Unauthorized', meaning: 'wrong secret', fix: 'copy', basis: 'recalled' },
  ],
  traps: [
    {
      id: 'GOOGLE-OFFLINE-SCOPE',
      severity: 'error',
      title: 'offline_access is not a Google scope',
      detail: 'invalid_scope for everyone.',
      basis: 'recalled',
      check: 'scopes contains offline_access with a google host',
    },
    {
      id: 'GOOGLE-OPEN',
      severity: 'error',
      title: 'no allowed_domains/hosted_domain',
      detail: 'Any Google account enters.',
      basis: 'inferred',
      check: 'no domain gate',
    },
    {
      id: 'GOOGLE-HD-HINT',
      severity: 'warning',
      title: 'hosted_domain only sends hd',
      detail: 'generic_oauth does not verify the hd claim; add allowed_domains.',
      basis: 'inferred',
      check: 'hosted_domain set and allowed_domains empty',
    },
    {
      id: 'GOOGLE-HOSTS',
      severity: 'info',
      title: 'four legitimate hosts',
      detail: 'All four belong to one login.',
      basis: 'inferred',
    },
  ],
  facts: [
    {
      text: 'issuer value and legacy form',
      basis: 'docs',
      reference: 'developers.google.com/identity/openid-connect/reference',
      asOf: '2026',
    },
  ],
};
