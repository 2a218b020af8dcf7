import { readBoolean } from '../../settings/read.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';
import { given, providersInUse } from './support.js';

export const signUpOffFirstUser: GrafanaRule = {
  id: 'sign-up-off-first-user',
  code: 'A14',
  severity: 'info',
  summary: 'sign-up is off for every provider, so new people cannot log in',
  docs: {
    why: 'With allow_sign_up = false only people Grafana already knows get in. A user made by hand or by invitation is not recognised by e-mail since 9.5.5 and 10.0.1, unless oauth_allow_insecure_email_lookup is on; so without LDAP, SAML, SCIM or the like nobody is ever known, and everybody is refused with "Sign up is disabled".',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallow_sign_up = false\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallow_sign_up = true\nallowed_domains = acme.com\n',
    references: [
      'Grafana manual: configure generic OAuth, allow_sign_up',
      'CVE-2023-3128: people are no longer matched by e-mail',
    ],
  },
  check(subject, report) {
    const providers = providersInUse(subject);
    if (providers.length === 0 || providers.some((provider) => provider.flag('allow_sign_up'))) return;
    if (provisionedOtherwise(subject)) return;
    for (const provider of providers) {
      const written = provider.setting('allow_sign_up');
      if (!written || readBoolean(written.interpolated) !== false || !given(subject, provider.section, 'allow_sign_up'))
        continue;
      const matched =
        subject.profile.order < 9_005 || subject.flag('auth', 'oauth_allow_insecure_email_lookup') === true;
      report({
        ...provider.at('allow_sign_up'),
        message: `allow_sign_up of [${provider.section}] is false, and nothing else here makes users`,
        consequence: matched
          ? 'whoever has no Grafana user with the same e-mail yet is refused: "Sign up is disabled"'
          : 'whoever has not logged in this way before is refused with "Sign up is disabled", also somebody who was invited or added by hand, since people are not matched by e-mail',
        help: 'switch sign-up on and name who may enter (allowed_domains, allowed_groups), or make users by LDAP, SAML or SCIM',
      });
    }
  },
};

function provisionedOtherwise(subject: GrafanaSubject): boolean {
  const on = (section: string, key = 'enabled') => subject.flag(section, key) === true;
  return (
    on('auth.ldap') ||
    on('auth.saml') ||
    on('auth.proxy') ||
    on('auth.jwt', 'auto_sign_up') ||
    on('auth.scim', 'user_sync_enabled') ||
    on('auth.scim')
  );
}
