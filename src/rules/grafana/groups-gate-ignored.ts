import type { GrafanaRule } from './subject.js';
import { genericInUse, given } from './support.js';

export const groupsGateIgnored: GrafanaRule = {
  id: 'groups-gate-ignored',
  code: 'A02',
  severity: 'error',
  summary: 'generic OAuth does not know allowed_groups before 10.1: everybody may enter',
  when: ['allowed_groups'],
  docs: {
    why: 'Up to 10.0 the generic OAuth connector has no allowed_groups. The line is ignored without a word, and everybody the identity provider knows gets in.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_groups = admins\n',
    good: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\nrole_attribute_strict = true\n",
    references: ['Grafana 10.1 changelog: allowed_groups for generic OAuth'],
  },
  versions: '<10.1',
  failOpen: true,
  exampleOptions: { grafanaVersion: '9.5' },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || !given(subject, provider.section, 'allowed_groups')) return;
    report({
      ...provider.at('allowed_groups'),
      message: `allowed_groups of [${provider.section}] is not known to Grafana before 10.1`,
      consequence: 'there is no restriction: everybody the identity provider knows gets in',
      help: 'upgrade to 10.1, or let only people in for whom role_attribute_path finds a role, with role_attribute_strict = true',
      cause: `option:${provider.section}.allowed_groups`,
    });
  },
};
