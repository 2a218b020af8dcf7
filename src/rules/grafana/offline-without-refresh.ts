import type { GrafanaRule } from './subject.js';
import { given, listOf, providersInUse, refreshesTokens } from './support.js';

export const offlineWithoutRefresh: GrafanaRule = {
  id: 'offline-without-refresh',
  code: 'C05',
  severity: 'warning',
  summary: 'offline_access is asked for, but refresh tokens are not used',
  when: ['offline_access'],
  docs: {
    why: 'The identity provider asks people for lasting access and hands out a refresh token that Grafana never uses: the expiry of the access token is not looked at without use_refresh_token.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email offline_access\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email offline_access\nuse_refresh_token = true\n',
    references: [
      'Grafana manual: configure generic OAuth, use_refresh_token',
      'OpenID Connect Core 1.0, 11: offline access',
    ],
  },
  versions: '>=10.1',
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (provider.isCloud || !given(subject, provider.section, 'scopes') || provider.flag('empty_scopes')) continue;
      const scope = listOf(subject, provider, 'scopes').items.find((item) => item.text === 'offline_access');
      if (!scope || refreshesTokens(subject, provider)) continue;
      const toggled = subject.profile.order < 10_003;
      report({
        ...provider.within('scopes', scope.at, scope.length),
        message: `scopes of [${provider.section}] asks for offline_access, but refresh tokens are not used`,
        consequence: 'people grant lasting access, and the refresh token that comes of it is never used',
        help: toggled
          ? 'write use_refresh_token = true and enable the feature toggle accessTokenExpirationCheck, or drop the scope'
          : 'write use_refresh_token = true, or drop the scope',
        suggestions: ['use_refresh_token = true'],
      });
    }
  },
};
