import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'invalid_request: redirect_uri',
      meaning: 'mismatch',
      fix: 'Trust tab',
      basis: 'recalled',
    },
    { where: 'token', text: 'invalid_client', meaning: 'secret', fix: 'retype', basis: 'recalled' },
  ],
  traps: [
    {
      id: 'CYBER-HOST',
      severity: 'warning',
      title: 'host name of the Grafana manual is historic',
      detail: 'my.centrify.com tenants moved to idaptive.app / cyberark.cloud; issuer changes with it.',
      basis: 'inferred',
      reference: 'docs.cyberark.com',
    },
    {
      id: 'CYBER-VERIFIED-STRING',
      severity: 'info',
      title: 'email_verified is a string',
      detail: 'Harmless for Grafana.',
      basis: 'docs',
      reference: 'identity-developer.cyberark.com/docs/claims',
    },
    {
      id: 'CYBER-SECRET',
      severity: 'warning',
      title: 'self-chosen secret with ini-special characters',
      basis: 'manual',
      reference: 'Grafana manual: configure generic OAuth',
      check: 'secret has # ; or quotes',
    },
  ],
  facts: [
    {
      text: 'URL patterns, refresh included',
      basis: 'manual',
      reference: 'Grafana manual: configure generic OAuth',
      asOf: '2023-06',
    },
    {
      text: 'standard claims and types; claims via ID token or UserInfo',
      basis: 'docs',
      reference: 'identity-developer.cyberark.com/docs/claims',
      asOf: '2024+',
    },
  ],
};
