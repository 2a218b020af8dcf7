import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'Redirect URI mismatch',
      meaning: 'exact match',
      fix: 'register',
      basis: 'docs',
      reference: 'PingOne NOT_FOUND/“Redirect URI mismatch” page',
    },
    {
      where: 'authorize',
      text: 'invalid_scope: At least one scope must be granted',
      meaning: 'scope not granted',
      fix: 'grant',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_client: Request denied: Unsupported authentication method',
      meaning: 'method or secret',
      fix: 'match',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_grant: The provided authorization code is invalid or expired',
      meaning: 'code',
      fix: 'retry',
      basis: 'recalled',
    },
  ],
  traps: [
    {
      id: 'P1-ID-THIN',
      severity: 'warning',
      title: 'ID token carries only sub unless mapped',
      detail:
        'Ping documents that with an access token the ID token has sub (and email), the rest is in UserInfo (PingOne for Enterprise).',
      basis: 'docs',
      reference: 'docs.pingidentity.com p14e_integrate_oidc_application',
    },
    {
      id: 'P1-METHOD',
      severity: 'warning',
      title: 'auth method enforced',
      basis: 'docs',
      reference: 'PingOne client authentication methods page (2026-08)',
      check: 'auth_style AutoDetect',
    },
  ],
  facts: [
    {
      text: 'custom application attribute mappings are returned in the ID token regardless of scopes',
      basis: 'docs',
      reference: 'developer.pingidentity.com application-attribute-mapping',
      asOf: '2026',
    },
  ],
};
