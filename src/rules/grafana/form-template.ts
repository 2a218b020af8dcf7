import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formTemplate: GrafanaRule = {
  id: 'form-template',
  code: 'F08',
  severity: 'warning',
  summary: 'a template that comes out empty, or cannot be judged here',
  docs: {
    why: 'The chart passes texts through Go templates. A value that nobody sets comes out empty without a word, and Grafana keeps its default: some_client_id, for example.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    client_id: "{{ .Values.sso.clientId }}"\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    client_id: "{{ .Values.sso.clientId }}"\nsso:\n  clientId: grafana\n',
    references: ['Helm: tpl', 'Go: text/template'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-template', { root: true }),
};
