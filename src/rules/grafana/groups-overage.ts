import { expressionsOf, rolePathOf } from './expressions.js';
import { knownGeneric, topClaims } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { items } from './support.js';

export const groupsOverage: GrafanaRule = {
  id: 'groups-overage',
  code: 'P12',
  severity: 'info',
  summary: 'people in very many groups have none: Entra ID replaces the claim by a reference',
  when: ['microsoftonline'],
  docs: {
    why: 'Where a person is in more than 200 groups, Microsoft Entra ID sends a reference (_claim_names) in place of the claim groups. Generic OAuth does not follow it: the person has no group, gets no role by groups and passes no allowed_groups. "One of the users gets in, the rest does not" is how it shows. App roles have no such limit, and [auth.azuread] follows the reference.',
    bad: "[auth.generic_oauth]\nenabled = true\nclient_id = 7f1c\nauth_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/authorize\ntoken_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/token\nrole_attribute_path = contains(groups[*], '8d1e5a0c-2f6b-4b8e-9d55-1c0f7a3e2b44') && 'Admin'\n",
    good: "[auth.generic_oauth]\nenabled = true\nclient_id = 7f1c\nauth_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/authorize\ntoken_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/token\nrole_attribute_path = contains([roles][], 'Admin') && 'Admin'\n",
    references: [
      'Microsoft Entra: configure group claims, limits of the number of groups',
      'Grafana issues 36215, 28457, 42689',
    ],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (found?.known.id !== 'entra') return;
    const { provider, known } = found;
    const role = rolePathOf(subject, provider);
    const gate = items(subject, provider, 'allowed_groups').length > 0;
    const groups = gate
      ? expressionsOf(subject).find((one) => one.provider === provider && one.key === 'groups_attribute_path')
      : undefined;
    for (const expression of [role, groups]) {
      if (!expression || !topClaims(expression).includes('groups')) continue;
      const use = expression.reading!.claims.find(({ path }) => path[0] === 'groups')!;
      report({
        ...expression.at(use.span),
        message: `people in more than ${known.groups?.limit ?? 200} groups have no claim groups: ${known.name} sends a reference in its place`,
        consequence:
          expression === role
            ? 'they get no role from their groups'
            : 'allowed_groups refuses them, although they are members',
        help: 'choose "Groups assigned to the application" for the claim, use app roles (claim roles), or [auth.azuread], which follows the reference',
      });
      return;
    }
  },
};
