import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formWrongPlace: GrafanaRule = {
  id: 'form-wrong-place',
  code: 'F10',
  severity: 'error',
  summary: 'settings where nothing looks for them',
  docs: {
    why: 'A chart ignores values it does not know without a word. Settings one level too high or too low leave Grafana with its defaults, and the login button never appears.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    enabled: true\n',
    good: 'grafana:\n  grafana.ini:\n    auth.generic_oauth:\n      enabled: true\n',
    references: [
      'prometheus-community/helm-charts#1337',
      'prometheus-community/helm-charts#4061',
      'Helm: values of sub-charts',
    ],
  },
  exampleOptions: { form: 'helm-kps-values' },
  check: reportNotes('form-wrong-place'),
};
