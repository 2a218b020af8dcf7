import { envFile, SECRET } from './example.js';
import type { DashboardRule } from './subject.js';
import { valuePlace, within } from './subject.js';

export const dashboardSecretBlanks: DashboardRule = {
  id: 'dashboard-secret-blanks',
  code: 'J11',
  severity: 'error',
  summary: 'The secret has blanks or quotes around it',
  docs: {
    why: 'The server takes the text as it stands. A blank, a line feed or a quote more than on the other side makes every signature wrong: 401 "Message seems corrupt or manipulated".',
    bad: envFile({ MB_JWT_SHARED_SECRET: `"${SECRET} "` }),
    good: envFile(),
    references: ['buddy-sign 3.6.1: the key is the text of the secret', 'docker run: --env-file keeps quotes'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_SHARED_SECRET');
    if (entry === undefined) return;
    const { value, quote = 'none', literal = '' } = entry;
    const consequence =
      'where the other side has it without, every token fails with 401 "Message seems corrupt or manipulated"';
    const outer = /^\s+|\s+$/.exec(value);
    if (outer !== null) {
      report({
        ...within(entry, { start: outer.index, end: outer.index + outer[0].length }),
        message: 'the secret begins or ends with a blank or line feed',
        consequence,
        help: 'remove it',
      });
      return;
    }
    if (/^(["']).*\1$/s.test(value)) {
      report({
        ...valuePlace(entry),
        message: 'the secret holds quotes at both ends',
        consequence,
        help: 'remove them',
      });
      return;
    }
    if (entry.style === 'env-file' && quote !== 'none')
      report({
        ...valuePlace(entry),
        severity: 'warning',
        message: 'the secret stands in quotes, which docker run --env-file makes part of it',
        consequence,
        help: 'write it without quotes: all readers of such files agree on that',
      });
    else if (entry.style === 'env-file' && literal !== value)
      report({
        ...valuePlace(entry),
        severity: 'warning',
        message: 'a blank or comment stands around the secret, which docker run --env-file makes part of it',
        consequence,
        help: 'put nothing else on the line',
      });
  },
};
