import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { valuePlace } from './subject.js';

export const dashboardSecretShort: DashboardRule = {
  id: 'dashboard-secret-short',
  code: 'J09',
  severity: 'error',
  summary: 'The secret is shorter than HS256 wants',
  docs: {
    why: 'Below 32 bytes the secret can be tried out off-line with one token in hand, and a forged token can name any e-mail, an administrator included. Several signing libraries refuse such a key.',
    bad: envFile({ MB_JWT_SHARED_SECRET: 'hunter2-hunter3' }),
    good: envFile(),
    references: ['RFC 7518 section 3.2 (a key of at least 256 bits)'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_SHARED_SECRET');
    if (entry === undefined) return;
    const bytes = Buffer.byteLength(entry.value);
    if (bytes >= 32) return;
    report({
      ...valuePlace(entry),
      message: `the secret has ${bytes} bytes; HS256 wants at least 32`,
      consequence: 'it can be tried out off-line from one token, and then any e-mail be forged',
      help: 'make a new one, the same on both sides: openssl rand -hex 32',
    });
  },
};
