import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'token',
      text: 'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
      meaning: 'method mismatch or secret',
      fix: 'match method',
      basis: 'thread',
      reference: 'argoproj/argo-cd#16043',
    },
    {
      where: 'authorize',
      text: "redirect_uri parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls",
      meaning: 'mismatch',
      fix: 'register',
      basis: 'inferred',
      reference: 'fosite',
    },
    {
      where: 'authorize',
      text: 'access_denied',
      meaning: 'user not bound to the app',
      fix: 'bind group',
      basis: 'recalled',
    },
  ],
  traps: [
    {
      id: 'JC-SINGLE',
      severity: 'error',
      title: 'one group is a string',
      basis: 'thread',
      reference: 'argoproj/argo-cd#22973 (2025-05)',
      check: 'groups is string',
    },
    {
      id: 'JC-SLASH',
      severity: 'error',
      title: 'issuer ends in slash',
      basis: 'thread',
      reference: 'argo-cd#22973 token',
      check: 'issuer_url lacks /',
    },
    {
      id: 'JC-METHOD',
      severity: 'error',
      title: 'auth method per app',
      basis: 'thread',
      reference: 'argo-cd#16043',
      check: 'auth_style AutoDetect',
    },
  ],
  facts: [
    {
      text: 'token example with groups as string and iss with slash',
      basis: 'thread',
      reference: 'argoproj/argo-cd#22973',
      asOf: '2025-05',
    },
  ],
};
