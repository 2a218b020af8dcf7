import type { GrafanaRule } from './subject.js';
import { genericInUse, given, items, providerBehind } from './support.js';

export const teamGateLegacy: GrafanaRule = {
  id: 'team-gate-legacy',
  code: 'A04',
  severity: 'warning',
  summary: 'team_ids without teams_url asks api_url + "/teams" for numbers',
  when: ['team_ids'],
  docs: {
    why: 'Without teams_url Grafana asks the address of UserInfo with /teams behind it and expects a list of objects with a whole number in id, as GitHub-like servers answer. Any other answer means that nobody is in a team, and everybody is refused.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\napi_url = https://login.acme.com/userinfo\nteam_ids = platform\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\napi_url = https://login.acme.com/userinfo\nteam_ids = platform\nteams_url = https://api.acme.com/teams\nteam_ids_attribute_path = values[*].slug\n',
    references: ['Grafana manual: configure generic OAuth, teams_url and team_ids_attribute_path'],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || given(subject, provider.section, 'teams_url')) return;
    const ids = items(subject, provider, 'team_ids');
    if (ids.length === 0) return;
    const numbers = ids.every((id) => /^\d+$/.test(id));
    if (numbers && providerBehind(provider)?.gitHubApi) return;
    report({
      ...provider.at('team_ids'),
      message: 'team_ids is set, but teams_url is not',
      consequence: numbers
        ? 'Grafana asks api_url + "/teams" and needs a list of objects with these numbers as id; on any other answer everybody is refused'
        : 'Grafana asks api_url + "/teams" and compares whole numbers only, so these ids never match and everybody is refused',
      help: 'set teams_url and team_ids_attribute_path',
    });
  },
};
