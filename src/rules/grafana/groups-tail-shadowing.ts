import type { PossibleText } from '../../expression/reading.js';
import { type ExpressionSetting, hasTwoSources, roleOf, rolePaths, skipsRoleSync } from './expressions.js';
import { aboutGroups, topClaims } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { enumerate, providerBehind } from './support.js';

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
      const shadow = shadowingTail(path);
      if (!shadow) continue;
      const known = path.provider.isGeneric ? providerBehind(path.provider) : undefined;
      // Of providers that send groups with UserInfo another rule speaks.
      if (known?.tailSafe === false && aboutGroups(topClaims(path), known.groups?.claim)) continue;
      const { tail, atOnce } = shadow;
      const claims = enumerate(topClaims(path), 'or');
      const usual =
        known !== undefined &&
        IN_ID_TOKEN.has(known.id) &&
        topClaims(path).every((name) => name === known.groups?.claim);
      report({
        ...path.at(tail.span),
        ...(usual ? { severity: 'warning' } : {}),
        message: `an ID token without ${claims} already gives ${tail.value}: UserInfo is not asked for the role`,
        consequence: atOnce
          ? `everybody whose ID token lacks the claim is ${tail.value}, whatever UserInfo says, without a message`
          : `Grafana tries such a token again with an empty list of groups, and the tail answers: everybody is ${tail.value}, whatever UserInfo says, without a message`,
        help: `${usual ? `${known.name} has ${claims} in the ID token when set up as usual; check that, and otherwise ` : ''}make the provider put ${claims} into the ID token, or drop “|| ${tail.text}” and let [users] auto_assign_org_role = ${tail.value} be the fallback (try both with auth-cli eval-role)`,
      });
    }
  },
};

/** Providers that have groups in the ID token by themselves or as soon as there are any. */
const IN_ID_TOKEN: ReadonlySet<string> = new Set([
  'entra',
  'authentik',
  'cognito',
  'dex',
  'pocket-id',
  'kanidm',
  'adfs',
]);

export interface ShadowingTail {
  readonly tail: PossibleText;
  /** The expression gives it at once, not only when Grafana tries again with an empty list of groups. */
  readonly atOnce: boolean;
}

/** The tail that an ID token without the claims already gives, so that UserInfo is not asked. */
export function shadowingTail({ subject, provider, compiled, reading }: ExpressionSetting): ShadowingTail | undefined {
  if (compiled === undefined || reading?.tail === undefined || !hasTwoSources(subject, provider)) return undefined;
  if (reading.claims.length === 0 || skipsRoleSync(subject, provider)) return undefined;
  const { tail } = reading;
  if (!roleOf(subject, tail.value).valid) return undefined;
  // What Grafana does with an ID token that has none of the claims: the expression, then once more with no groups.
  const atOnce = compiled.evaluate({}).value === tail.value;
  if (!atOnce && compiled.evaluate({ groups: [] }).value !== tail.value) return undefined;
  return { tail, atOnce };
}
