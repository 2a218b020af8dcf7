import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'Portal error 24 / unauthorised redirect URI',
      meaning: 'mismatch',
      fix: 'register',
      basis: 'recalled',
    },
    { where: 'token', text: 'invalid_client', meaning: 'secret', fix: 'copy', basis: 'recalled' },
    { where: 'token', text: 'invalid_grant', meaning: 'code', fix: 'retry', basis: 'recalled' },
  ],
  traps: [
    {
      id: 'LLNG-ARRAY',
      severity: 'error',
      title: 'Array = Auto flips type with the number of groups',
      basis: 'docs',
      reference: 'lemonldap-ng doc commit d5d97825 (Array Auto/Always/Never)',
      check: 'groups is string',
    },
    {
      id: 'LLNG-ISSUER',
      severity: 'warning',
      title: 'issuer is the portal URL, slash included',
      basis: 'docs',
      reference: 'openidconnect service doc',
      check: 'issuer compare',
    },
  ],
  facts: [
    {
      text: 'Array options and types for exported attributes',
      basis: 'docs',
      reference: 'lemonldap-ng documentation change',
      asOf: '2.0.10+',
    },
    {
      text: 'feature list: PKCE 2.0.4, refresh/offline 2.0.7, JWT access tokens 2.0.12',
      basis: 'docs',
      reference: 'lemonldap-ng.org idpopenidconnect',
      asOf: '2.0',
    },
  ],
};
