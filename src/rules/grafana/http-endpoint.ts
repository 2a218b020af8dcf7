import { ENDPOINT_KEYS, endpoints } from './endpoints.js';
import type { GrafanaRule } from './subject.js';
import { hostKind, urlParts } from './urls.js';

export const httpEndpoint: GrafanaRule = {
  id: 'http-endpoint',
  code: 'R05',
  severity: 'error',
  summary: 'an address of the identity provider begins with http://',
  docs: {
    why: 'Over plain http everybody on the way reads the client secret, the code and the tokens, and can change them. Grafana does not check the signature of the ID token (before 12.4 it cannot), so whoever changes it can log in as anybody.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ntoken_url = http://login.acme.com/token\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\ntoken_url = https://login.acme.com/token\n',
    references: ['RFC 6749, 3.1 and 3.2: TLS is required', 'RFC 9700: OAuth 2.0 security best current practice'],
  },
  check(subject, report) {
    for (const { provider, key, value } of endpoints(subject, ENDPOINT_KEYS)) {
      const parts = urlParts(value);
      if (parts?.scheme !== 'http') continue;
      const kind = hostKind(parts.host);
      const near = kind !== 'public';
      report({
        ...provider.within(key, 0, parts.schemePart.length),
        severity: near ? 'warning' : 'error',
        message: `${key} of [${provider.section}] uses plain http${near ? ` (to "${parts.host}")` : ''}`,
        consequence: `${CROSSES[key]} unencrypted${kind === 'loopback' ? '; harmless as long as it stays on this machine' : kind === 'internal' ? ' through the internal network' : ''}`,
        help: `use https: ${key} = https${value.slice(value.indexOf(':'))}`,
        suggestions: [`https${value.slice(value.indexOf(':'))}`],
      });
    }
  },
};

const CROSSES: Readonly<Record<string, string>> = {
  auth_url: 'what people type at the login page, and the code, travel',
  token_url: 'the client secret and the tokens travel',
  api_url: "the access token and the person's data travel",
  teams_url: 'the access token travels',
  jwk_set_url: 'the keys that ID tokens are checked with travel',
};
