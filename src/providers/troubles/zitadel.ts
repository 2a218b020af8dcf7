import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'invalid_request: The requested redirect_uri is missing in the client configuration.',
      meaning: 'mismatch',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'invalid_scope',
      meaning: 'openid missing',
      fix: 'add',
      basis: 'docs',
      reference: 'endpoints.mdx',
    },
    {
      where: 'authorize',
      text: 'unauthorized_client',
      meaning: 'response type not allowed',
      fix: 'set Code',
      basis: 'docs',
      reference: 'endpoints.mdx',
    },
    {
      where: 'authorize',
      text: 'Errors.User.GrantRequired',
      meaning: 'project requires a grant',
      fix: 'authorize user',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_client',
      meaning: 'wrong secret or other auth method',
      fix: 'match method',
      basis: 'recalled',
    },
  ],
  traps: [
    {
      id: 'ZI-MAP',
      severity: 'error',
      title: 'roles are a map with a colon name',
      detail: 'roles[*] or contains() do not work.',
      basis: 'docs',
      reference: 'zitadel claims.md; zitadel/zitadel#3037 #11186',
      check: 'claim value is an object',
    },
    {
      id: 'ZI-KEYS-NULL',
      severity: 'warning',
      title: 'keys() of a missing claim is an error',
      detail: 'guard with || `{}`.',
      basis: 'inferred',
      check: 'keys( without guard',
      tried: true,
    },
    {
      id: 'ZI-EMAIL-ID',
      severity: 'info',
      title: 'e-mail and name only in UserInfo',
      basis: 'docs',
      reference: 'endpoints.mdx',
    },
    {
      id: 'ZI-ORG',
      severity: 'info',
      title: 'org_attribute_path wants an array',
      detail: 'open request.',
      basis: 'thread',
      reference: 'zitadel/zitadel#11186',
    },
  ],
  facts: [
    {
      text: 'Claim matrix by place; profile/email not in the ID token when an access token is issued',
      basis: 'docs',
      reference: 'claims.md @012fff93, endpoints.mdx @026747a7',
      asOf: '2.x-3.x',
    },
    {
      text: 'role claim structure with org id and primary domain',
      basis: 'docs',
      reference: 'claims.md',
      asOf: 'same',
    },
  ],
};
