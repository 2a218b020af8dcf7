import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { keyPlace } from './subject.js';

export const dashboardMappingsIdle: DashboardRule = {
  id: 'dashboard-mappings-idle',
  code: 'J20',
  severity: 'info',
  summary: 'Group mappings without group sync',
  docs: {
    why: 'The mappings have no effect while group sync is off.',
    bad: envFile({ MB_JWT_GROUP_MAPPINGS: '{"extHR": [7]}' }),
    good: envFile({ MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"extHR": [7]}' }),
    references: ['Dashboard manual: Group schema, step 2'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_GROUP_MAPPINGS');
    if (entry === undefined || subject.view.groupSync || entry.value.trim() === '{}') return;
    report({
      ...keyPlace(entry),
      message: 'group mappings are set while group sync is off',
      consequence: 'they have no effect',
      help: 'set MB_JWT_GROUP_SYNC=true',
    });
  },
};
