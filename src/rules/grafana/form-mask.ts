import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formMask: GrafanaRule = {
  id: 'form-mask',
  code: 'F17',
  severity: 'info',
  summary: 'nine asterisks, the mask of the settings API, in place of a secret',
  docs: {
    why: 'The settings API shows nine asterisks in place of secrets, and keeps the stored secret where they are sent back. Copied to another Grafana they are no secret: the provider answers invalid_client.',
    bad: '{"provider": "generic_oauth", "settings": {"clientId": "grafana", "clientSecret": "*********"}}\n',
    good: '{"provider": "generic_oauth", "settings": {"clientId": "grafana", "clientSecret": "k3y-9f2b71"}}\n',
    references: ['Grafana manual: SSO settings API'],
  },
  exampleOptions: { form: 'sso-api-json' },
  check: reportNotes('form-mask'),
};
