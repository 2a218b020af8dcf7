import { rolePaths } from './expressions.js';
import { shadowingTail } from './groups-tail-shadowing.js';
import { aboutGroups, bySureness, knownGeneric, softly, topClaims } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';

export const tailBeforeUserinfo: GrafanaRule = {
  id: 'tail-before-userinfo',
  code: 'P01',
  severity: 'error',
  summary: 'the last || answers before UserInfo, where this identity provider sends groups',
  when: ['role_attribute_path'],
  docs: {
    why: "Some identity providers send groups with UserInfo and leave them out of the ID token: Authelia from 4.39, Okta's org server, GitLab, ZITADEL and others, unless they are told otherwise. Grafana reads the ID token first, and an expression that ends in || 'Viewer' is satisfied with it: everybody is Viewer. The examples on the pages of several providers end so.",
    bad: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email groups\nauth_url = https://auth.acme.com/api/oidc/authorization\ntoken_url = https://auth.acme.com/api/oidc/token\napi_url = https://auth.acme.com/api/oidc/userinfo\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email groups\nauth_url = https://auth.acme.com/api/oidc/authorization\ntoken_url = https://auth.acme.com/api/oidc/token\napi_url = https://auth.acme.com/api/oidc/userinfo\nrole_attribute_path = contains([groups][], 'admins') && 'Admin'\n\n[users]\nauto_assign_org_role = Viewer\n",
    references: [
      'Authelia 4.39: claims of scopes are in UserInfo; Okta: customize tokens with a groups claim; GitLab: OpenID Connect provider',
      'grafana/grafana issue 106686',
    ],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (found?.known.tailSafe !== false) return;
    const { known, provider } = found;
    for (const path of rolePaths(subject)) {
      const shadow = path.provider === provider ? shadowingTail(path) : undefined;
      if (!shadow || !aboutGroups(topClaims(path), known.groups?.claim)) continue;
      const { tail } = shadow;
      const basis = known.basis?.groups;
      report({
        ...path.at(tail.span),
        severity: bySureness(basis, 'error', 'warning'),
        message: `${softly(basis)}${known.name} sends the groups with UserInfo, and || ${tail.text} answers from the ID token before`,
        consequence: `everybody is ${tail.value}, whatever groups they have, without a message`,
        help: `drop “|| ${tail.text}” and let [users] auto_assign_org_role = ${tail.value} be the fallback, or make ${known.name} put the groups into the ID token`,
        related: [subject.related(`${known.name}, by this address`, provider.at('auth_url'))],
      });
    }
  },
};
