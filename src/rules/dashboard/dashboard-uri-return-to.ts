import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { within } from './subject.js';

export const dashboardUriReturnTo: DashboardRule = {
  id: 'dashboard-uri-return-to',
  code: 'J06',
  severity: 'warning',
  summary: 'The identity provider URI already holds return_to, or ends in ? or &',
  docs: {
    why: 'Dashboard appends ?return_to=… or &return_to=… as it stands. A second return_to, or an empty parameter, is the result, and which one is read is the choice of the identity provider.',
    bad: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: 'https://login.example.com/sso?return_to=/home' }),
    good: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: 'https://login.example.com/sso?app=dashboard' }),
    references: ['Dashboard: the redirect is plain concatenation'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_IDENTITY_PROVIDER_URI');
    if (entry === undefined || entry.value.includes('#')) return;
    const parameter = /[?&]return_to(?==|&|$)/.exec(entry.value);
    const end = /[?&]$/.exec(entry.value);
    const found = parameter ?? end;
    if (found === null) return;
    report({
      ...within(entry, { start: found.index, end: found.index + found[0].length }),
      message:
        parameter === null
          ? `the identity provider URI ends in "${found[0]}"`
          : 'the identity provider URI already holds return_to',
      consequence:
        parameter === null
          ? 'an empty parameter stands before return_to'
          : 'a second return_to is appended; which one is read is the choice of the identity provider',
      help: 'leave it out: Dashboard appends return_to itself',
    });
  },
};
