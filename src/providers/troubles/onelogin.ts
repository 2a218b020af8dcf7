import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: "redirect_uri did not match any of the client's registered redirect_uris",
      meaning: 'mismatch',
      fix: 'register',
      basis: 'inferred',
      reference: 'node oidc-provider wording',
    },
    {
      where: 'authorize',
      text: 'invalid_scope: requested scope is not allowed',
      meaning: 'scope',
      fix: 'drop',
      basis: 'inferred',
    },
    {
      where: 'token',
      text: 'invalid_client: client authentication failed',
      meaning: 'secret or method',
      fix: 'match SSO tab',
      basis: 'inferred',
    },
    {
      where: 'token',
      text: 'invalid_grant: grant request is invalid',
      meaning: 'code',
      fix: 'retry',
      basis: 'inferred',
    },
  ],
  traps: [
    {
      id: 'OL-STRING',
      severity: 'error',
      title: 'several groups in one string',
      detail: 'Switch on multi-value output.',
      basis: 'thread',
      reference: 'sonar-auth-oidc/sonar-auth-oidc#42 (log shows one joined entry)',
      check: 'groups is a string with ; or ,',
    },
    {
      id: 'OL-METHOD',
      severity: 'warning',
      title: 'token endpoint method is per app',
      basis: 'recalled',
      check: 'auth_style AutoDetect',
    },
    {
      id: 'OL-SCOPE-NAME',
      severity: 'info',
      title: 'the scopes of the Grafana manual lack profile',
      detail: 'name comes with profile; `name` may be refused or ignored.',
      basis: 'manual',
      reference: 'Grafana manual: configure generic OAuth',
      check: 'scopes contains name',
    },
  ],
  facts: [
    {
      text: 'Provider config page lists scopes, claims, auth methods per connector',
      basis: 'docs',
      reference: 'developers.onelogin.com/openid-connect/api/provider-config',
      asOf: '2024+',
    },
    {
      text: 'URLs and example',
      basis: 'manual',
      reference: 'Grafana manual: configure generic OAuth',
      asOf: '2023-06',
    },
  ],
};
