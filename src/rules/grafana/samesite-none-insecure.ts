import type { GrafanaRule } from './subject.js';
import { providersInUse } from './support.js';

export const samesiteNoneInsecure: GrafanaRule = {
  id: 'samesite-none-insecure',
  code: 'W08',
  severity: 'error',
  summary: 'cookie_samesite = none without cookie_secure',
  failShut: true,
  when: ['cookie_samesite'],
  docs: {
    why: 'Browsers refuse a cookie with SameSite=None that is not secure. Grafana loses the state cookie and the session cookie, and the login ends with "Missing saved oauth state".',
    bad: '[security]\ncookie_samesite = none\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[security]\ncookie_samesite = none\ncookie_secure = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: [
      'Grafana manual: configuration, cookie_samesite and cookie_secure',
      'RFC 6265bis, 5.7: storage of SameSite=None cookies',
    ],
  },
  versions: '>=6.0',
  check(subject, report) {
    if (providersInUse(subject).length === 0 || subject.text('security', 'cookie_samesite') !== 'none') return;
    if (subject.flag('security', 'cookie_secure') === true) return;
    report({
      ...subject.atSetting('security', 'cookie_samesite'),
      message: 'cookie_samesite is "none", but cookie_secure is not true',
      consequence: 'browsers refuse such cookies, and the login ends with "Missing saved oauth state"',
      help: 'write cookie_secure = true (Grafana must then be opened by https), or cookie_samesite = lax',
      suggestions: ['cookie_secure = true'],
    });
  },
};
