import { autoLogins } from './auto-login.js';
import type { GrafanaRule } from './subject.js';
import { enumerate } from './support.js';

export const twoAutoLogins: GrafanaRule = {
  id: 'two-auto-logins',
  code: 'W09',
  severity: 'warning',
  summary: 'more than one provider has auto_login',
  when: ['auto_login'],
  docs: {
    why: 'Grafana can skip its login page for one provider only. Where several ask for it none gets it; the log has a warning, people see the login page.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauto_login = true\n[auth.google]\nenabled = true\nclient_id = 77-abc.apps.googleusercontent.com\nauto_login = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauto_login = true\n[auth.google]\nenabled = true\nclient_id = 77-abc.apps.googleusercontent.com\n',
    references: ['Grafana manual: configure generic OAuth, configure automatic login'],
  },
  versions: '>=9.4',
  check(subject, report) {
    const asking = autoLogins(subject);
    if (asking.length < 2) return;
    const last = asking[asking.length - 1]!;
    report({
      ...last.place,
      message: `auto_login is true for ${enumerate(asking.map(({ section }) => `[${section}]`))}`,
      consequence: 'none of them is started by itself; people see the login page',
      help: 'keep it for one of them',
      related: asking.slice(0, -1).map(({ section, place }) => subject.related(`auto_login of [${section}]`, place)),
    });
  },
};
