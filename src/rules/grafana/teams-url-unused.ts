import type { GrafanaRule } from './subject.js';
import { genericInUse, given } from './support.js';

export const teamsUrlUnused: GrafanaRule = {
  id: 'teams-url-unused',
  code: 'A05',
  severity: 'info',
  summary: 'teams_url is never asked, because team_ids is empty',
  when: ['teams_url', 'team_ids_attribute_path'],
  docs: {
    why: 'teams_url and team_ids_attribute_path serve the comparison with team_ids only. Where that is empty nothing is asked and nobody is kept out; they do not fill teams or groups of Grafana.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nteams_url = https://api.bitbucket.org/2.0/user/permissions/workspaces\nteam_ids_attribute_path = values[*].workspace.slug\nteam_ids =\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nteams_url = https://api.bitbucket.org/2.0/user/permissions/workspaces\nteam_ids_attribute_path = values[*].workspace.slug\nteam_ids = acme\n',
    references: ['Grafana manual: configure generic OAuth, teams'],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || given(subject, provider.section, 'team_ids')) return;
    const set = ['teams_url', 'team_ids_attribute_path'].filter((key) => given(subject, provider.section, key));
    const [first, second] = set;
    if (first === undefined) return;
    report({
      ...provider.at(first),
      message: `${set.join(' and ')} ${set.length > 1 ? 'have' : 'has'} no effect without team_ids`,
      consequence: 'no team is asked for, and nobody is kept out by one',
      help: 'name the teams that may enter in team_ids, or delete these lines',
      ...(second ? { related: [subject.related(`${second} too`, provider.at(second))] } : {}),
    });
  },
};
