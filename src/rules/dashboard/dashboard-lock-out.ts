import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { fixTo, valuePlace } from './subject.js';

export const dashboardLockOut: DashboardRule = {
  id: 'dashboard-lock-out',
  code: 'J33',
  severity: 'warning',
  summary: 'Password login is off and JWT is the only way in',
  docs: {
    why: 'If JWT login breaks, nobody gets in, the administrator included. The manual recommends to keep passwords.',
    bad: envFile({ MB_ENABLE_PASSWORD_LOGIN: 'false' }),
    good: envFile({ MB_ENABLE_PASSWORD_LOGIN: 'true' }),
    references: ['Dashboard manual: Disabling password logins', 'Dashboard: session settings'],
  },
  check(subject, report) {
    const { view, config } = subject;
    const entry = subject.known('MB_ENABLE_PASSWORD_LOGIN');
    if (entry === undefined || view.passwordLogin || config.flag('MB_SAML_ENABLED')) return;
    report({
      ...valuePlace(entry),
      ...(subject.works ? {} : { severity: 'info' as const }),
      message: subject.works
        ? 'password login is off and JWT is the only way in'
        : 'password login is off, which counts only while single sign-on is on',
      consequence: subject.works
        ? 'if JWT login breaks nobody gets in, administrators included'
        : 'it has no effect here: JWT login is not on and configured',
      help: 'keep password login, at least until JWT login has proved itself',
      ...(subject.works ? fixTo(entry, 'true') : {}),
    });
  },
};
