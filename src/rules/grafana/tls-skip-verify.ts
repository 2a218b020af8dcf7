import type { GrafanaRule } from './subject.js';
import { providersInUse } from './support.js';

export const tlsSkipVerify: GrafanaRule = {
  id: 'tls-skip-verify',
  code: 'C08',
  severity: 'error',
  summary: 'the certificate of the identity provider is not checked',
  when: ['tls_skip_verify_insecure'],
  docs: {
    why: 'With tls_skip_verify_insecure Grafana takes any certificate. Whoever sits between it and the identity provider reads the client secret and can answer with a forged ID token or UserInfo, and log in as anybody, an admin too.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ntls_skip_verify_insecure = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ntls_client_ca = /etc/grafana/ca.pem\n',
    references: ['Grafana manual: configure generic OAuth, TLS options', 'RFC 6749, 10.9: endpoint authenticity'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!provider.flag('tls_skip_verify_insecure')) continue;
      report({
        ...provider.at('tls_skip_verify_insecure'),
        message: `tls_skip_verify_insecure of [${provider.section}] is true`,
        consequence: 'whoever can get between Grafana and the identity provider can log in as anybody',
        help: 'delete the line; for a private certificate authority name its file in tls_client_ca',
        suggestions: ['tls_client_ca = /path/to/ca.pem'],
      });
    }
  },
};
