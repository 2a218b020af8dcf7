import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'any',
      text: 'RFC 6749/OIDC error codes',
      meaning: 'see why-denied table',
      basis: 'docs',
      reference: 'RFC 6749',
    },
  ],
  traps: [
    {
      id: 'OIDC-SHAPE',
      severity: 'warning',
      title: 'groups as string, csv, objects or map',
      detail: 'Use [groups][] / see claim shape table.',
      basis: 'project',
    },
    {
      id: 'OIDC-RESERVED-TYPES',
      severity: 'error',
      title: 'custom claims named name, display_name, login, username, email, upn, attributes with another JSON type',
      detail: 'Whole source dropped.',
      basis: 'project',
      check: 'claim of that name is not a string / attributes not map of string arrays',
    },
    {
      id: 'OIDC-JWE',
      severity: 'error',
      title: 'encrypted ID token (5 parts)',
      detail: 'Grafana cannot read it, source dropped.',
      basis: 'inferred',
      check: 'id_token has 5 parts',
    },
    {
      id: 'OIDC-USERINFO-JWT',
      severity: 'warning',
      title: 'signed UserInfo',
      detail: 'dropped silently.',
      basis: 'project',
      check: 'content-type application/jwt',
    },
  ],
  facts: [
    {
      text: 'default token_endpoint_auth_method is client_secret_basic when not published',
      basis: 'docs',
      reference: 'OIDC Discovery 1.0',
    },
  ],
};
