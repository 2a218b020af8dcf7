import { hasRolePath, isOn, skipsRoleSync } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const skipVsAssign: GrafanaRule = {
  id: 'skip-vs-assign',
  code: 'M12',
  severity: 'error',
  summary: 'skip_org_role_sync switches allow_assign_grafana_admin off',
  versions: '>=9.4',
  when: ['skip_org_role_sync'],
  docs: {
    why: 'With skip_org_role_sync a login leaves roles alone, and with them the server-administrator flag: allow_assign_grafana_admin has no effect. The settings page of Grafana refuses the pair.',
    bad: '[auth.generic_oauth]\nenabled = true\nskip_org_role_sync = true\nallow_assign_grafana_admin = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nskip_org_role_sync = true\n',
    references: ['Grafana manual: configure generic OAuth, skip_org_role_sync', 'Grafana manual: SSO settings'],
  },
  check(subject, report) {
    for (const provider of subject.providers()) {
      if (!isOn(provider) || !hasRolePath(provider) || !skipsRoleSync(subject, provider)) continue;
      if (!provider.flag('allow_assign_grafana_admin')) continue;
      report({
        ...provider.at('allow_assign_grafana_admin'),
        message: 'allow_assign_grafana_admin has no effect with skip_org_role_sync',
        consequence: 'nobody becomes server administrator by this login, and nobody loses the flag',
        help: 'keep one of the two',
        related: [subject.related('skip_org_role_sync is on here', provider.at('skip_org_role_sync'))],
      });
    }
  },
};
