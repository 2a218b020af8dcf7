import { readBoolean } from '../../settings/read.js';
import type { GrafanaRule } from './subject.js';

export const oauthAutoLogin: GrafanaRule = {
  id: 'oauth-auto-login',
  code: 'D01',
  severity: 'warning',
  summary: '[auth] oauth_auto_login is deprecated',
  versions: '>=9.4',
  when: ['oauth_auto_login'],
  docs: {
    why: 'Automatic login is set per provider since 9.4. The global switch still works, with a warning at every start, and counts every enabled provider where none has auto_login.',
    bad: '[auth]\noauth_auto_login = true\n',
    good: '[auth.generic_oauth]\nauto_login = true\n',
    references: ['PR #61685'],
  },
  check(subject, report) {
    if (!subject.isSet('auth', 'oauth_auto_login') || !readBoolean(subject.text('auth', 'oauth_auto_login'))) return;
    report({
      ...subject.atSetting('auth', 'oauth_auto_login'),
      message: 'oauth_auto_login of [auth] is deprecated since 9.4',
      consequence: 'Grafana logs a warning at every start',
      help: 'set auto_login = true in the section of the provider and delete this line',
    });
  },
};
