import type { GrafanaRule } from './subject.js';
import { given, providersInUse } from './support.js';

export const emptyScopesConflict: GrafanaRule = {
  id: 'empty-scopes-conflict',
  code: 'C06',
  severity: 'warning',
  summary: 'empty_scopes is true, so the scopes that are set are not asked for',
  when: ['empty_scopes'],
  docs: {
    why: 'empty_scopes wins: Grafana leaves the parameter scope out of its request, whatever scopes says.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid email\nempty_scopes = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid email\n',
    references: ['Grafana manual: configure generic OAuth, empty_scopes'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!provider.flag('empty_scopes') || !given(subject, provider.section, 'scopes')) continue;
      if (provider.text('scopes') === '') continue;
      report({
        ...provider.at('empty_scopes'),
        message: `empty_scopes of [${provider.section}] is true although scopes is set`,
        consequence:
          'no scope is asked for: the identity provider gives what it gives by default, often neither ID token nor e-mail',
        help: 'delete one of the two lines',
        related: [subject.related('these scopes are not asked for', provider.at('scopes'))],
      });
    }
  },
};
