import { findPlaceholder, findUrlPlaceholder } from './placeholders.js';
import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { enumerate, given, isLiteral, items } from './support.js';
import { readUrl } from './urls.js';

export const lockOut: GrafanaRule = {
  id: 'lock-out',
  code: 'W11',
  severity: 'error',
  summary: 'the login form is off and no other way in works',
  failShut: true,
  docs: {
    why: 'Without the login form people can come in by OAuth, SAML, a proxy or a JWT only. Where none of these is enabled, or the only provider cannot work, nobody gets in, administrators neither; /login?disableAutoLogin helps only where there is a form.',
    bad: '[auth]\ndisable_login_form = true\n[auth.generic_oauth]\nenabled = false\nclient_id = grafana\n',
    good: '[auth]\ndisable_login_form = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    references: ['Grafana manual: configuration, disable_login_form'],
  },
  check(subject, report) {
    if (subject.flag('auth', 'disable_login_form') !== true) return;
    // These log people in without the form.
    const others = ['auth.saml', 'auth.proxy', 'auth.jwt', 'auth.anonymous'];
    if (others.some((section) => subject.flag(section, 'enabled') === true)) return;
    const enabled = subject.enabledProviders();
    const broken = enabled.map((provider) => ({ provider, faults: fatal(subject, provider) }));
    if (broken.some(({ faults }) => faults.length === 0)) return;
    report({
      ...subject.atSetting('auth', 'disable_login_form'),
      section: 'auth',
      option: 'disable_login_form',
      message:
        enabled.length === 0
          ? 'the login form is off, and no other way to log in is enabled'
          : `the login form is off, and ${enabled.length === 1 ? `[${enabled[0]!.section}] cannot work` : 'no enabled provider can work'}: ${enumerate(broken[0]!.faults)}`,
      consequence: 'nobody can log in, administrators neither',
      help:
        enabled.length === 0
          ? 'leave the form on until a login by a provider has worked'
          : 'leave the form on until a login by the provider has worked (auth-cli test-login)',
      related: broken.map(({ provider }) => subject.related(`[${provider.section}]`, provider.place)),
    });
  },
};

/** Reasons for which no login by a provider can succeed, as far as the file shows. */
function fatal(subject: GrafanaSubject, provider: ProviderView): string[] {
  const faults: string[] = [];
  const id = provider.text('client_id');
  if (!given(subject, provider.section, 'client_id')) faults.push('client_id is not set');
  else if (findPlaceholder(id)) faults.push('client_id is a placeholder');
  if (!provider.isCloud) {
    for (const key of ['auth_url', 'token_url']) {
      const value = provider.text(key);
      if (value === '' && !given(subject, provider.section, key)) faults.push(`${key} is not set`);
      else if (value === '' || !isLiteral(subject, provider.section, key)) continue;
      else if (findUrlPlaceholder(value)) faults.push(`${key} is a placeholder`);
      else if ('fault' in readUrl(value)) faults.push(`${key} is no address`);
    }
    if (
      provider.isGeneric &&
      subject.profile.order >= 10_001 &&
      items(subject, provider, 'allowed_groups').length > 0 &&
      !given(subject, provider.section, 'groups_attribute_path')
    )
      faults.push('allowed_groups has no groups_attribute_path');
    if (
      provider.isGeneric &&
      provider.flag('role_attribute_strict') &&
      !given(subject, provider.section, 'role_attribute_path') &&
      !given(subject, provider.section, 'org_mapping')
    )
      faults.push('role_attribute_strict has no role_attribute_path');
  }
  if (subject.text('security', 'cookie_samesite') === 'strict') faults.push('cookie_samesite is strict');
  return faults;
}
