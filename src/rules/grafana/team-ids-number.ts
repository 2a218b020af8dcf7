import { expressionsOf } from './expressions.js';
import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { given, items } from './support.js';

/** As GitHub answers about the teams of a person; only what a path could point at. */
const TEAMS = [{ id: 4711, node_id: 'T_a', name: 'Ops', slug: 'ops', organization: { id: 9, login: 'acme' } }];

export const teamIdsNumber: GrafanaRule = {
  id: 'team-ids-number',
  code: 'P17',
  severity: 'error',
  summary: 'team_ids_attribute_path gives numbers, and numbers are never a team',
  failShut: true,
  when: ['team_ids_attribute_path'],
  docs: {
    why: 'Grafana compares team_ids with texts: elements of the list that are numbers are dropped. The ids of teams at GitHub are numbers, so [*].id gives nobody a team, and everybody is refused. to_string() makes texts of them, and slugs are texts already.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://github.com/login/oauth/authorize\ntoken_url = https://github.com/login/oauth/access_token\napi_url = https://api.github.com/user\nteams_url = https://api.github.com/user/teams\nteam_ids = 4711\nteam_ids_attribute_path = [*].id\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://github.com/login/oauth/authorize\ntoken_url = https://github.com/login/oauth/access_token\napi_url = https://api.github.com/user\nteams_url = https://api.github.com/user/teams\nteam_ids = 4711\nteam_ids_attribute_path = [*].to_string(id)\n',
    references: [
      'Grafana: elements of a list attribute that are no texts are left out',
      'GitHub REST API: teams of a user',
    ],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (found?.known.id !== 'github') return;
    const { known, provider } = found;
    if (!given(subject, provider.section, 'teams_url') || items(subject, provider, 'team_ids').length === 0) return;
    const path = expressionsOf(subject).find(
      (one) => one.provider === provider && one.key === 'team_ids_attribute_path',
    );
    const ids = path?.compiled?.evaluate(TEAMS).value;
    if (!path || !Array.isArray(ids) || ids.length === 0 || ids.some((id) => typeof id !== 'number')) return;
    const meant = /^\[\*?\]\.id$/.test(path.text) ? '[*].to_string(id)' : undefined;
    report({
      ...path.place,
      message: `${path.text} gives the ids of teams as ${known.name} has them, as numbers`,
      consequence:
        'numbers are left out: nobody has a team, and everybody is refused: "user not a member of one of the required teams"',
      help: 'make texts of them, [*].to_string(id), or compare slugs, [*].slug',
      ...(meant === undefined ? {} : { suggestions: [`team_ids_attribute_path = ${meant}`] }),
    });
  },
};
