import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    { where: 'authorize', text: 'Redirect URI mismatch', meaning: 'exact match', fix: 'register', basis: 'recalled' },
    { where: 'authorize', text: 'invalid_scope', meaning: 'scope not granted', fix: 'grant', basis: 'recalled' },
    {
      where: 'token',
      text: 'invalid_client: Invalid client or client credentials.',
      meaning: 'method or secret',
      fix: 'match',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_grant: Authorization code is invalid or expired.',
      meaning: 'code',
      fix: 'retry',
      basis: 'recalled',
    },
  ],
  traps: [
    {
      id: 'PF-ID-THIN',
      severity: 'warning',
      title: 'ID token carries only sub unless mapped',
      detail:
        'Ping documents that with an access token the ID token has sub (and email), the rest is in UserInfo (PingOne for Enterprise).',
      basis: 'docs',
      reference: 'docs.pingidentity.com p14e_integrate_oidc_application',
    },
    {
      id: 'PF-SINGLE',
      severity: 'warning',
      title: 'one value becomes a string',
      detail: 'Use [groups][].',
      basis: 'inferred',
    },
    {
      id: 'PF-SUB-USERNAME',
      severity: 'warning',
      title: 'sub = username',
      detail: 'Renaming a person breaks matching.',
      basis: 'inferred',
    },
  ],
  facts: [
    {
      text: 'endpoints authorization.oauth2, token.oauth2, userinfo.openid',
      basis: 'docs',
      reference: 'reltio PingFederate page',
      asOf: '2024',
    },
    {
      text: 'profile scope can be extended by OpenID Connect policy',
      basis: 'docs',
      reference: 'docs.pingidentity.com openid_connect_developer_guide (2020-09)',
      asOf: '2020',
    },
  ],
};
