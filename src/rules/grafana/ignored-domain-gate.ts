import type { GrafanaRule } from './subject.js';
import { given, providersInUse } from './support.js';

export const ignoredDomainGate: GrafanaRule = {
  id: 'ignored-domain-gate',
  code: 'A11',
  severity: 'error',
  summary: 'the grafana.com login does not look at allowed_domains',
  when: ['allowed_domains'],
  docs: {
    why: 'The connector for grafana.com accepts every e-mail address. Whoever relies on allowed_domains there lets in everybody who passes allowed_organizations, and without that everybody with a grafana.com account.',
    bad: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\nallowed_domains = acme.com\n',
    good: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\nallowed_organizations = acme\n',
    references: ['Grafana: the grafana.com connector answers every question about an e-mail with yes'],
  },
  failOpen: true,
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!provider.isCloud || !given(subject, provider.section, 'allowed_domains')) continue;
      report({
        ...provider.at('allowed_domains'),
        message: `allowed_domains is not looked at in [${provider.section}]`,
        consequence: 'people of every e-mail domain get in',
        help: 'name your organization at grafana.com in allowed_organizations',
        cause: `option:${provider.section}.allowed_domains`,
      });
    }
  },
};
