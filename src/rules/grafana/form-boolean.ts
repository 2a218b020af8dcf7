import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formBoolean: GrafanaRule = {
  id: 'form-boolean',
  code: 'F03',
  severity: 'error',
  summary: 'a word that YAML reads as a boolean where a text belongs',
  docs: {
    why: 'Helm and Kubernetes read YAML 1.1, where yes, no, on, off, y and n without quotes are booleans. Grafana gets true or false in place of the word.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    name: on\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    name: "on"\n',
    references: ['YAML 1.1: bool', 'go-yaml, version 2: resolving of scalars'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-boolean', { root: true }),
};
