import type { GrafanaRule } from './subject.js';
import { cite, given, providersInUse, rootUrl } from './support.js';
import { hostKind, urlParts } from './urls.js';

export const rootUrlDomain: GrafanaRule = {
  id: 'root-url-domain',
  code: 'W04',
  severity: 'warning',
  summary: 'enforce_domain sends people to another host than root_url',
  when: ['enforce_domain'],
  docs: {
    why: 'With enforce_domain Grafana redirects every request to the host in domain. Where root_url names another one, people come back from the identity provider to a host they are sent away from: a redirect loop, or the state cookie is missing because it belongs to the other host.',
    bad: '[server]\ndomain = grafana.acme.com\nenforce_domain = true\nroot_url = https://www.acme.com/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[server]\ndomain = grafana.acme.com\nenforce_domain = true\nroot_url = https://grafana.acme.com/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['Grafana manual: configuration, domain and enforce_domain'],
  },
  check(subject, report) {
    if (providersInUse(subject).length === 0 || subject.flag('server', 'enforce_domain') !== true) return;
    const parts = urlParts(rootUrl(subject));
    const domain = subject.text('server', 'domain').toLowerCase();
    if (!parts || !given(subject, 'server', 'root_url') || domain === '' || parts.host === domain) return;
    // root-url-default speaks about a root_url left at localhost.
    if (hostKind(parts.host) === 'loopback') return;
    report({
      ...subject.inSetting('server', 'root_url', parts.hostPart.at, parts.hostPart.length),
      message: `root_url is on ${cite(parts.host)}, but enforce_domain sends everybody to ${cite(domain)}`,
      consequence:
        'people come back from the identity provider to a host they are sent away from: a redirect loop, or "missing saved state" since the cookie belongs to the other host',
      help: 'write the same host into domain and root_url, or switch enforce_domain off',
      related: [subject.related('domain', subject.atSetting('server', 'domain'))],
    });
  },
};
