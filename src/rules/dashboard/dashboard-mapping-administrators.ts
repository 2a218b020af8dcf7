import { envFile } from './example.js';
import { mappedTo } from './mappings.js';
import type { DashboardRule } from './subject.js';
import { cite } from './subject.js';

export const dashboardMappingAdministrators: DashboardRule = {
  id: 'dashboard-mapping-administrators',
  code: 'J18',
  severity: 'warning',
  summary: 'A group is mapped to Administrators',
  docs: {
    why: 'Whoever controls that claim controls Dashboard. And a login without it takes the rights away; only the last administrator is spared.',
    bad: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"boss": [2]}' }),
    good: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"boss": [7]}' }),
    references: ['Dashboard: group sync', 'Dashboard manual: ids of the built-in groups'],
  },
  check(subject, report) {
    for (const { name, place } of mappedTo(subject, 2))
      report({
        ...place,
        option: 'MB_JWT_GROUP_MAPPINGS',
        message: `${cite(name)} is mapped to group 2, Administrators`,
        consequence: 'whoever controls that claim controls Dashboard, and a login without it takes the rights away',
        help: 'make administrators by hand, unless this is meant',
      });
  },
};
