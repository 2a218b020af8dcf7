import { variable } from './missing-client-id.js';
import type { GrafanaRule } from './subject.js';
import { given, providersInUse, unlessSetElsewhere } from './support.js';

export const missingClientSecret: GrafanaRule = {
  id: 'missing-client-secret',
  code: 'R02',
  severity: 'warning',
  summary: 'an enabled provider has no client_secret and is not set up as a public client',
  docs: {
    why: 'Without a secret the token endpoint refuses the code of a confidential client, and the login ends with "Failed to get token from provider". Only a public client needs none, and it has to prove itself by PKCE.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.test/authorize\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nclient_secret = $__file{/run/secrets/oauth}\nauth_url = https://login.acme.test/authorize\n',
    references: ['RFC 6749, 3.2.1: client authentication', 'RFC 7636: PKCE for public clients'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (given(subject, provider.section, 'client_secret') || provider.text('client_secret') !== '') continue;
      const style = provider.text('auth_style').toLowerCase();
      if (provider.flag('use_pkce') && style !== 'inheader' && !provider.isCloud) continue;
      if (provider.text('tls_client_cert') !== '' && provider.text('tls_client_key') !== '') continue;
      const authentication = provider.text('client_authentication');
      if (provider.kind === 'azuread' && authentication !== '' && authentication !== 'client_secret_post') continue;
      report({
        ...provider.place,
        section: provider.section,
        option: 'client_secret',
        ...unlessSetElsewhere(subject),
        message: `client_secret of [${provider.section}] is not set`,
        consequence: 'the token endpoint refuses the exchange of the code: "Failed to get token from provider"',
        help: `set client_secret, best as $__file{…} (or ${variable(provider.section, 'client_secret')}; give --env if it is set there); a public client needs use_pkce = true`,
      });
    }
  },
};
