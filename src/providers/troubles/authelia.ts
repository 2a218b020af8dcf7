import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: "invalid_request: redirect_uri does not match any of the client's pre-registered URIs",
      meaning: 'mismatch or http',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: "invalid_scope: client is not allowed to request scope 'groups'",
      meaning: 'scope not on client',
      fix: 'add',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: "Clients must include a 'code_challenge'",
      meaning: 'PKCE enforced',
      fix: 'use_pkce',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: "invalid_client: … supports client authentication method 'client_secret_basic', but method 'client_secret_post' was requested",
      meaning: 'second AutoDetect attempt, or method mismatch',
      fix: 'InHeader; then read the first error',
      basis: 'docs',
      reference: 'fosite text read in ory/hydra client_authentication.go',
    },
    { where: 'token', text: 'invalid_grant', meaning: 'code reused, expired', fix: 'retry', basis: 'recalled' },
    {
      where: 'login',
      text: 'Requests to authorization but none to token in the log',
      meaning: 'Grafana cannot reach Authelia',
      fix: 'DNS',
      basis: 'docs',
      reference: 'Authelia FAQ',
    },
  ],
  traps: [
    {
      id: 'AUTHELIA-SHADOW',
      severity: 'error',
      title: 'documented role expression is shadowed',
      detail:
        'The Grafana page of Authelia (v4.39.20/Grafana 13.1.0) recommends contains(groups[], …) … || Viewer while groups are in UserInfo only; Grafana settles on Viewer from the ID token.',
      basis: 'docs',
      reference: 'authelia grafana/index.md @23572030 (2026-08); grafana/grafana#106686',
      check: 'userinfo-only groups and tail',
      tried: true,
    },
    {
      id: 'AUTHELIA-439',
      severity: 'warning',
      title: '4.39 moved claims out of the ID token',
      basis: 'docs',
      reference: 'openid-connect-1.0-claims.md; vehagn/homelab#257',
    },
    {
      id: 'AUTHELIA-METHOD',
      severity: 'warning',
      title: 'one registered auth method',
      basis: 'docs',
      reference: 'clients.md',
      check: 'auth_style AutoDetect',
    },
    {
      id: 'AUTHELIA-USERINFO-JWT',
      severity: 'warning',
      title: 'signed UserInfo',
      detail: 'application/jwt is dropped by Grafana.',
      basis: 'docs',
      reference: 'clients.md',
      check: 'userinfo content-type jwt',
    },
  ],
  facts: [
    {
      text: 'Scope/claim table: everything but protocol claims defaults to UserInfo',
      basis: 'docs',
      reference: 'openid-connect-1.0-claims.md',
      asOf: '4.39 (2025-02)',
    },
    {
      text: 'default method client_secret_basic, one method enforced',
      basis: 'docs',
      reference: 'clients.md',
      asOf: '2026-08',
    },
    { text: 'sub is UUID v4; email_verified assumed true', basis: 'docs', reference: 'claims page', asOf: '2026-08' },
    { text: 'official Grafana example: InHeader, PKCE', basis: 'docs', reference: 'grafana/index.md', asOf: '2026-08' },
  ],
};
