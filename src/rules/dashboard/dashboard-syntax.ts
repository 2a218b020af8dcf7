import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';

export const dashboardSyntax: DashboardRule = {
  id: 'dashboard-syntax',
  code: 'J39',
  severity: 'error',
  summary: 'The file cannot be read',
  docs: {
    why: 'What cannot be read is not applied: a line without "=" in an environment file sets nothing, and a server given broken YAML does not start.',
    bad: 'MB_JWT_ENABLED=true\nMB_JWT_IDENTITY_PROVIDER_URI https://login.example.com/sso\n',
    good: envFile(),
    references: ['docker run: --env-file', 'YAML 1.2'],
  },
  check(subject, report) {
    for (const problem of subject.config.problems)
      report({
        path: problem.path,
        range: problem.range,
        root: true,
        message: problem.message,
        consequence: 'what stands here is not applied, or the server does not start',
      });
  },
};
