import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formOverridden: GrafanaRule = {
  id: 'form-overridden',
  code: 'F12',
  severity: 'warning',
  summary: 'a setting that something else in the same file overrides',
  docs: {
    why: 'Variables win over the INI text. Whoever edits the line in the text and sees no effect looks for the mistake in the wrong place.',
    bad: 'grafana.ini:\n  auth.generic_oauth:\n    name: Corp\nenv:\n  GF_AUTH_GENERIC_OAUTH_NAME: Company\n',
    good: 'grafana.ini:\n  auth.generic_oauth:\n    name: Corp\nenv:\n  GF_AUTH_GENERIC_OAUTH_CLIENT_ID: grafana\n',
    references: [
      'Grafana manual: override configuration with environment variables',
      'Helm chart of Grafana: Secret of the administrator',
    ],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-overridden'),
};
