import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'token',
      text: 'server response missing access_token',
      meaning: 'not JSON/form, or nested object',
      fix: 'inspect body',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: "invalid character '<' looking for beginning of value",
      meaning: 'HTML',
      fix: 'URL or login page',
      basis: 'thread',
      reference: 'grafana/grafana#60632 #27725',
    },
    {
      where: 'login',
      text: 'Error getting email address',
      meaning: 'no e-mail',
      fix: 'email_attribute_path',
      basis: 'project',
    },
  ],
  traps: [
    { id: 'O2-NO-SUB', severity: 'error', title: 'no sub', basis: 'project', check: 'userinfo lacks sub' },
    { id: 'O2-SCOPES', severity: 'error', title: 'default user:email', basis: 'project', check: 'scopes unset' },
    { id: 'O2-PUBLIC-CA', severity: 'warning', title: 'server certificate', basis: 'project' },
  ],
  facts: [{ text: 'Grafana reads only fixed string fields plus paths', basis: 'project' }],
};
