import type { GrafanaRule } from './subject.js';
import { genericInUse, given, items } from './support.js';

export const groupsGateWithoutPath: GrafanaRule = {
  id: 'groups-gate-without-path',
  code: 'A01',
  severity: 'error',
  summary: 'allowed_groups without groups_attribute_path keeps everybody out',
  failShut: true,
  when: ['allowed_groups'],
  docs: {
    why: 'Generic OAuth finds the groups of a person with groups_attribute_path. Without it nobody has a group, so nobody is in an allowed one, and every login ends with "user not a member of one of the required groups".',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_groups = admins\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_groups = admins\ngroups_attribute_path = groups\n',
    references: ['Grafana manual: configure generic OAuth, allowed_groups and groups_attribute_path'],
  },
  versions: '>=10.1',
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || items(subject, provider, 'allowed_groups').length === 0) return;
    if (provider.text('groups_attribute_path') !== '' || given(subject, provider.section, 'groups_attribute_path'))
      return;
    report({
      ...provider.at('allowed_groups'),
      message: 'allowed_groups is set, but groups_attribute_path is not',
      consequence: 'nobody has a group, so everybody is refused: "user not a member of one of the required groups"',
      help: 'name the claim with the groups, for example groups_attribute_path = groups',
      suggestions: ['groups_attribute_path = groups'],
    });
  },
};
