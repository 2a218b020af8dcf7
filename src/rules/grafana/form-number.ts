import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formNumber: GrafanaRule = {
  id: 'form-number',
  code: 'F02',
  severity: 'error',
  summary: 'a number without quotes that reaches Grafana as other digits',
  docs: {
    why: 'A values file is read through JSON, so a number is a floating-point number: from a million on it is printed with an exponent, and a leading zero makes it octal. A team id, client id or tenant id written like that matches nobody.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    team_ids: 12345678\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    team_ids: "12345678"\n',
    references: ['helm/helm#1707', 'helm/helm#11130', 'Go: fmt, printing of floating-point numbers'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-number', { root: true }),
};
