import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';

export const dashboardUriMissing: DashboardRule = {
  id: 'dashboard-uri-missing',
  code: 'J01',
  severity: 'error',
  summary: 'JWT login is on and has no identity provider URI',
  docs: {
    why: 'Since v55 JWT then does not count as configured: /auth/sso answers 400 and the switch reads back false. On v53 and v54 only embedding works, and the browser is sent nowhere.',
    bad: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: null }),
    good: envFile(),
    references: ['Dashboard pull request 59344', 'Dashboard: settings of JWT login'],
  },
  check(subject, report) {
    if (!subject.switchedOn || subject.view.uri !== '') return;
    report({
      ...subject.place,
      option: 'MB_JWT_IDENTITY_PROVIDER_URI',
      message: 'MB_JWT_IDENTITY_PROVIDER_URI is not set',
      consequence: subject.profile.needsUri
        ? 'JWT login stays off: /auth/sso answers 400 "SSO has not been enabled and/or configured"'
        : 'only embedding works: a browser is sent nowhere',
      help: 'set it to the address of your authentication app',
    });
  },
};
