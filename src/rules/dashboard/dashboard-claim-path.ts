import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { CLAIM_SETTINGS, cite, valuePlace } from './subject.js';

export const dashboardClaimPath: DashboardRule = {
  id: 'dashboard-claim-path',
  code: 'J22',
  severity: 'error',
  summary: 'A claim is named by a path',
  docs: {
    why: 'Only a top-level claim of exactly this spelling is read. For the e-mail that ends every login with "JWT token missing email claim".',
    bad: envFile({ MB_JWT_ATTRIBUTE_EMAIL: 'user.email' }),
    good: envFile({ MB_JWT_ATTRIBUTE_EMAIL: 'https://example.com/email' }),
    references: ['Dashboard: login with JWT'],
  },
  check(subject, report) {
    for (const name of CLAIM_SETTINGS) {
      const entry = subject.known(name);
      if (entry === undefined || name.startsWith('MB_JWT_ATTRIBUTE_TENANT') || !isPath(entry.value)) continue;
      if (subject.evidence.claims.some((piece) => piece.value.has(entry.value))) continue;
      report({
        ...valuePlace(entry),
        message: `${cite(entry.value)} looks like a path into the token`,
        consequence:
          name === 'MB_JWT_ATTRIBUTE_EMAIL'
            ? 'only a top-level claim of exactly this name is read: every login ends with "JWT token missing email claim"'
            : 'only a top-level claim of exactly this name is read: the value is never found',
        help: 'let the signer put the value into a top-level claim, and name that',
      });
    }
  },
};

function isPath(name: string): boolean {
  if (name.includes('://')) return false;
  return /^\$|^\/|[[\]]/.test(name) || /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(name);
}
