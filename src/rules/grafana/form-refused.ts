import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formRefused: GrafanaRule = {
  id: 'form-refused',
  code: 'F01',
  severity: 'error',
  summary: 'the tool in front of Grafana gives up on the file',
  docs: {
    why: 'Helm, Kubernetes or Compose read the file before Grafana does. Where one of them gives up, nothing is installed or changed, and what runs is what ran before, or nothing.',
    bad: "grafana.ini:\n  auth.generic_oauth:\n    groups_attribute_path: [?role=='x'].name\n",
    good: 'grafana.ini:\n  auth.generic_oauth:\n    groups_attribute_path: "[?role==\'x\'].name"\n',
    references: ['helm template: errors about values and templates', 'YAML 1.1: flow collections'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-refused'),
};
