import type { ProviderFacts } from '../../providers/index.js';
import type { GrafanaRule, Place } from './subject.js';
import { genericInUse, given, providerBehind, refreshesTokens, scopesOf } from './support.js';

export const refreshWithoutOffline: GrafanaRule = {
  id: 'refresh-without-offline',
  code: 'C04',
  severity: 'error',
  summary: 'refresh tokens are used, but none is asked for',
  docs: {
    why: 'With use_refresh_token Grafana looks at the expiry of the access token and renews it. Where the identity provider gave no refresh token, the session ends with the access token, often after 5 to 60 minutes. Most give one only for the scope offline_access, which Grafana does not add for generic OAuth.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\nauth_url = https://acme.eu.auth0.com/authorize\ntoken_url = https://acme.eu.auth0.com/oauth/token\napi_url = https://acme.eu.auth0.com/userinfo\nuse_refresh_token = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email offline_access\nauth_url = https://acme.eu.auth0.com/authorize\ntoken_url = https://acme.eu.auth0.com/oauth/token\napi_url = https://acme.eu.auth0.com/userinfo\nuse_refresh_token = true\n',
    references: [
      'Grafana manual: configure generic OAuth, configure refresh token',
      'OpenID Connect Core 1.0, 11: offline access',
    ],
  },
  versions: '>=9.3',
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || !refreshesTokens(subject, provider)) return;
    const scopes = scopesOf(subject, provider);
    const known = providerBehind(provider);
    const { refresh } = known ?? {};
    const ends =
      'no refresh token arrives, and people are logged out when the access token ends, often after 5 to 60 minutes';
    const place: Place = given(subject, provider.section, 'use_refresh_token')
      ? provider.at('use_refresh_token')
      : { ...subject.atSetting('feature_toggles', 'enable'), section: provider.section, option: 'scopes' };
    if (refresh?.by === 'never') {
      report({
        ...place,
        message: `refresh tokens are used, but ${known!.name} gives none`,
        consequence: ends,
        help: 'write use_refresh_token = false',
        suggestions: ['false'],
      });
      return;
    }
    if (refresh?.by === 'always' || known?.id === 'github' || known?.id === 'gitea') return;
    if (refresh?.by === 'parameter') {
      const [name, value] = refresh.parameter.split('=') as [string, string];
      if (new RegExp(`[?&]${name}=${value}(&|$)`).test(provider.text('auth_url'))) return;
      report({
        ...place,
        message: `refresh tokens are used, but auth_url does not ask ${known!.name} for one with ${refresh.parameter}`,
        consequence: ends,
        help: `add it to auth_url: ${provider.text('auth_url')}?${refresh.parameter}&prompt=consent`,
      });
      return;
    }
    const wanted = refresh?.scopes ?? ['offline_access'];
    if (wanted.some((scope) => scopes.includes(scope)) || (refresh === undefined && scopes.includes('offline'))) return;
    const better = [...scopes.filter((scope) => scope !== 'user:email'), wanted[0]!].join(' ');
    report({
      ...place,
      message: `refresh tokens are used, but scopes of [${provider.section}] lacks ${wanted.join(' or ')}`,
      consequence: ends,
      help: `${advice(known)}write scopes = ${better}`,
      suggestions: [`scopes = ${better}`],
      ...(given(subject, provider.section, 'scopes')
        ? { related: [subject.related('the scopes', provider.at('scopes'))] }
        : {}),
    });
  },
};

function advice(known: ProviderFacts | undefined): string {
  return known ? `let ${known.name} give refresh tokens to this client, and ` : '';
}
