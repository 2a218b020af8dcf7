import type { GrafanaRule } from './subject.js';

const TOGGLE = 'accessTokenExpirationCheck';

export const expiryToggle: GrafanaRule = {
  id: 'expiry-toggle',
  code: 'D03',
  severity: 'warning',
  summary: 'the feature toggle accessTokenExpirationCheck no longer exists',
  versions: '>=10.3',
  when: ['accessTokenExpirationCheck'],
  docs: {
    why: 'Up to 10.2 the toggle made Grafana check the end of access tokens and use refresh tokens. From 10.3 it is unknown, and use_refresh_token of the provider alone decides.',
    bad: '[feature_toggles]\nenable = accessTokenExpirationCheck\n',
    good: '[auth.generic_oauth]\nscopes = openid profile email offline_access\nuse_refresh_token = true\n',
    references: ['Grafana 10.3: toggle removed'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if (written.section !== 'feature_toggles') continue;
      const at = written.key === 'enable' ? new RegExp(`(?<![\\w])${TOGGLE}(?![\\w])`).exec(written.value) : null;
      if (written.key !== TOGGLE && !at) continue;
      report({
        ...(at ? subject.inValue(written, at.index, TOGGLE.length) : subject.atKey(written)),
        message: `the feature toggle ${TOGGLE} does not exist from 10.3 on`,
        consequence: 'it has no effect: without use_refresh_token the end of access tokens is not checked',
        help: 'set use_refresh_token = true in the section of the provider',
      });
    }
  },
};
