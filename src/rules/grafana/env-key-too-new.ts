import { existsIn } from '../../settings/catalog.js';
import { optionOfVariable } from '../../settings/env-option.js';
import { isGate } from './gates.js';
import type { GrafanaRule } from './subject.js';

export const envKeyTooNew: GrafanaRule = {
  id: 'env-key-too-new',
  code: 'E02',
  severity: 'error',
  summary: 'a variable for an option that is in neither the defaults nor the file',
  when: ['GF_'],
  docs: {
    why: 'A variable sets only keys that stand in the defaults.ini of that version or in the configuration file. For a newer key it is never looked at, unless the file has the key too.',
    bad: '[auth.generic_oauth]\nenabled = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nvalidate_id_token = false\n',
    references: ['Grafana manual: override configuration with environment variables', 'PR #68364'],
  },
  exampleOptions: { env: { GF_AUTH_GENERIC_OAUTH_VALIDATE_ID_TOKEN: 'true' } },
  check(subject, report) {
    const { order, asked } = subject.profile;
    for (const { variable, reason } of subject.config.ignored) {
      const option = reason === 'no-such-key' ? optionOfVariable(variable) : undefined;
      // SAML is not in the public defaults, and toggles have ways of their own: nothing is known about either.
      if (!option || option.section === 'auth.saml' || option.section === 'feature_toggles') continue;
      const exists = existsIn(option, order);
      const gone = !exists && order >= option.untilOrder;
      // Under its second name the cloud login has defaults in the builds that carry that name.
      const isAlias = option.section === 'auth.metrics-dashboard_com';
      report({
        ...subject.atVariable(variable, 'name'),
        section: option.section,
        option: option.key,
        ...(isAlias ? { severity: 'info' as const } : {}),
        message: exists
          ? `the defaults of Grafana ${asked} lack ${option.key}, so ${variable} alone does not set it`
          : `Grafana ${asked} has no ${option.key} in [${option.section}]`,
        consequence: 'Grafana never looks at the variable',
        help: exists
          ? `write "${option.key} = …" in [${option.section}] of the file, with any value; the variable then overrides it`
          : gone
            ? `the option was removed in ${option.until}${option.replacedBy ? `; use ${option.replacedBy}` : ''}`
            : `the option exists from ${option.since} on`,
        ...(isGate(option.key) && !isAlias ? { failOpen: true } : {}),
      });
    }
  },
};
