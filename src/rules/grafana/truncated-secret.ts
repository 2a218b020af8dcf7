import type { GrafanaRule } from './subject.js';
import { reportTruncations } from './truncation.js';

export const truncatedSecret: GrafanaRule = {
  id: 'truncated-secret',
  code: 'S02',
  severity: 'error',
  summary: 'a secret is cut at "#" or ";"',
  docs: {
    why: 'Grafana takes everything from the first "#" or ";" of a line as a comment. A secret that holds one of them is sent shortened: the provider answers invalid_client and the person sees "Failed to get token from provider".',
    bad: '[auth.generic_oauth]\nclient_secret = k3y;9f2b71\n',
    good: '[auth.generic_oauth]\nclient_secret = """k3y;9f2b71"""\n',
    references: ['go-ini 1.67: inline comments', 'Grafana manual: configuration, special characters'],
  },
  check(subject, report) {
    reportTruncations(subject, report, 'secret', (written, { marker }) => ({
      message: `the secret in ${written.key} is cut at "${marker}"`,
      consequence:
        'Grafana sends only what stands before it: the provider answers invalid_client and no login succeeds',
      help: 'put the value in triple quotes, or read it from a file: $__file{/run/secrets/…}',
    }));
  },
};
