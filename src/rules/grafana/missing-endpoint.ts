import { variable } from './missing-client-id.js';
import type { GrafanaRule } from './subject.js';
import { genericInUse, given, unlessSetElsewhere } from './support.js';

export const missingEndpoint: GrafanaRule = {
  id: 'missing-endpoint',
  code: 'R03',
  severity: 'error',
  summary: 'generic OAuth has no auth_url or no token_url',
  failShut: true,
  docs: {
    why: 'Grafana reads no discovery document: each address has to be written down. Without auth_url the browser is sent back to Grafana itself with "?client_id=…"; without token_url the code is posted nowhere, with the error: unsupported protocol scheme "".',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.test/authorize\napi_url = https://login.acme.test/userinfo\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.test/authorize\ntoken_url = https://login.acme.test/token\napi_url = https://login.acme.test/userinfo\n',
    references: ['Grafana manual: configure generic OAuth, required options'],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider) return;
    for (const key of ['auth_url', 'token_url']) {
      if (given(subject, provider.section, key) || provider.text(key) !== '') continue;
      report({
        ...provider.place,
        section: provider.section,
        option: key,
        ...unlessSetElsewhere(subject),
        message: `${key} of [${provider.section}] is not set`,
        consequence:
          key === 'auth_url'
            ? 'the login button leads back to Grafana ("?client_id=…") instead of to the identity provider'
            : 'the code cannot be exchanged: Post "": unsupported protocol scheme ""',
        help: `set ${key} to ${key === 'auth_url' ? 'authorization_endpoint' : 'token_endpoint'} of the discovery document, which auth-cli discover shows (or ${variable(provider.section, key)}; give --env if it is set there)`,
      });
    }
  },
};
