import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

export const formFileSuffix: GrafanaRule = {
  id: 'form-file-suffix',
  code: 'F19',
  severity: 'error',
  summary: 'a variable that names a file, where nothing reads that file',
  docs: {
    why: 'GF_…__FILE, with two underscores, is read by the start script of the container image. With one underscore, or where another program starts Grafana, nothing reads the file: a secret keeps its default, and the provider answers invalid_client. Both forms at once end the start script.',
    bad: 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET_FILE=/run/secrets/oauth\n',
    good: 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE=/run/secrets/oauth\n',
    references: [
      'Grafana manual: configure a Docker image with Docker secrets',
      'grafana/grafana#27285',
      'grafana/grafana#69522',
    ],
  },
  exampleOptions: { form: 'env-file' },
  check: reportNotes('form-file-suffix'),
};
