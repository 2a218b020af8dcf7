import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formReadableSecret: GrafanaRule = {
  id: 'form-readable-secret',
  code: 'F13',
  severity: 'warning',
  summary: 'a secret where others can read it',
  docs: {
    why: 'The INI text of the chart becomes a ConfigMap, which more people may read than a Secret. From 7.1.0 on the chart refuses to render such values unless it is told not to look.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    client_secret: k3y-9f2b71\nassertNoLeakedSecrets: false\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    client_secret: $__file{/etc/secrets/oauth/client_secret}\n',
    references: [
      'grafana/helm-charts#2896',
      'prometheus-community/helm-charts#4852',
      'Kubernetes: ConfigMaps and Secrets',
    ],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-readable-secret'),
};
