import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';

export const dashboardNothingFound: DashboardRule = {
  id: 'dashboard-nothing-found',
  code: 'J40',
  severity: 'warning',
  summary: 'The file holds no settings of JWT login',
  docs: {
    why: 'A check of a file that says nothing about JWT login finds nothing, which must not look like success.',
    bad: 'JAVA_TIMEZONE=UTC\n',
    good: envFile(),
    references: ['Dashboard manual: JWT-based authentication'],
  },
  check(subject, report) {
    const { config, evidence } = subject;
    const found = Object.values(evidence).some((pieces) => pieces.length > 0);
    if (config.entries.length > 0 || config.problems.length > 0 || found || config.paths.length === 0) return;
    report({
      path: config.paths[0],
      range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
      message: 'no setting of JWT login stands in this file',
      consequence: 'nothing was checked',
      help: 'give the file that sets MB_JWT_… variables, or the config.yml',
    });
  },
};
