import { readList } from './list-items.js';
import type { GrafanaRule } from './subject.js';
import { cite, given, isLiteral, items, listStyle, providersInUse, replaceValue } from './support.js';

export const teamIdsSeparator: GrafanaRule = {
  id: 'team-ids-separator',
  code: 'A13',
  severity: 'warning',
  summary: 'team_ids is separated or written in a way that makes items nobody has',
  when: ['team_ids'],
  docs: {
    why: 'Up to 10.2 team_ids is split at commas only: "12 34" is one id with a blank in it, a JSON list falls into pieces with brackets. For GitHub the ids are numbers; anything else is dropped. Where no item is left that somebody has, everybody is refused.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nteam_ids = 150 300\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nteam_ids = 150,300\n',
    references: [
      'Grafana manual: configure generic OAuth, team_ids',
      'Grafana 10.3: team_ids is an ordinary list',
      'Grafana manual: GitHub, team_ids',
    ],
  },
  exampleOptions: { grafanaVersion: '10.2' },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      const github = provider.kind === 'github';
      if (!(github || provider.isGeneric) || !given(subject, provider.section, 'team_ids')) continue;
      if (!isLiteral(subject, provider.section, 'team_ids')) continue;
      const value = provider.text('team_ids');
      if (listStyle(subject, provider, 'team_ids') !== 'commas') continue;
      if (github) {
        for (const item of readList(value, 'commas').items) {
          if (/^[+-]?\d+$/.test(item.text)) continue;
          report({
            ...provider.within('team_ids', item.at, item.length),
            message: `${cite(item.text)} in team_ids is no number`,
            consequence: 'it is dropped: GitHub teams are known by number, and members of this one are refused',
            help: 'write the numbers of the teams with commas between them (gh api /orgs/ORG/teams shows them)',
          });
        }
        continue;
      }
      const json = /^\s*\[/.test(value);
      if (!json && !/\S\s+[^\s,]/.test(value.replace(/\s*,\s*/g, ','))) continue;
      const better = readList(value, json ? 'json' : 'plain')
        .items.map((item) => item.text)
        .join(',');
      const fix = replaceValue(subject, provider.section, 'team_ids', better, 'separate with commas');
      report({
        ...provider.at('team_ids'),
        message: json
          ? 'team_ids is a JSON list, which Grafana knows from 10.3 on'
          : `team_ids is split at commas only: it holds ${items(subject, provider, 'team_ids')
              .slice(0, 3)
              .map((item) => cite(item, 30))
              .join(', ')}`,
        consequence:
          'no team has such an id, and everybody is refused: "user not a member of one of the required teams"',
        help: `write team_ids = ${better}`,
        suggestions: [better],
        ...(fix ? { fix } : {}),
      });
    }
  },
};
