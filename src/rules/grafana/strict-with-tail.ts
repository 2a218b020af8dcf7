import { isOn, mapsOrgs, roleOf, rolePaths, skipsRoleSync } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const strictWithTail: GrafanaRule = {
  id: 'strict-with-tail',
  code: 'M15',
  severity: 'warning',
  summary: 'role_attribute_strict cannot refuse anybody: the expression gives everybody a role',
  versions: '>=8.0',
  failOpen: true,
  when: ['role_attribute_strict'],
  docs: {
    why: "role_attribute_strict refuses people for whom the expression gives no role. An expression that ends in || 'Viewer' gives everybody one, so the option keeps nobody out.",
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_strict = true\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_strict = true\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin' || contains(groups[*], 'staff') && 'Viewer'\n",
    references: ['Grafana manual: configure generic OAuth, role_attribute_strict', 'Grafana issues 26626, 23202'],
  },
  check(subject, report) {
    for (const path of rolePaths(subject)) {
      const { provider, reading, compiled } = path;
      if (!isOn(provider) || !provider.flag('role_attribute_strict') || skipsRoleSync(subject, provider)) continue;
      if (reading?.tail === undefined || mapsOrgs(subject, provider)) continue;
      const { tail } = reading;
      if (!roleOf(subject, tail.value).valid) continue;
      // Where a missing claim is an error the tail is not reached, and strict does act.
      const first = compiled!.evaluate({});
      if (first.error !== undefined && compiled!.evaluate({ groups: [] }).error !== undefined) continue;
      report({
        ...path.at(tail.span),
        message: `everybody gets at least ${tail.value}, so role_attribute_strict refuses nobody`,
        consequence: 'everybody with an account at the provider comes in',
        help: `drop “|| ${tail.text}” to refuse people without a role, or drop role_attribute_strict`,
        related: [subject.related('role_attribute_strict is on here', provider.at('role_attribute_strict'))],
      });
    }
  },
};
