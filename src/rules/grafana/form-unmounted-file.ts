import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formUnmountedFile: GrafanaRule = {
  id: 'form-unmounted-file',
  code: 'F15',
  severity: 'warning',
  summary: 'a file that nothing mounts',
  docs: {
    why: 'Grafana reads every file named by $__file{…} when it starts. Where no Secret is mounted above it, Grafana stops, and the pod restarts over and over.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    client_secret: $__file{/etc/secrets/oauth/client_secret}\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    client_secret: $__file{/etc/secrets/oauth/client_secret}\nextraSecretMounts:\n  - name: oauth\n    secretName: oauth\n    mountPath: /etc/secrets/oauth\n',
    references: ['Helm chart of Grafana: extraSecretMounts', 'Grafana manual: configuration, file provider'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-unmounted-file'),
};
