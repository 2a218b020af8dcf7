import { hasGate } from './open-sign-up.js';
import type { GrafanaRule } from './subject.js';
import { given, providersInUse } from './support.js';

export const insecureEmailLookup: GrafanaRule = {
  id: 'insecure-email-lookup',
  code: 'W13',
  severity: 'error',
  summary: 'people are matched by their e-mail address',
  when: ['oauth_allow_insecure_email_lookup'],
  docs: {
    why: 'With oauth_allow_insecure_email_lookup whoever logs in with the e-mail of an existing user becomes that user, an administrator too. Many identity providers let people choose or change their address without proof; this is CVE-2023-3128.',
    bad: '[auth]\noauth_allow_insecure_email_lookup = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[auth]\noauth_allow_insecure_email_lookup = false\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['CVE-2023-3128', 'Grafana manual: configure authentication, enable email lookup'],
  },
  versions: '>=9.5',
  failOpen: true,
  check(subject, report) {
    const key = 'oauth_allow_insecure_email_lookup';
    if (subject.flag('auth', key) !== true || !given(subject, 'auth', key)) return;
    const providers = providersInUse(subject);
    const open = providers.filter((provider) => provider.isCloud || !hasGate(subject, provider));
    const worse = [
      ...(providers.length > 1 ? [`${providers.length} identity providers can each claim any address`] : []),
      ...(open.length > 0 ? [`nothing limits who may log in with [${open[0]!.section}]`] : []),
    ];
    report({
      ...subject.atSetting('auth', key),
      message: `${key} is true`,
      consequence: `whoever logs in with somebody else's e-mail address becomes that user${worse.length > 0 ? `; worse here: ${worse.join(', and ')}` : ''}`,
      help: 'set it to false once everybody has logged in once and is known by the id of the identity provider',
      suggestions: ['false'],
    });
  },
};
