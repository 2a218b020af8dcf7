import { hasRolePath, mapsOrgs, skipsRoleSync } from './expressions.js';
import type { GrafanaRule } from './subject.js';
import { given, providersInUse } from './support.js';

export const noRoleSyncPlan: GrafanaRule = {
  id: 'no-role-sync-plan',
  code: 'M16',
  severity: 'warning',
  summary: 'without role_attribute_path every login sets the default role anew',
  versions: '>=10.1',
  docs: {
    why: 'From 10.1 a login that gives no role sets auto_assign_org_role, also for people who were given another role by hand: it is lost at their next login. Either map roles, or leave them alone with skip_org_role_sync.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nskip_org_role_sync = true\n',
    references: [
      'Grafana 10.1: default role at every login',
      'Grafana manual: configure generic OAuth, skip_org_role_sync',
    ],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!hasRolePath(provider) || skipsRoleSync(subject, provider) || provider.flag('role_attribute_strict'))
        continue;
      if (given(subject, provider.section, 'role_attribute_path') || mapsOrgs(subject, provider)) continue;
      const role = subject.text('users', 'auto_assign_org_role') || 'Viewer';
      report({
        ...provider.place,
        section: provider.section,
        option: 'role_attribute_path',
        message: `[${provider.section}] gives no roles, and does not leave them alone either`,
        consequence: `every login makes the person ${role}; a role given by hand is lost at the next login`,
        help: 'set skip_org_role_sync = true to keep roles given in Grafana, or map them with role_attribute_path',
        suggestions: ['skip_org_role_sync = true'],
      });
    }
  },
};
