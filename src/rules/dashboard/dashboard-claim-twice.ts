import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { CLAIM_SETTINGS, cite, valuePlace } from './subject.js';

export const dashboardClaimTwice: DashboardRule = {
  id: 'dashboard-claim-twice',
  code: 'J21',
  severity: 'error',
  summary: 'Two settings name the same claim',
  docs: {
    why: 'One claim feeds two fields: an e-mail as a name, a list of groups as an e-mail. Login or profile breaks.',
    bad: envFile({ MB_JWT_ATTRIBUTE_FIRSTNAME: 'email' }),
    good: envFile({ MB_JWT_ATTRIBUTE_FIRSTNAME: 'given_name' }),
    references: ['Dashboard manual: User attribute configuration'],
  },
  check(subject, report) {
    const seen = new Map<string, string>();
    for (const name of CLAIM_SETTINGS) {
      const claim = subject.config.value(name);
      const other = seen.get(claim);
      const entry = subject.known(name) ?? (other === undefined ? undefined : subject.known(other));
      if (other !== undefined && entry !== undefined)
        report({
          ...valuePlace(entry),
          message: `${other} and ${name} both name the claim ${cite(claim)}`,
          consequence: 'one claim feeds two fields: login or profile breaks',
          help: 'give each its own claim',
        });
      else seen.set(claim, name);
    }
  },
};
