import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'login',
      text: 'Error getting email address … users "emails" not found',
      meaning: 'no e-mail',
      fix: 'email_attribute_path = metadata.name',
      basis: 'thread',
      reference: 'grafana/grafana#9585 #25267',
    },
    { where: 'authorize', text: 'invalid_scope', meaning: 'openid etc.', fix: 'user:info', basis: 'recalled' },
    {
      where: 'authorize',
      text: 'unauthorized_client / invalid redirect',
      meaning: 'annotation',
      fix: 'fix',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'x509: certificate signed by unknown authority',
      meaning: 'cluster CA',
      fix: 'tls_client_ca',
      basis: 'recalled',
    },
  ],
  traps: [
    {
      id: 'OCP-NO-EMAIL',
      severity: 'error',
      title: 'no e-mail in the user object',
      basis: 'thread',
      reference: 'grafana/grafana#9585 #25267',
      check: 'api_url contains user.openshift.io and no email_attribute_path',
    },
    {
      id: 'OCP-EMAIL-NAME',
      severity: 'warning',
      title: 'metadata.name is no e-mail address',
      detail: 'allowed_domains refuses everyone.',
      basis: 'inferred',
      check: 'allowed_domains set',
    },
    { id: 'OCP-NO-SUB', severity: 'error', title: 'no sub', basis: 'project' },
  ],
  facts: [
    { text: 'missing e-mail failure text', basis: 'thread', reference: 'grafana/grafana#9585', asOf: '2017-2020' },
  ],
};
