import type { GrafanaRule } from './subject.js';
import { given, providersInUse, unlessSetElsewhere } from './support.js';

export const missingClientId: GrafanaRule = {
  id: 'missing-client-id',
  code: 'R01',
  severity: 'error',
  summary: 'an enabled provider has no client_id',
  failShut: true,
  docs: {
    why: 'Without client_id Grafana sends the placeholder of its defaults.ini, some_id. The identity provider does not know such a client and shows an error page instead of a login.',
    bad: '[auth.generic_oauth]\nenabled = true\nauth_url = https://login.acme.test/authorize\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.test/authorize\n',
    references: [
      'Grafana manual: configure generic OAuth, client_id',
      'Grafana defaults.ini',
      'RFC 6749, 4.1.1: client_id is required',
    ],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (given(subject, provider.section, 'client_id')) continue;
      const sent = provider.text('client_id');
      report({
        ...provider.place,
        section: provider.section,
        option: 'client_id',
        cause: `client_id:${provider.section}`,
        ...unlessSetElsewhere(subject),
        message: `client_id of [${provider.section}] is not set`,
        consequence:
          sent === ''
            ? 'Grafana sends an empty client id, and the identity provider shows an error instead of a login'
            : `Grafana sends the client id "${sent}" of its defaults, and the identity provider shows an error instead of a login`,
        help: `set client_id to the id the identity provider shows for this client (or ${variable(provider.section, 'client_id')}; give --env if it is set there)`,
      });
    }
  },
};

/** The environment variable that sets a key. */
export function variable(section: string, key: string): string {
  return `GF_${section.replace(/[.-]/g, '_')}_${key.replace(/\./g, '_')}`.toUpperCase();
}
