import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { address, isLoopback, within } from './subject.js';

export const dashboardUriPlainHttp: DashboardRule = {
  id: 'dashboard-uri-plain-http',
  code: 'J03',
  severity: 'warning',
  summary: 'The identity provider is reached without TLS',
  docs: {
    why: 'Passwords and the return address travel unprotected, and so does the token on the way back.',
    bad: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: 'http://login.example.com/sso' }),
    good: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: 'http://localhost:8080/sso' }),
    references: ['RFC 6819 section 4.3.1'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_IDENTITY_PROVIDER_URI');
    const url = entry === undefined ? undefined : address(entry.value);
    if (entry === undefined || url?.protocol !== 'http:' || isLoopback(url.hostname)) return;
    report({
      ...within(entry, { start: 0, end: 5 }),
      message: 'the identity provider is reached over plain http',
      consequence: 'whoever sits on the way reads passwords and tokens',
      help: 'use https',
    });
  },
};
