import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { valuePlace } from './subject.js';

export const dashboardSecretForm: DashboardRule = {
  id: 'dashboard-secret-form',
  code: 'J08',
  severity: 'warning',
  summary: 'The secret is not 64 hexadecimal digits',
  docs: {
    why: 'Nothing enforces the form, so it works. It departs from the recommended 256-bit key in hexadecimal and hints at a secret made by hand.',
    bad: envFile({ MB_JWT_SHARED_SECRET: 'the quick brown fox jumps over the lazy dog' }),
    good: envFile(),
    references: ['Dashboard: description of the setting jwt-shared-secret'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_SHARED_SECRET');
    if (entry === undefined || /^[0-9a-fA-F]{64}$/.test(entry.value)) return;
    if (Buffer.byteLength(entry.value) < 32 || entry.value !== entry.value.trim()) return;
    report({
      ...valuePlace(entry),
      message: 'the secret is not 64 hexadecimal digits, the recommended form',
      consequence: 'it works, since the text is taken as it stands, but hints at a secret made by hand',
      help: 'openssl rand -hex 32',
    });
  },
};
