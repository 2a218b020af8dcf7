import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formNull: GrafanaRule = {
  id: 'form-null',
  code: 'F09',
  severity: 'error',
  summary: 'a null that becomes a text, or deletes what is needed',
  docs: {
    why: 'A variable without a value reaches Grafana as the text <nil>, and a null section deletes what the chart itself sets in it, so that Helm gives up.',
    bad: 'env:\n  GF_AUTH_GENERIC_OAUTH_API_URL:\n',
    good: 'env:\n  GF_AUTH_GENERIC_OAUTH_API_URL: ""\n',
    references: ['Helm: deleting a default key', 'Go: fmt, printing of nil'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-null', { root: true }),
};
