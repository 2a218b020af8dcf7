import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { address, cite, valuePlace } from './subject.js';

export const dashboardUriNoScheme: DashboardRule = {
  id: 'dashboard-uri-no-scheme',
  code: 'J02',
  severity: 'error',
  summary: 'The identity provider URI has no http scheme',
  docs: {
    why: 'Any text is accepted. Without a scheme the redirect is a path inside the Dashboard site (…/auth/idp.example.com/sso), and nobody arrives.',
    bad: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: 'login.example.com/sso' }),
    good: envFile(),
    references: ['Dashboard issue 76232'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_IDENTITY_PROVIDER_URI');
    if (entry === undefined || address(entry.value) !== undefined) return;
    const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(entry.value)?.[1];
    const other = scheme !== undefined && !/^[^/]*:\d/.test(entry.value);
    report({
      ...valuePlace(entry),
      message: other
        ? `the identity provider URI has the scheme ${cite(scheme)}`
        : 'the identity provider URI has no scheme',
      consequence: other
        ? 'a browser cannot follow it to a login page'
        : 'the redirect is a path inside the Dashboard site, and people see its page for missing addresses',
      help: `write https://${other ? '…' : entry.value}`,
      ...(other ? {} : { suggestions: [`https://${entry.value}`] }),
    });
  },
};
