import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';

export const dashboardProvisioning: DashboardRule = {
  id: 'dashboard-provisioning',
  code: 'J35',
  severity: 'info',
  summary: 'Any signed e-mail makes an account',
  docs: {
    why: 'By default an unknown e-mail makes an account, which paid plans charge for, and a deactivated account is revived.',
    bad: envFile({ MB_JWT_USER_PROVISIONING_ENABLED: null }),
    good: envFile(),
    references: ['Dashboard manual: Creating Dashboard accounts with SSO'],
  },
  check(subject, report) {
    if (!subject.works || subject.config.isSet('MB_JWT_USER_PROVISIONING_ENABLED')) return;
    report({
      ...subject.place,
      option: 'MB_JWT_USER_PROVISIONING_ENABLED',
      message: 'accounts are made at login, by default',
      consequence: 'every signed e-mail makes an account that may be charged for, and revives a deactivated one',
      help: 'set MB_JWT_USER_PROVISIONING_ENABLED, to true where this is meant',
    });
  },
};
