import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';

export const dashboardSecretMissing: DashboardRule = {
  id: 'dashboard-secret-missing',
  code: 'J07',
  severity: 'error',
  summary: 'JWT login is on and has no secret',
  docs: {
    why: 'Without a secret JWT does not count as configured: /auth/sso answers 400, and the switch reads back false.',
    bad: envFile({ MB_JWT_SHARED_SECRET: null }),
    good: envFile(),
    references: ['Dashboard: tests of the single sign-on prerequisites'],
  },
  check(subject, report) {
    if (!subject.switchedOn || subject.view.secret !== '') return;
    report({
      ...subject.place,
      option: 'MB_JWT_SHARED_SECRET',
      message: 'MB_JWT_SHARED_SECRET is not set',
      consequence: 'JWT login stays off: /auth/sso answers 400 "SSO has not been enabled and/or configured"',
      help: 'set it to 64 hexadecimal digits, the same on both sides: openssl rand -hex 32',
    });
  },
};
