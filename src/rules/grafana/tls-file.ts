import { isElsewhere } from './other-machine.js';
import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { cite, isLiteral, providersInUse } from './support.js';

const KEYS = ['tls_client_cert', 'tls_client_key', 'tls_client_ca'] as const;

export const tlsFile: GrafanaRule = {
  id: 'tls-file',
  code: 'R13',
  severity: 'error',
  summary: 'a TLS file is missing, holds something else, has expired or does not fit',
  when: ['tls_client_'],
  docs: {
    why: 'Grafana opens these files when somebody logs in, so a wrong one shows as a failed login only. A file of authorities without a certificate is taken without complaint, and then no identity provider is trusted.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ntls_client_ca = /etc/grafana/no-such-file.pem\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: [
      'Grafana manual: configure generic OAuth, TLS options',
      'Go crypto/tls: LoadX509KeyPair',
      'Go crypto/x509: CertPool.AppendCertsFromPEM',
    ],
  },
  needs: 'files',
  async check(subject, report) {
    if (!subject.readFile) return;
    for (const provider of providersInUse(subject)) {
      const named = KEYS.filter((key) => provider.text(key) !== '' && isLiteral(subject, provider.section, key));
      if (named.length === 0) continue;
      const { authorityProblem, certificateProblem, keyProblem } = await import('./certificates.js');
      const contents = new Map<string, Uint8Array | string>();
      for (const key of named) {
        const path = provider.text(key);
        const content = await read(subject, provider, key);
        if ('failure' in content) {
          report({
            ...provider.at(key),
            severity: content.failure === 'elsewhere' ? 'warning' : 'error',
            message: `${key} of [${provider.section}] names ${cite(path)}, which ${content.failure === 'unreadable' ? 'cannot be read' : 'does not exist here'}`,
            consequence: `${content.failure === 'elsewhere' ? 'where it is missing too, ' : ''}every login fails`,
            help: 'check the path and the rights of the user Grafana runs as, on the machine where it runs',
          });
          continue;
        }
        contents.set(key, content.bytes);
        const problem =
          key === 'tls_client_cert'
            ? certificateProblem(content.bytes, subject.now)
            : key === 'tls_client_ca'
              ? authorityProblem(content.bytes, subject.now)
              : keyProblem(content.bytes, contents.get('tls_client_cert'));
        if (problem)
          report({
            ...provider.at(key),
            message: `the file of ${key} ${problem.problem}`,
            consequence: problem.consequence,
            help: `put the right PEM file at ${cite(path)}`,
          });
      }
    }
  },
};

async function read(
  subject: GrafanaSubject,
  provider: ProviderView,
  key: string,
): Promise<{ readonly bytes: Uint8Array | string } | { readonly failure: 'missing' | 'elsewhere' | 'unreadable' }> {
  try {
    return { bytes: await subject.readFile!(provider.text(key)) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== undefined && code !== 'ENOENT' && code !== 'ENOTDIR') return { failure: 'unreadable' };
    return { failure: (await isElsewhere(subject.readFile!, provider.text(key))) ? 'elsewhere' : 'missing' };
  }
}
