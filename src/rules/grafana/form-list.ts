import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formList: GrafanaRule = {
  id: 'form-list',
  code: 'F04',
  severity: 'error',
  summary: 'a YAML list that Grafana reads as no list',
  docs: {
    why: 'Charts before 8.5.6 print a list as [a b]. Grafana takes that for broken JSON, which is an empty list: scopes vanish, and an allow-list lets everyone in. Items that are no texts do the same on newer charts.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    allowed_groups: [12345, admins]\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    allowed_groups: ["12345", admins]\n',
    references: ['grafana/helm-charts#3352', 'grafana/grafana#71756', 'Grafana 9.4: lists in JSON'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-list', { root: true }),
};
