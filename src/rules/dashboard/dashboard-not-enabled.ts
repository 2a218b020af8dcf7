import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';

export const dashboardNotEnabled: DashboardRule = {
  id: 'dashboard-not-enabled',
  code: 'J15',
  severity: 'error',
  summary: 'JWT login is configured and not switched on',
  docs: {
    why: 'Secret and URI alone do nothing: the manual asks for the toggle. It looks configured and behaves as if it were not there.',
    bad: envFile({ MB_JWT_ENABLED: null }),
    good: envFile(),
    references: ['Dashboard manual: Enabling JWT authentication (set the toggle to Enabled)'],
  },
  check(subject, report) {
    const { view, config } = subject;
    if (view.enabled || view.secret === '' || view.uri === '') return;
    const entry = config.get('MB_JWT_ENABLED');
    // A switch set to false on purpose is no mistake.
    if (entry !== undefined && entry.value !== '') return;
    report({
      ...subject.place,
      option: 'MB_JWT_ENABLED',
      message: 'secret and identity provider URI are set, MB_JWT_ENABLED is not',
      consequence: 'JWT login stays off: /auth/sso answers 400 "SSO has not been enabled and/or configured"',
      help: 'set MB_JWT_ENABLED=true',
    });
  },
};
