import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formMultiLine: GrafanaRule = {
  id: 'form-multi-line',
  code: 'F06',
  severity: 'error',
  summary: 'a text of several lines that breaks the INI text',
  docs: {
    why: 'The INI reader knows no values of several lines without quotes. A chart that puts such a text into its ConfigMap breaks the YAML of it, or loses every line behind it; the operator passes the lines on, and Grafana stops at the second one.',
    bad: "grafana.ini:\n  auth.generic_oauth:\n    role_attribute_path: |\n      contains(groups[*], 'a') && 'Admin' ||\n      'Viewer'\n",
    good: "grafana.ini:\n  auth.generic_oauth:\n    role_attribute_path: >-\n      contains(groups[*], 'a') && 'Admin' ||\n      'Viewer'\n",
    references: ['grafana/helm-charts#378', 'YAML 1.1: block scalars'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-multi-line', { root: true }),
};
