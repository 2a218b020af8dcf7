import { ownRootUrl } from './root-url-default.js';
import type { GrafanaRule } from './subject.js';
import { cite, providersInUse, rootUrl } from './support.js';
import { hostKind, urlParts } from './urls.js';

export const cookieSecureHttp: GrafanaRule = {
  id: 'cookie-secure-http',
  code: 'W06',
  severity: 'error',
  summary: 'cookie_secure is true although root_url is http',
  when: ['cookie_secure'],
  docs: {
    why: 'A secure cookie is kept and sent over https only. People who come by http lose the state cookie, and the login ends with "Missing saved oauth state"; those who come by https are sent back to the http address of root_url.',
    bad: '[server]\nroot_url = http://grafana.acme.com/\n[security]\ncookie_secure = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[server]\nroot_url = https://grafana.acme.com/\n[security]\ncookie_secure = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['Grafana manual: configuration, cookie_secure', 'RFC 6265, 4.1.2.5: the Secure attribute'],
  },
  versions: '>=6.0',
  check(subject, report) {
    if (providersInUse(subject).length === 0 || subject.flag('security', 'cookie_secure') !== true) return;
    const parts = urlParts(rootUrl(subject));
    if (parts?.scheme !== 'http') return;
    const local = hostKind(parts.host) === 'loopback';
    // root-url-default speaks about a root_url nobody set.
    if (!ownRootUrl(subject)) return;
    report({
      ...subject.atSetting('security', 'cookie_secure'),
      severity: local ? 'warning' : 'error',
      message: `cookie_secure is true, but root_url is plain http: ${cite(rootUrl(subject))}`,
      consequence: local
        ? 'some browsers (Safari) drop the state cookie on http://localhost, and the login ends with "Missing saved oauth state"'
        : 'browsers drop the state cookie over http, and the login ends with "Missing saved oauth state"',
      ...(local ? {} : { failShut: true }),
      help: 'write https in root_url where a proxy does the encryption; otherwise cookie_secure = false',
      related: [subject.related('root_url', subject.atSetting('server', 'root_url'))],
    });
  },
};
