import { readMappings } from '../../dashboard/settings-view.js';
import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { named, valuePlace } from './subject.js';

export const dashboardMappingsForm: DashboardRule = {
  id: 'dashboard-mappings-form',
  code: 'J16',
  severity: 'error',
  summary: 'The group mappings are not a JSON object of lists of ids',
  docs: {
    why: 'Saved in the admin area the form is checked; from the environment it is not, and login or group sync breaks.',
    bad: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"extHR": "7"}' }),
    good: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"extHR": [7]}' }),
    references: ['Dashboard: schema of group mappings'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_GROUP_MAPPINGS');
    if (entry === undefined) return;
    const mappings = readMappings(entry.value);
    if (mappings.ok) return;
    report({
      ...valuePlace(entry),
      message: `${named(entry)} ${mappings.problem}`,
      consequence: 'login or group sync breaks',
      help: 'write {"group in the token": [7, 8]} with the ids of Dashboard groups',
    });
  },
};
