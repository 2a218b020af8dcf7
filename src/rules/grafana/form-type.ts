import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formType: GrafanaRule = {
  id: 'form-type',
  code: 'F11',
  severity: 'error',
  summary: 'a value of a type the tool refuses',
  docs: {
    why: 'Kubernetes checks the types of what it is given: an environment variable, an entry of a ConfigMap and a setting of the operator must be texts. One boolean or number without quotes, and the whole object is refused.',
    bad: 'env:\n  - name: GF_AUTH_GENERIC_OAUTH_ENABLED\n    value: "true"\n',
    good: 'env:\n  GF_AUTH_GENERIC_OAUTH_ENABLED: "true"\n',
    references: ['Kubernetes API: EnvVar, ConfigMap', 'grafana/grafana-operator#1568'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-type'),
};
