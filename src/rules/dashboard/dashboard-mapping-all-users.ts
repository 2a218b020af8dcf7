import { envFile } from './example.js';
import { mappedTo } from './mappings.js';
import type { DashboardRule } from './subject.js';
import { cite, named } from './subject.js';

export const dashboardMappingAllUsers: DashboardRule = {
  id: 'dashboard-mapping-all-users',
  code: 'J17',
  severity: 'warning',
  summary: 'A group is mapped to All Users',
  docs: {
    why: 'Everybody is in All Users (id 1), and group sync never touches it: the mapping has no effect.',
    bad: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"everybody": [1]}' }),
    good: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"everybody": [7]}' }),
    references: ['Dashboard: group sync'],
  },
  check(subject, report) {
    for (const { entry, name, place } of mappedTo(subject, 1))
      report({
        ...place,
        option: 'MB_JWT_GROUP_MAPPINGS',
        message: `${cite(name)} is mapped to group 1, All Users`,
        consequence: 'the mapping has no effect: everybody is in that group',
        help: `leave 1 out of ${named(entry)}`,
      });
  },
};
