import type { GrafanaRule } from './subject.js';
import { given, items, keyOrProvider, providersInUse } from './support.js';

export const grafanaComOpen: GrafanaRule = {
  id: 'grafana-com-open',
  code: 'A12',
  severity: 'error',
  summary: 'anybody with a grafana.com account may enter',
  when: ['grafana_com', 'grafananet', 'metrics-dashboard_com'],
  docs: {
    why: 'Accounts at grafana.com are free. Without allowed_organizations each of them can log in, and with allow_sign_up (the default) becomes a user of this Grafana.',
    bad: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\nallow_sign_up = true\n',
    good: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\nallow_sign_up = true\nallowed_organizations = acme\n',
    references: ['Grafana manual: configure Grafana Cloud authentication, allowed_organizations'],
  },
  failOpen: true,
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!provider.isCloud || !provider.flag('allow_sign_up')) continue;
      // A list that is written but empty to Grafana is what malformed-json-list speaks about.
      if (items(subject, provider, 'allowed_organizations').length > 0) continue;
      if (given(subject, provider.section, 'allowed_organizations')) continue;
      report({
        ...keyOrProvider(subject, provider, 'allow_sign_up'),
        message: `[${provider.section}] has no allowed_organizations`,
        consequence: 'anybody with an account at grafana.com, which is free, gets a user of this Grafana',
        help: 'name your organization in allowed_organizations (its short name, as in its address)',
        suggestions: ['allowed_organizations = your-organization'],
      });
    }
  },
};
