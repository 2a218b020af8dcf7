import { hasTwoSources, roleOf, rolePaths, skipsRoleSync } from './expressions.js';
import type { GrafanaRule } from './subject.js';
import { enumerate } from './support.js';

export const groupsTailShadowing: GrafanaRule = {
  id: 'groups-tail-shadowing',
  code: 'M06',
  severity: 'error',
  summary: 'the last || answers from an ID token without the claims, and UserInfo is never asked',
  when: ['role_attribute_path'],
  docs: {
    why: "Grafana evaluates role_attribute_path on the ID token first, and takes UserInfo only where that gave nothing. An expression that ends in || 'Viewer' always gives something: also for an ID token that lacks the groups, because Grafana then tries again with an empty list of groups. So everybody is Viewer, although UserInfo has the groups, and nothing in the log says so.",
    bad: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email groups\napi_url = https://id.acme.com/userinfo\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email groups\napi_url = https://id.acme.com/userinfo\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\n\n[users]\nauto_assign_org_role = Viewer\n",
    references: [
      'Grafana issues 106686, 41405, 39066',
      'Grafana manual: configure generic OAuth, role mapping (the ID token comes first)',
    ],
  },
  check(subject, report) {
    for (const path of rolePaths(subject)) {
      const { provider, compiled, reading } = path;
      if (compiled === undefined || reading?.tail === undefined || !hasTwoSources(subject, provider)) continue;
      if (reading.claims.length === 0 || skipsRoleSync(subject, provider)) continue;
      const { tail } = reading;
      if (!roleOf(subject, tail.value).valid) continue;
      // What Grafana does with an ID token that has none of the claims: the expression, then once more with no groups.
      const atOnce = compiled.evaluate({}).value === tail.value;
      if (!atOnce && compiled.evaluate({ groups: [] }).value !== tail.value) continue;
      const claims = enumerate([...new Set(reading.claims.map(({ path: names }) => names[0]!))], 'or');
      report({
        ...path.at(tail.span),
        message: `an ID token without ${claims} already gives ${tail.value}: UserInfo is not asked for the role`,
        consequence: atOnce
          ? `everybody whose ID token lacks the claim is ${tail.value}, whatever UserInfo says, without a message`
          : `Grafana tries such a token again with an empty list of groups, and the tail answers: everybody is ${tail.value}, whatever UserInfo says, without a message`,
        help: `make the provider put ${claims} into the ID token, or drop “|| ${tail.text}” and let [users] auto_assign_org_role = ${tail.value} be the fallback (try both with auth-cli eval-role)`,
      });
    }
  },
};
