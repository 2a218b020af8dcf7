import type { GrafanaRule } from './subject.js';
import { genericInUse, given, isOidc, items } from './support.js';

export const noEmailScope: GrafanaRule = {
  id: 'no-email-scope',
  code: 'C03',
  severity: 'warning',
  summary: 'scopes lacks email and no other source of the e-mail is named',
  docs: {
    why: 'Nobody logs in without an e-mail. OpenID providers send it with the scope email; without it Grafana asks api_url + "/emails", which hardly any has, and the login ends with a misleading 404 or "Provider didn\'t return an email address".',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    references: ['OpenID Connect Core 1.0, 5.4: scope email', 'Grafana manual: configure generic OAuth, email address'],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || provider.flag('empty_scopes') || !given(subject, provider.section, 'scopes')) return;
    const scopes = items(subject, provider, 'scopes');
    if (scopes.length === 0 || scopes.includes('email') || scopes.includes('user:email')) return;
    if (provider.text('email_attribute_path') !== '' || given(subject, provider.section, 'email_attribute_name'))
      return;
    if (isOidc(subject, provider) !== true) return;
    const better = [...scopes, 'email'].join(' ');
    report({
      ...provider.at('scopes'),
      message: `scopes of [${provider.section}] lacks email, and no email_attribute_path is set`,
      consequence: 'the identity provider sends no e-mail, and the login fails',
      help: `write scopes = ${better}, or name the claim with the address in email_attribute_path`,
      suggestions: [better],
    });
  },
};
