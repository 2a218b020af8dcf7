import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { within } from './subject.js';

export const dashboardUriFragment: DashboardRule = {
  id: 'dashboard-uri-fragment',
  code: 'J04',
  severity: 'error',
  summary: 'The identity provider URI has a fragment',
  docs: {
    why: 'return_to is appended behind it and so becomes part of the fragment, which a browser does not send. The identity provider never sees it, and people land on the home page.',
    bad: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: 'https://login.example.com/app#/login' }),
    good: envFile(),
    references: ['Dashboard: the redirect is plain concatenation'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_IDENTITY_PROVIDER_URI');
    const at = entry?.value.indexOf('#') ?? -1;
    if (entry === undefined || at === -1) return;
    report({
      ...within(entry, { start: at, end: entry.value.length }),
      message: 'the identity provider URI has a fragment',
      consequence:
        'return_to lands in the fragment and never reaches the identity provider: people end on the home page',
      help: 'use an address without "#"',
    });
  },
};
