import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { valuePlace } from './subject.js';

export const dashboardSamlFirst: DashboardRule = {
  id: 'dashboard-saml-first',
  code: 'J34',
  severity: 'info',
  summary: 'SAML and JWT are both on',
  docs: {
    why: 'A request to /auth/sso without a jwt parameter goes to SAML, unless preferred_method=jwt is given (v55 and later): people who should go to the JWT app see SAML.',
    bad: envFile({ MB_SAML_ENABLED: 'true' }),
    good: envFile(),
    references: ['Dashboard: tests of JWT login'],
  },
  check(subject, report) {
    const entry = subject.known('MB_SAML_ENABLED');
    if (entry === undefined || !subject.config.flag('MB_SAML_ENABLED') || !subject.switchedOn) return;
    report({
      ...valuePlace(entry),
      message: 'SAML is on besides JWT',
      consequence: 'people are sent to SAML unless the request holds a token',
      help: subject.profile.knowsPreferredMethod
        ? 'link to /auth/sso?preferred_method=jwt for the JWT app'
        : 'switch one of the two off',
    });
  },
};
