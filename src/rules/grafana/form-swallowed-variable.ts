import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formSwallowedVariable: GrafanaRule = {
  id: 'form-swallowed-variable',
  code: 'F20',
  severity: 'error',
  summary: 'a dollar that the tool in front of Grafana takes for a variable of its own',
  docs: {
    why: 'Compose fills in $NAME and ${NAME} in its YAML and in environment files before Grafana sees them, whatever quotes stand around them in YAML. $__file{…} loses its head that way, and a secret with a dollar in it loses a part: the provider answers invalid_client.',
    bad: 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET=$__file{/run/secrets/oauth}\n',
    good: "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET='$__file{/run/secrets/oauth}'\n",
    references: [
      'Compose specification: interpolation',
      'docker/compose#3427',
      'docker/compose#9704',
      'docker/compose#9716',
    ],
  },
  exampleOptions: { form: 'env-file' },
  check: reportNotes('form-swallowed-variable', { root: true }),
};
