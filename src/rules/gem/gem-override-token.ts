import { block } from './example.js';
import type { GemRule } from './subject.js';
import { keyPlace } from './subject.js';

export const gemOverrideToken: GemRule = {
  id: 'gem-override-token',
  code: 'G31',
  severity: 'warning',
  summary: 'A fixed admin token stands in the file',
  docs: {
    why: 'auth.override.token is accepted as an admin token, never expires and is read by whoever reads the file.',
    bad: block({}, { auth: ['override:', '  token: f3c19a'] }),
    good: block({}, { auth: ['override:', '  token_file: /run/secrets/gem-token'] }),
    references: ['GEM 2.6 configuration descriptor (auth.override.token)'],
  },
  check(subject, report) {
    const entry = subject.config.get('auth.override.token');
    if (entry === undefined || entry.value === '') return;
    report({
      ...keyPlace(entry),
      message: 'a fixed admin token stands in the configuration',
      consequence: 'whoever reads it has admin rights for as long as it stands there',
      help: 'use auth.override.token_file, or remove it where it is not needed',
    });
  },
};
