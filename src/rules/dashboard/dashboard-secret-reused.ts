import { envFile, SECRET } from './example.js';
import type { DashboardRule } from './subject.js';
import { valuePlace } from './subject.js';

export const dashboardSecretReused: DashboardRule = {
  id: 'dashboard-secret-reused',
  code: 'J13',
  severity: 'warning',
  summary: 'The same secret signs static embedding',
  docs: {
    why: 'Whoever signs static embeds could mint login tokens with the same key. The two settings have nothing to do with each other.',
    bad: envFile({ MB_EMBEDDING_SECRET_KEY: SECRET }),
    good: envFile({ MB_EMBEDDING_SECRET_KEY: `b7${SECRET.slice(2)}` }),
    references: ['Dashboard: description of MB_JWT_ENABLED (unrelated to static embedding)'],
  },
  check(subject, report) {
    const secret = subject.known('MB_JWT_SHARED_SECRET');
    const other = subject.known('MB_EMBEDDING_SECRET_KEY');
    if (secret === undefined || other === undefined || secret.value !== other.value) return;
    report({
      ...valuePlace(other),
      message: 'the key of static embedding is the secret of JWT login',
      consequence: 'an app that signs embeds can mint login tokens for anybody',
      help: 'use two keys',
      related: [{ message: 'the secret of JWT login', ...valuePlace(secret) }],
    });
  },
};
