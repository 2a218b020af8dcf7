import { autoLogins } from './auto-login.js';
import type { GrafanaRule } from './subject.js';

export const autoLoginLottery: GrafanaRule = {
  id: 'auto-login-lottery',
  code: 'W10',
  severity: 'error',
  summary: 'oauth_auto_login together with auto_login of one of several providers',
  when: ['oauth_auto_login'],
  docs: {
    why: 'With the old switch [auth] oauth_auto_login and auto_login at exactly one of several enabled providers Grafana starts one of all enabled providers, whichever comes first in an order that changes: people end now at the one, now at the other.',
    bad: '[auth]\noauth_auto_login = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauto_login = true\n[auth.google]\nenabled = true\nclient_id = 77-abc.apps.googleusercontent.com\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauto_login = true\n[auth.google]\nenabled = true\nclient_id = 77-abc.apps.googleusercontent.com\n',
    references: [
      'Grafana: the redirect of the login page takes the first provider of a map while oauth_auto_login is on',
    ],
  },
  versions: '>=9.4',
  check(subject, report) {
    if (subject.flag('auth', 'oauth_auto_login') !== true) return;
    const enabled = subject.enabledProviders();
    const [only, ...more] = autoLogins(subject);
    if (enabled.length < 2 || !only || more.length > 0) return;
    report({
      ...subject.atSetting('auth', 'oauth_auto_login'),
      message: `oauth_auto_login is true, auto_login of [${only.section}] too, and ${enabled.length} providers are enabled`,
      consequence: `people are sent to any of the ${enabled.length} providers, a different one from time to time`,
      help: `delete oauth_auto_login; auto_login of [${only.section}] is enough`,
      suggestions: ['oauth_auto_login = false'],
      related: [subject.related(`auto_login of [${only.section}]`, only.place)],
    });
  },
};
