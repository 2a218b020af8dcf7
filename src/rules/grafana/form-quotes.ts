import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formQuotes: GrafanaRule = {
  id: 'form-quotes',
  code: 'F07',
  severity: 'error',
  summary: 'quotes that one reader takes before the next one needs them',
  docs: {
    why: 'Every reader on the way removes quotes: YAML, the environment file, the INI reader. A literal of JMESPath needs a pair of its own at the end; without it the expression looks for a field of that name, and nobody gets the role.',
    bad: "grafana.ini:\n  auth.generic_oauth:\n    role_attribute_path: 'Viewer'\n",
    good: 'grafana.ini:\n  auth.generic_oauth:\n    role_attribute_path: "\\"\'Viewer\'\\""\n',
    references: ['YAML 1.1: quoted scalars', 'JMESPath: raw string literals'],
  },
  exampleOptions: { form: 'helm-values' },
  check: reportNotes('form-quotes', { root: true }),
};
