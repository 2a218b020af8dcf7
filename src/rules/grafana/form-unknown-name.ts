import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formUnknownName: GrafanaRule = {
  id: 'form-unknown-name',
  code: 'F18',
  severity: 'warning',
  summary: 'a name that the form changes or drops, so that Grafana never looks at it',
  docs: {
    why: 'The settings API turns names into snake case, and teamIDs becomes team_i_ds, which nothing reads; systemd leaves out lines that begin with "export". The option keeps its default, and nothing says so.',
    bad: 'GRAFANA_USER=grafana\nexport GF_AUTH_GENERIC_OAUTH_NAME=Corp\n',
    good: 'GRAFANA_USER=grafana\nGF_AUTH_GENERIC_OAUTH_NAME=Corp\n',
    references: ['Grafana manual: SSO settings API', 'systemd.exec(5): EnvironmentFile='],
  },
  exampleOptions: { form: 'systemd-env' },
  check: reportNotes('form-unknown-name'),
};
