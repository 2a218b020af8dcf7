import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
      meaning: 'redirect mismatch',
      fix: 'register the URI printed by the tool',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'access_denied: User is not assigned to the client application.',
      meaning: 'assignment missing',
      fix: 'assign user or group',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'invalid_scope: One or more scopes are not configured for the authorization server resource.',
      meaning: 'groups or offline_access asked on a server that lacks it',
      fix: 'remove or create scope',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'access_denied: Policy evaluation failed for this request',
      meaning: 'custom server has no matching access policy',
      fix: 'add policy/rule',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'PKCE code challenge is required',
      meaning: 'app requires PKCE',
      fix: 'use_pkce = true',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_client: The client secret supplied for a confidential client is invalid.',
      meaning: 'wrong secret',
      fix: 'copy again',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_grant: The authorization code is invalid or has expired.',
      meaning: 'reuse or expiry (60 s)',
      fix: 'retry',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_grant: PKCE verification failed.',
      meaning: 'verifier mismatch',
      fix: 'cookie lost',
      basis: 'recalled',
    },
  ],
  traps: [
    {
      id: 'OKTA-THIN',
      severity: 'error',
      title: 'thin ID token on the org server',
      detail:
        'When an access token is issued too, groups and profile are left out of the ID token and come from UserInfo; a || Viewer tail then shadows.',
      basis: 'docs',
      reference: 'okta-developer-docs customize-tokens-groups-claim @07490e34; grafana/grafana#21011 #20735',
      check: 'api_url matches /oauth2/v1/userinfo and role path has unconditional tail',
    },
    {
      id: 'OKTA-SERVER-MIX',
      severity: 'error',
      title: 'URLs of two authorization servers mixed',
      detail: 'auth on default, token on org etc.',
      basis: 'inferred',
      check: 'auth_url, token_url, api_url have different /oauth2/<id> parts',
    },
    {
      id: 'OKTA-ADMIN-HOST',
      severity: 'error',
      title: '-admin host used',
      detail: 'acme-admin.okta.com is the console.',
      basis: 'recalled',
      check: 'host contains -admin.okta',
    },
    {
      id: 'OKTA-100',
      severity: 'warning',
      title: '100-group limit',
      detail: 'Truncated or refused; narrow the filter.',
      basis: 'docs',
      reference: 'hashicorp vault okta page',
      check: 'groups length >= 100',
    },
  ],
  facts: [
    {
      text: 'Org server: groups claim only in ID token, never access token; thin ID token when both are issued, groups then via UserInfo',
      basis: 'docs',
      reference: 'okta-developer-docs',
      asOf: '~2022, still current in 2026 pages',
    },
    { text: 'Custom server: choose ID Token + Always', basis: 'docs', reference: 'okta-developer-docs', asOf: 'same' },
    {
      text: 'Grafana docs say to check the default server has an access policy (Integrator Free Plan)',
      basis: 'docs',
      reference: 'developer.okta.com',
      asOf: '2025',
    },
  ],
};
