import { findOption } from '../../settings/catalog.js';
import type { GrafanaRule } from './subject.js';
import { given, providersInUse } from './support.js';

export const tlsPair: GrafanaRule = {
  id: 'tls-pair',
  code: 'R12',
  severity: 'error',
  summary: 'only one of tls_client_cert and tls_client_key is set',
  failShut: true,
  when: ['tls_client_'],
  docs: {
    why: 'Where one of the two is set Grafana loads both, and fails on the missing one: every login ends with an error before the token endpoint is asked.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ntls_client_cert = /etc/grafana/client.crt\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ntls_client_cert = /etc/grafana/client.crt\ntls_client_key = /etc/grafana/client.key\n',
    references: ['Grafana manual: configure generic OAuth, TLS options', 'Go crypto/tls: LoadX509KeyPair'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      const cert = given(subject, provider.section, 'tls_client_cert') || provider.text('tls_client_cert') !== '';
      const key = given(subject, provider.section, 'tls_client_key') || provider.text('tls_client_key') !== '';
      if (cert === key || !findOption(provider.section, 'tls_client_cert')) continue;
      const [has, lacks] = cert ? ['tls_client_cert', 'tls_client_key'] : ['tls_client_key', 'tls_client_cert'];
      report({
        ...provider.at(has!),
        message: `${has} of [${provider.section}] is set, but ${lacks} is not`,
        consequence: `Grafana tries to open a file without a name, and every login fails ("failed to setup TlsClientCert")`,
        help: `set ${lacks} too; for nothing but a private certificate authority tls_client_ca is enough`,
      });
    }
  },
};
