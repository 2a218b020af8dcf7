import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { valuePlace } from './subject.js';

export const dashboardSecretGuessable: DashboardRule = {
  id: 'dashboard-secret-guessable',
  code: 'J10',
  severity: 'error',
  summary: 'The secret can be guessed',
  docs: {
    why: 'Whoever has the secret mints tokens for any e-mail, an administrator included. One repeated character, a row of digits or a word from a manual is guessed at once.',
    bad: envFile({ MB_JWT_SHARED_SECRET: '0'.repeat(64) }),
    good: envFile(),
    references: ['RFC 7518 section 3.2', 'RFC 8725 section 3.5'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_SHARED_SECRET');
    if (entry === undefined || !isGuessable(entry.value)) return;
    report({
      ...valuePlace(entry),
      message: 'the secret can be guessed',
      consequence: 'anybody can mint tokens for any e-mail, an administrator included',
      help: 'make a new one, the same on both sides: openssl rand -hex 32',
    });
  },
};

const WORDS =
  /^(?:secret|password|changeme|change[-_ ]?me|test|example|your[-_ ].*|my[-_ ].*|shared[-_ ]?secret|metabase|dashboard|jwt[-_ ]?secret|<.*>|x+)$/i;

/** Few different characters, a short unit repeated, a row of digits, or a word of samples. */
function isGuessable(secret: string): boolean {
  const text = secret.trim();
  if (WORDS.test(text)) return true;
  if (text.length >= 8 && new Set(text).size <= 2) return true;
  if (/^(.{1,8})\1{3,}$/s.test(text)) return true;
  return (
    text.length >= 8 &&
    ('0123456789'.repeat(10).includes(text) || '0123456789abcdef'.repeat(8).includes(text.toLowerCase()))
  );
}
