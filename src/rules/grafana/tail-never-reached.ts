import { type ExpressionSetting, roleOf, rolePaths } from './expressions.js';
import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';

/** Providers that leave a claim out for people of whom it has nothing to say. */
const LEAVE_OUT: ReadonlySet<string> = new Set(['kanidm', 'keycloak', 'redhat-sso', 'auth0', 'cognito', 'entra']);

export const tailNeverReached: GrafanaRule = {
  id: 'tail-never-reached',
  code: 'P02',
  severity: 'warning',
  summary: 'the last || is never reached for people of whom this provider sends no such claim',
  when: ['contains'],
  docs: {
    why: "Keycloak, Kanidm, Entra ID, Auth0 and Cognito leave a claim out for people who have nothing in it. contains(roles[*], …) then fails, and with it the whole expression: || 'Viewer' at its end is not reached. With role_attribute_strict these people are refused; without it Grafana's default role decides. Only for the claim groups Grafana tries again with an empty list. The examples of Kanidm's book and of Grafana's page about Keycloak are written so.",
    bad: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/ui/oauth2\ntoken_url = https://id.acme.com/oauth2/token\napi_url = https://id.acme.com/oauth2/openid/grafana/userinfo\nrole_attribute_path = contains(grafana_role[*], 'Admin') && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/ui/oauth2\ntoken_url = https://id.acme.com/oauth2/token\napi_url = https://id.acme.com/oauth2/openid/grafana/userinfo\nrole_attribute_path = contains([grafana_role][], 'Admin') && 'Admin' || 'Viewer'\n",
    references: [
      'Kanidm book: OAuth2, examples (Grafana)',
      'Grafana manual: configure Keycloak OAuth2 authentication',
      'Grafana issues 25037, 41405',
    ],
  },
  check(subject, report) {
    for (const path of rolePaths(subject)) {
      const failing = unreachedTail(path);
      if (!failing) continue;
      const { claim, tail } = failing;
      const strict = path.shutsOut;
      const { known } = knownGeneric(subject)!;
      const meant = path.written(claim.span, `[${claim.name}][]`);
      report({
        ...path.at(tail.span),
        message: `|| ${tail.text} is not reached for people without ${claim.name}, which ${known.name} leaves out where there is nothing in it`,
        consequence: strict
          ? 'contains() fails for them, and role_attribute_strict refuses them instead of giving the role'
          : `contains() fails for them, and Grafana takes that as no role: they get auto_assign_org_role (up to 10.0 they keep the role they had), not ${tail.value}`,
        help: `write [${claim.name}][] in place of ${claim.text}: it is empty, not an error, where the claim is missing`,
        ...(meant === undefined ? {} : { suggestions: [meant] }),
      });
    }
  },
};

interface UnreachedTail {
  readonly tail: {
    readonly span: { readonly start: number; readonly end: number };
    readonly text: string;
    readonly value: string;
  };
  /** What contains() is asked of; `name` without `[*]`. */
  readonly claim: {
    readonly span: { readonly start: number; readonly end: number };
    readonly text: string;
    readonly name: string;
  };
}

/** The tail of an expression that fails where a claim is missing, at a provider that leaves claims out. */
export function unreachedTail(path: ExpressionSetting): UnreachedTail | undefined {
  const { subject, provider, compiled, reading } = path;
  if (path.key !== 'role_attribute_path' || !provider.isGeneric || !compiled || !reading?.tail) return undefined;
  const found = knownGeneric(subject);
  if (found?.provider !== provider || !LEAVE_OUT.has(found.known.id)) return undefined;
  if (!roleOf(subject, reading.tail.value).valid || reading.alwaysFails) return undefined;
  if (compiled.evaluate({}).error === undefined || compiled.evaluate({ groups: [] }).error === undefined)
    return undefined;
  const use = reading.contains.find(({ failsOnMissing }) => failsOnMissing);
  if (!use) return undefined;
  const { span, text } = use.subject;
  return { tail: reading.tail, claim: { span, text, name: text.replace(/(\[\*?\])+$/, '') } };
}
