import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formDuplicate: GrafanaRule = {
  id: 'form-duplicate',
  code: 'F14',
  severity: 'warning',
  summary: 'a key given twice',
  docs: {
    why: 'YAML has one value for a key. The readers of Helm and Kubernetes take the last one and say nothing, so that an edit of the first has no effect.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    name: a\n    name: b\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    name: a\n',
    references: ['YAML 1.1: mappings', 'go-yaml, version 2: duplicate keys'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-duplicate'),
};
