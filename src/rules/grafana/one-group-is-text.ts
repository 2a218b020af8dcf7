import { type ExpressionSetting, expressionsOf, roleOf } from './expressions.js';
import { bySureness, knownGeneric, softly, topClaims } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';

const READ = new Set(['role_attribute_path', 'groups_attribute_path', 'org_attribute_path']);

/** Names a claim with groups or roles has where the provider has none of its own. */
const USUAL = new Set(['group', 'groups', 'role', 'roles', 'memberOf', 'memberof']);

export const oneGroupIsText: GrafanaRule = {
  id: 'one-group-is-text',
  code: 'P03',
  severity: 'warning',
  summary: 'this provider sends one group as a text, which the expression does not find',
  when: ['_attribute_path'],
  docs: {
    why: 'JumpCloud, AD FS, OneLogin, LemonLDAP::NG, PingFederate and WSO2 send a list where a person has several groups and a plain text where there is one. groups[*] of a text is nothing, and groups_attribute_path takes lists only: people with exactly one group get no role and pass no gate. [groups][] reads both, and compares whole names.',
    bad: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://oauth.id.jumpcloud.com/oauth2/auth\ntoken_url = https://oauth.id.jumpcloud.com/oauth2/token\napi_url = https://oauth.id.jumpcloud.com/userinfo\nrole_attribute_path = contains(groups[*], 'grafana-admins') && 'Admin'\n",
    good: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://oauth.id.jumpcloud.com/oauth2/auth\ntoken_url = https://oauth.id.jumpcloud.com/oauth2/token\napi_url = https://oauth.id.jumpcloud.com/userinfo\nrole_attribute_path = contains([groups][], 'grafana-admins') && 'Admin'\n",
    references: [
      'argoproj/argo-cd issue 22973 (JumpCloud)',
      'LemonLDAP::NG: OpenID Connect, type of exported attributes',
    ],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (found?.known.groups?.single !== 'string') return;
    const { known, provider } = found;
    const basis = known.basis?.groups;
    for (const expression of expressionsOf(subject)) {
      if (expression.provider !== provider || !READ.has(expression.key)) continue;
      const claim = topClaims(expression).find(
        (name) => (name === known.groups!.claim || USUAL.has(name)) && missesText(expression, name),
      );
      if (claim === undefined) continue;
      const use = expression.reading!.claims.find(({ path }) => path[0] === claim)!;
      const span = { start: use.span.start, end: use.span.end + star(expression.text, use.span.end) };
      const name = /^[A-Za-z_]\w*$/.test(claim) ? claim : JSON.stringify(claim);
      const meant = expression.written(span, `[${name}][]`);
      report({
        ...expression.at(span),
        severity: bySureness(basis, 'warning', 'info'),
        message: `${softly(basis)}${known.name} sends ${claim} as a text where a person has one, and the expression finds it in a list only`,
        consequence:
          expression.key === 'role_attribute_path'
            ? 'people with exactly one group get no role from it'
            : 'people with exactly one group count as having none',
        help: `write [${name}][], which reads a text, a list and a missing claim`,
        ...(meant === undefined ? {} : { suggestions: [meant] }),
      });
    }
  },
};

/** Length of the `[*]` or `[]` that follows a name. */
function star(text: string, at: number): number {
  return /^\[\*?\]/.exec(text.slice(at))?.[0].length ?? 0;
}

/** Finds a value in a list of one, and not as a plain text. */
function missesText({ compiled, reading, key, subject }: ExpressionSetting, claim: string): boolean {
  if (!compiled || !reading) return false;
  const on = (value: unknown) => compiled.evaluate({ [claim]: value }).value;
  if (key !== 'role_attribute_path') {
    const has = (result: unknown) => Array.isArray(result) && result.includes('x');
    return has(on(['x'])) && !has(on('x'));
  }
  return reading.contains
    .flatMap(({ needle }) => needle.results)
    .some((needle) => {
      if (needle.kind !== 'constant' || typeof needle.value !== 'string') return false;
      const found = on([needle.value]);
      return typeof found === 'string' && roleOf(subject, found).valid && on(needle.value) !== found;
    });
}
