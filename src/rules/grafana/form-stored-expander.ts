import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formStoredExpander: GrafanaRule = {
  id: 'form-stored-expander',
  code: 'F22',
  severity: 'error',
  summary: 'an expander in settings of the database, where Grafana expands nothing',
  docs: {
    why: 'Grafana expands $__file{…}, $__env{…} and ${…} in its configuration file and in variables. What Terraform or the settings API puts into the database stays as it is: a secret written that way is sent to the provider as that text, which answers invalid_client.',
    bad: '{"provider": "generic_oauth", "settings": {"clientId": "grafana", "clientSecret": "$__file{/run/secrets/oauth}"}}\n',
    good: '{"provider": "generic_oauth", "settings": {"clientId": "grafana", "clientSecret": "k3y-9f2b71"}}\n',
    references: ['Grafana manual: SSO settings API', 'Grafana manual: variable expansion'],
  },
  exampleOptions: { form: 'sso-api-json' },
  check: reportNotes('form-stored-expander'),
};
