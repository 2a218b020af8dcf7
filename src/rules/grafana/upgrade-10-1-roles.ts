import { readBoolean } from '../../settings/read.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';

export const upgrade101Roles: GrafanaRule = {
  id: 'upgrade-10-1-roles',
  code: 'D09',
  severity: 'info',
  summary: 'written for 10.0 or older: from 10.1 roles are set anew at every login',
  versions: '>=10.1',
  when: ['oauth_skip_org_role_update_sync', 'accessTokenExpirationCheck', 'send_client_credentials_via_post'],
  docs: {
    why: 'Up to 10.0 Grafana left the role of a person alone where the provider gave none. From 10.1 it sets auto_assign_org_role at every login then, so roles given by hand are lost. Options that only older versions know show that a file was written for them.',
    bad: '[auth]\noauth_skip_org_role_update_sync = true\n\n[auth.generic_oauth]\nenabled = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nskip_org_role_sync = true\n',
    references: ['Grafana 10.1: default role at every login'],
  },
  check(subject, report) {
    const sign = oldOption(subject);
    if (sign === undefined) return;
    for (const provider of subject.enabledProviders()) {
      if (!provider.isGeneric || provider.flag('skip_org_role_sync') || provider.isSet('role_attribute_path')) continue;
      if (provider.isSet('org_mapping')) continue;
      report({
        ...provider.place,
        message: `${sign} shows that this was written for Grafana 10.0 or older`,
        consequence: `from 10.1 every login sets the role to ${subject.text('users', 'auto_assign_org_role') || 'the default'}: roles given by hand are lost`,
        help: 'set skip_org_role_sync = true to keep them, or map roles with role_attribute_path',
      });
    }
  },
};

/** An option in use that no version from 11.0 on acts upon. */
function oldOption(subject: GrafanaSubject): string | undefined {
  const skip = subject.writes('auth', 'oauth_skip_org_role_update_sync').some(({ value }) => readBoolean(value));
  if (skip) return 'oauth_skip_org_role_update_sync';
  const toggles = subject
    .entries()
    .some(
      ({ section, key, value }) =>
        section === 'feature_toggles' && `${key} ${value}`.includes('accessTokenExpirationCheck'),
    );
  if (toggles) return 'accessTokenExpirationCheck';
  if (subject.entries().some(({ key }) => key === 'send_client_credentials_via_post'))
    return 'send_client_credentials_via_post';
  return undefined;
}
