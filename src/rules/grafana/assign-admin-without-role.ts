import { hasRolePath, isOn, roleOf, rolePathOf, skipsRoleSync } from './expressions.js';
import type { GrafanaRule } from './subject.js';
import { given } from './support.js';

export const assignAdminWithoutRole: GrafanaRule = {
  id: 'assign-admin-without-role',
  code: 'M11',
  severity: 'warning',
  summary: 'allow_assign_grafana_admin without an expression that can give GrafanaAdmin takes the flag away',
  versions: '>=10.1',
  when: ['allow_assign_grafana_admin'],
  docs: {
    why: 'From 10.1 a login sets the server-administrator flag where allow_assign_grafana_admin is on: on for GrafanaAdmin, off for everybody else, also for administrators made by hand. Where the expression never gives GrafanaAdmin, every login takes the flag away.',
    bad: "[auth.generic_oauth]\nenabled = true\nallow_assign_grafana_admin = true\nrole_attribute_path = is_root && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nallow_assign_grafana_admin = true\nrole_attribute_path = is_root && 'GrafanaAdmin' || 'Viewer'\n",
    references: ['Grafana manual: configure generic OAuth, map server administrator privileges'],
  },
  check(subject, report) {
    for (const provider of subject.providers()) {
      if (!isOn(provider) || !hasRolePath(provider) || !provider.flag('allow_assign_grafana_admin')) continue;
      if (skipsRoleSync(subject, provider)) continue;
      const path = rolePathOf(subject, provider);
      if (path === undefined) {
        // An expression nothing is known of may give anything; without one and with strict, nobody gets in anyway.
        if (given(subject, provider.section, 'role_attribute_path') || provider.flag('role_attribute_strict')) continue;
      } else {
        if (path.reading === undefined || path.reading.open || path.reading.alwaysFails) continue;
        if (path.reading.texts.some(({ value }) => roleOf(subject, value).grafanaAdmin)) continue;
      }
      report({
        ...provider.at('allow_assign_grafana_admin'),
        message:
          path === undefined
            ? 'allow_assign_grafana_admin is on, but there is no role_attribute_path'
            : 'allow_assign_grafana_admin is on, but role_attribute_path never gives GrafanaAdmin',
        consequence: 'server administrators lose the flag at their next login by this provider',
        help: "let the expression give 'GrafanaAdmin' to those who are to be server administrators, or drop allow_assign_grafana_admin",
        ...(path === undefined ? {} : { related: [subject.related('the expression', path.place)] }),
      });
    }
  },
};
