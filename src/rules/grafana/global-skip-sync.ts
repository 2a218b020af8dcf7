import { existsIn, findOption } from '../../settings/catalog.js';
import { readBoolean } from '../../settings/read.js';
import type { GrafanaRule } from './subject.js';

const KEY = 'oauth_skip_org_role_update_sync';

export const globalSkipSync: GrafanaRule = {
  id: 'global-skip-sync',
  code: 'D02',
  severity: 'warning',
  summary: '[auth] oauth_skip_org_role_update_sync is deprecated, and ignored from 11.0',
  versions: '>=9.4',
  when: ['oauth_skip_org_role_update_sync'],
  docs: {
    why: 'The global switch kept roles set by hand. From 11.0 Grafana ignores it: at the next login every role is what the provider says, or the default.',
    bad: '[auth]\noauth_skip_org_role_update_sync = true\n',
    good: '[auth.generic_oauth]\nskip_org_role_sync = true\n',
    references: ['PR #84972', 'PR #62418'],
  },
  check(subject, report) {
    if (!subject.isSet('auth', KEY) && subject.writes('auth', KEY).length === 0) return;
    const isOn =
      readBoolean(subject.text('auth', KEY)) === true ||
      subject.writes('auth', KEY).some(({ value }) => readBoolean(value));
    if (!isOn) return;
    const works = existsIn(findOption('auth', KEY)!, subject.profile.order);
    report({
      ...subject.atSetting('auth', KEY),
      ...(works ? {} : { severity: 'error' as const, failOpen: true }),
      message: works
        ? `${KEY} is deprecated, and ignored from 11.0`
        : `Grafana ${subject.profile.asked} ignores ${KEY}`,
      consequence: works
        ? 'after an upgrade roles set by hand are replaced at the next login'
        : 'roles are synchronised at every login: those set by hand are replaced by what the provider says, or by the default',
      help: 'set skip_org_role_sync = true in the section of each provider',
    });
  },
};
