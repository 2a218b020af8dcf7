import { isOn, roleOf, rolePaths, skipsRoleSync } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const grafanaAdminInert: GrafanaRule = {
  id: 'grafana-admin-inert',
  code: 'M10',
  severity: 'warning',
  summary: 'GrafanaAdmin without allow_assign_grafana_admin is an ordinary Admin',
  versions: '>=9.2',
  when: ['role_attribute_path'],
  docs: {
    why: 'The result GrafanaAdmin makes a person server administrator only where allow_assign_grafana_admin is on. Without it he becomes Admin of the organization, and no message says that the rest was dropped.',
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = is_root && 'GrafanaAdmin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nallow_assign_grafana_admin = true\nrole_attribute_path = is_root && 'GrafanaAdmin' || 'Viewer'\n",
    references: [
      'Grafana manual: configure generic OAuth, map server administrator privileges',
      'Grafana issues 79450, 93226',
    ],
  },
  check(subject, report) {
    for (const path of rolePaths(subject)) {
      const { provider, reading } = path;
      if (!isOn(provider) || provider.flag('allow_assign_grafana_admin') || skipsRoleSync(subject, provider)) continue;
      const text = reading?.texts.find(({ value }) => roleOf(subject, value).grafanaAdmin);
      if (text === undefined) continue;
      report({
        ...path.at(text.span),
        message: `${text.text} gives only the role Admin: allow_assign_grafana_admin is not on`,
        consequence: 'nobody becomes server administrator, without a message',
        help: "set allow_assign_grafana_admin = true, or write 'Admin'",
        suggestions: ['allow_assign_grafana_admin = true'],
      });
    }
  },
};
