import type { GrafanaRule } from './subject.js';
import { genericInUse, given, items } from './support.js';

export const teamGateIncomplete: GrafanaRule = {
  id: 'team-gate-incomplete',
  code: 'A03',
  severity: 'error',
  summary: 'team_ids with teams_url but without team_ids_attribute_path keeps everybody out',
  failShut: true,
  when: ['team_ids'],
  docs: {
    why: 'With teams_url Grafana takes the teams of a person out of its answer with team_ids_attribute_path. Without the path nobody has a team, teams_url is not even asked, and everybody is refused.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nteam_ids = platform\nteams_url = https://api.acme.com/teams\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nteam_ids = platform\nteams_url = https://api.acme.com/teams\nteam_ids_attribute_path = values[*].slug\n',
    references: ['Grafana manual: configure generic OAuth, teams'],
  },
  versions: '>=8.2',
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || items(subject, provider, 'team_ids').length === 0) return;
    if (!given(subject, provider.section, 'teams_url')) return;
    if (provider.text('team_ids_attribute_path') !== '' || given(subject, provider.section, 'team_ids_attribute_path'))
      return;
    report({
      ...provider.at('team_ids'),
      message: 'team_ids and teams_url are set, but team_ids_attribute_path is not',
      consequence: 'nobody has a team, so everybody is refused: "user not a member of one of the required teams"',
      help: 'say where the ids are in the answer of teams_url, for example team_ids_attribute_path = values[*].slug; numbers need [*].to_string(id)',
      related: [subject.related('teams_url', provider.at('teams_url'))],
    });
  },
};
