import { hasRolePath, isOn, mapsOrgs, skipsRoleSync } from './expressions.js';
import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { enumerate, given } from './support.js';

export const skipVsRolePath: GrafanaRule = {
  id: 'skip-vs-role-path',
  code: 'M13',
  severity: 'warning',
  summary: 'skip_org_role_sync leaves role_attribute_path, role_attribute_strict and org_mapping without effect',
  versions: '>=9.4',
  when: ['skip_org_role_sync'],
  docs: {
    why: 'With skip_org_role_sync Grafana neither evaluates the role expression nor the organization mapping, and role_attribute_strict refuses nobody: who was to be kept out by it comes in.',
    bad: "[auth.generic_oauth]\nenabled = true\nskip_org_role_sync = true\nrole_attribute_strict = true\nrole_attribute_path = is_admin && 'Admin'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_strict = true\nrole_attribute_path = is_admin && 'Admin'\n",
    references: ['Grafana manual: configure generic OAuth, skip_org_role_sync'],
  },
  check(subject, report) {
    for (const provider of subject.providers()) {
      if (!isOn(provider) || !hasRolePath(provider) || !skipsRoleSync(subject, provider)) continue;
      const keys = withoutEffect(subject, provider);
      if (keys.length === 0) continue;
      const strict = keys.includes('role_attribute_strict');
      report({
        ...provider.at('skip_org_role_sync'),
        message: `skip_org_role_sync leaves ${enumerate(keys)} without effect`,
        consequence: `roles stay as they are in Grafana; new users get auto_assign_org_role${strict ? ', and nobody is refused for lack of a role' : ''}`,
        help: `drop skip_org_role_sync to map roles, or drop ${enumerate(keys)}`,
        ...(strict ? { failOpen: true } : {}),
        related: keys.map((key) => subject.related(`${key} is set here`, provider.at(key))),
      });
    }
  },
};

function withoutEffect(subject: GrafanaSubject, provider: ProviderView): readonly string[] {
  return [
    ...(given(subject, provider.section, 'role_attribute_path') ? ['role_attribute_path'] : []),
    ...(provider.flag('role_attribute_strict') ? ['role_attribute_strict'] : []),
    ...(mapsOrgs(subject, provider) ? ['org_mapping'] : []),
  ];
}
