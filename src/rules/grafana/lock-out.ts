import { autoLogins } from './auto-login.js';
import { shutReasons } from './shut-reasons.js';
import type { GrafanaReport, GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { enumerate, unknownPart } from './support.js';

export const lockOut: GrafanaRule = {
  id: 'lock-out',
  code: 'W11',
  severity: 'error',
  summary: 'the login form is off and no other way in works',
  failShut: true,
  when: ['disable_login_form', 'auto_login'],
  docs: {
    why: 'Without the login form people can come in by OAuth, SAML, a proxy or a JWT only. Where none of these is enabled, or the only provider cannot work, nobody gets in, administrators neither; /login?disableAutoLogin helps only where there is a form.',
    bad: '[auth]\ndisable_login_form = true\n[auth.generic_oauth]\nenabled = false\nclient_id = grafana\n',
    good: '[auth]\ndisable_login_form = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    references: ['Grafana manual: configuration, disable_login_form'],
  },
  check(subject, report) {
    // These log people in without the form.
    const others = ['auth.saml', 'auth.proxy', 'auth.jwt', 'auth.anonymous'];
    if (others.some((section) => subject.flag(section, 'enabled') === true)) return;
    const enabled = subject.enabledProviders();
    if (subject.flag('auth', 'disable_login_form') !== true) return skippedForm(subject, enabled, report);
    const shut = enabled.map((provider) => ({ provider, reasons: shutReasons(subject, provider) }));
    if (shut.some(({ reasons }) => reasons.length === 0)) return;
    const undecided = subject.providers().some((one) => unknownPart(subject, one, 'enabled') !== undefined);
    if (undecided) return;
    report({
      ...subject.atSetting('auth', 'disable_login_form'),
      section: 'auth',
      option: 'disable_login_form',
      message:
        enabled.length === 0
          ? 'the login form is off, and no other way to log in is enabled'
          : `the login form is off, and ${enabled.length === 1 ? `[${enabled[0]!.section}] cannot work` : 'no enabled provider can work'}: ${enumerate(shut[0]!.reasons.map(({ message }) => message))}`,
      consequence: 'nobody can log in, administrators neither',
      help:
        enabled.length === 0
          ? 'leave the form on until a login by a provider has worked'
          : 'leave the form on until a login by the provider has worked (auth-cli test-login)',
      related: shut.map(({ provider }) => subject.related(`[${provider.section}]`, provider.place)),
    });
  },
};

/** The form is there, but the login page sends everybody to a provider that lets nobody in. */
function skippedForm(subject: GrafanaSubject, enabled: readonly ProviderView[], report: GrafanaReport): void {
  const [only, second] = enabled.filter((provider) => provider.flag('auto_login'));
  const [reason] = only && !second ? shutReasons(subject, only) : [];
  if (!only || !reason || autoLogins(subject).length !== 1) return;
  report({
    ...only.at('auto_login'),
    severity: 'warning',
    message: `auto_login sends everybody to [${only.section}], which lets nobody in: ${reason.message}`,
    consequence: 'people do not see the login form, and every login fails; the form is at /login?disableAutoLogin only',
    help: 'turn auto_login on when a login by the provider has worked (auth-cli test-login)',
    failShut: false,
    related: [subject.related(reason.message, reason)],
  });
}
