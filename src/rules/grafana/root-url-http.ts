import { ownRootUrl } from './root-url-default.js';
import type { GrafanaRule, ProviderView } from './subject.js';
import { cite, providersInUse, redirectUri, rootUrl } from './support.js';
import { hostKind, urlParts } from './urls.js';

export const rootUrlHttp: GrafanaRule = {
  id: 'root-url-http',
  code: 'W02',
  severity: 'warning',
  summary: 'root_url is http while the identity provider is reached by https',
  docs: {
    why: 'The redirect URI begins with root_url. Most identity providers take http for localhost only; behind a proxy that speaks https it does not match what is registered. Where it is taken, the code crosses the network unencrypted.',
    bad: '[server]\nroot_url = http://grafana.acme.com/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/authorize\n',
    good: '[server]\nroot_url = https://grafana.acme.com/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/authorize\n',
    references: ['Grafana manual: configuration, root_url', 'RFC 9700, 4.1: redirect URIs'],
  },
  check(subject, report) {
    if (!ownRootUrl(subject)) return;
    const root = rootUrl(subject);
    const parts = urlParts(root);
    if (parts?.scheme !== 'http' || hostKind(parts.host) === 'loopback') return;
    const provider = providersInUse(subject).find(byHttps);
    if (!provider) return;
    report({
      ...subject.inSetting('server', 'root_url', 0, parts.schemePart.length),
      message: `root_url of [server] is plain http: ${cite(root)}`,
      consequence: `the redirect URI is ${cite(redirectUri(subject, provider), 120)}, which most identity providers refuse, and the code crosses the network unencrypted`,
      help: 'write https, also where a proxy in front of Grafana does the encryption',
      suggestions: [`https${root.slice(4)}`],
    });
  },
};

function byHttps(provider: ProviderView): boolean {
  return provider.isCloud || /^https:/i.test(provider.text('auth_url'));
}
