import type { GrafanaRule } from './subject.js';
import { genericInUse, given, isOidc, items, providerBehind } from './support.js';

export const noOpenid: GrafanaRule = {
  id: 'no-openid',
  code: 'C02',
  severity: 'warning',
  summary: 'scopes lacks openid although the identity provider speaks OpenID Connect',
  docs: {
    why: 'Without openid an OpenID provider sends no ID token, and many refuse UserInfo with 403. Grafana logs a failing UserInfo at debug level only; what people see is a missing e-mail or the default role.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = email profile\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid email profile\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    references: ['OpenID Connect Core 1.0, 3.1.2.1: scope openid is required'],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || provider.flag('empty_scopes') || !given(subject, provider.section, 'scopes')) return;
    const scopes = items(subject, provider, 'scopes');
    if (scopes.length === 0 || scopes.includes('openid') || scopes.includes('user:email')) return;
    if (isOidc(subject, provider) !== true) return;
    const known = providerBehind(provider);
    const better = ['openid', ...scopes].join(' ');
    report({
      ...provider.at('scopes'),
      message: `scopes of [${provider.section}] lacks openid`,
      consequence: `${known?.name ?? 'the identity provider'} sends no ID token and may refuse UserInfo: e-mail, role and groups are missing`,
      help: `write scopes = ${better}`,
      suggestions: [better],
      cause: `scopes:${provider.section}`,
    });
  },
};
