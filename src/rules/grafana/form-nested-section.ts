import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formNestedSection: GrafanaRule = {
  id: 'form-nested-section',
  code: 'F05',
  severity: 'error',
  summary: 'a map inside a section, which becomes one unreadable line',
  docs: {
    why: 'The name of a section is one key: "auth.generic_oauth". A map inside auth is printed as one line "generic_oauth = map[…]", none of its options is read, and the provider stays off.',
    bad: 'grafana.ini:\n  auth:\n    generic_oauth:\n      enabled: true\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    enabled: true\n',
    references: ['grafana/helm-charts#948', 'prometheus-community/helm-charts#751'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-nested-section', { root: true }),
};
