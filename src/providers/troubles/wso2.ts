import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'invalid_callback: Registered callback does not match with the provided url',
      meaning: 'mismatch',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'invalid_client: Client Authentication failed / A valid OAuth client could not be found',
      meaning: 'id/secret',
      fix: 'copy',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: 'x509: certificate signed by unknown authority',
      meaning: 'self-signed',
      fix: 'tls_client_ca',
      basis: 'recalled',
    },
    { where: 'userinfo', text: 'insufficient_scope', meaning: 'openid', fix: 'add', basis: 'recalled' },
  ],
  traps: [
    {
      id: 'WSO2-CSV',
      severity: 'error',
      title: 'UserInfo joins lists with commas',
      basis: 'thread',
      reference: 'wso2/product-is#13339 (2022-03)',
      check: 'userinfo.groups is string with comma',
    },
    {
      id: 'WSO2-SUB',
      severity: 'error',
      title: 'subject is the user name or even constant',
      basis: 'thread',
      reference: 'grafana/grafana#74154 #85232 (constant id)',
      check: 'sub equal for all samples',
    },
    { id: 'WSO2-PREFIX', severity: 'info', title: 'Internal/ prefix', basis: 'thread' },
  ],
  facts: [
    {
      text: 'array in ID token versus comma string in UserInfo',
      basis: 'thread',
      reference: 'wso2/product-is#13339',
      asOf: '2022-03',
    },
  ],
};
