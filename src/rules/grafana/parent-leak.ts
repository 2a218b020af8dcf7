import { findOption } from '../../settings/catalog.js';
import type { GrafanaRule } from './subject.js';

export const parentLeak: GrafanaRule = {
  id: 'parent-leak',
  code: 'N08',
  severity: 'error',
  summary: 'a key of [auth] in a provider section changes [auth] for everyone',
  docs: {
    why: 'Where the defaults of a provider lack a key that [auth] has, Grafana writes the value of the provider section into [auth]. disable_login_form = true in [auth.generic_oauth] hides the password form of the whole server.',
    bad: '[auth.generic_oauth]\nenabled = true\ndisable_login_form = true\n',
    good: '[auth]\ndisable_login_form = true\n\n[auth.generic_oauth]\nenabled = true\n',
    references: ['go-ini 1.67: a key is looked up in the parent section', 'observed in 9.4 to 13'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const { section, key } = written;
      if (!section.startsWith('auth.')) continue;
      // This name is read as the cloud section, whose options have a place of their own.
      if (section === 'auth.metrics-dashboard_com' && findOption(section, key)) continue;
      const parent = subject.config.get('auth', key);
      if (!parent) continue;
      if (![parent.origin, ...parent.overrides].some((one) => one.entry === written.entry && one.writtenIn === section))
        continue;
      report({
        ...subject.atKey(written),
        message: `${key} in [${section}] overwrites ${key} of [auth]`,
        consequence: `it holds for the whole server, not for this provider: ${EFFECT[key] ?? `${key} of [auth] has this value now`}`,
        help: 'move it to [auth] if that is meant, else delete it',
        cause: `line:${section}.${key}`,
      });
    }
  },
};

const EFFECT: Readonly<Record<string, string>> = {
  disable_login_form: 'the form for user name and password is hidden from everyone',
  disable_login: 'the login of the whole server is affected',
  oauth_auto_login: 'people are sent to a provider without seeing the login page',
  signout_redirect_url: 'everyone is sent there after signing out',
  disable_signout_menu: 'nobody sees the sign-out entry',
};
