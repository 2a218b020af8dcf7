import { hasRolePath, isOn, mapsOrgs, skipsRoleSync } from './expressions.js';
import type { GrafanaRule } from './subject.js';
import { given } from './support.js';

export const strictWithoutPath: GrafanaRule = {
  id: 'strict-without-path',
  code: 'M14',
  severity: 'error',
  summary: 'role_attribute_strict without role_attribute_path refuses everybody',
  failShut: true,
  versions: '>=8.0',
  when: ['role_attribute_strict'],
  docs: {
    why: 'role_attribute_strict refuses a login that gives no role. Without role_attribute_path (or, from 11.1, org_mapping) no login gives one, so nobody gets in: "IdP did not return a role attribute".',
    bad: '[auth.generic_oauth]\nenabled = true\nrole_attribute_strict = true\n',
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_strict = true\nrole_attribute_path = is_admin && 'Admin' || is_user && 'Viewer'\n",
    references: ['Grafana manual: configure generic OAuth, role_attribute_strict'],
  },
  check(subject, report) {
    for (const provider of subject.providers()) {
      if (!isOn(provider) || !hasRolePath(provider) || !provider.flag('role_attribute_strict')) continue;
      if (given(subject, provider.section, 'role_attribute_path') || mapsOrgs(subject, provider)) continue;
      if (skipsRoleSync(subject, provider)) continue;
      report({
        ...provider.at('role_attribute_strict'),
        message: 'role_attribute_strict is on, but there is no role_attribute_path',
        consequence: 'no login gives a role, so every login is refused',
        help: 'add role_attribute_path, or drop role_attribute_strict',
      });
    }
  },
};
