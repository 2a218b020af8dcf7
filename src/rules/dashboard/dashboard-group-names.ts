import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { valuePlace } from './subject.js';

export const dashboardGroupNames: DashboardRule = {
  id: 'dashboard-group-names',
  code: 'J19',
  severity: 'warning',
  summary: 'Group sync without mappings takes names as the whole truth',
  docs: {
    why: 'Since v56 group names are matched where there are no mappings, and the claim becomes the complete list: groups given by hand are removed at each login, an empty list removes everything, and the name Administrators makes an administrator.',
    bad: envFile({ MB_JWT_GROUP_SYNC: 'true' }),
    good: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"extHR": [7]}' }),
    references: ['Dashboard pull request 61221', 'Dashboard: group sync'],
  },
  check(subject, report) {
    const { view, profile } = subject;
    const entry = subject.known('MB_JWT_GROUP_SYNC');
    if (entry === undefined || !view.groupSync || !view.mappings.ok || view.mappings.table.size > 0) return;
    report({
      ...valuePlace(entry),
      message: profile.matchesGroupNames
        ? 'group sync is on without mappings: the claim becomes the complete list of memberships'
        : 'group sync is on without mappings and does nothing',
      consequence: profile.matchesGroupNames
        ? 'groups given by hand are removed at each login, and the name Administrators in the claim makes an administrator'
        : 'no membership changes; from v56 on names are matched instead',
      help: 'add MB_JWT_GROUP_MAPPINGS, unless this is meant',
    });
  },
};
