import { block } from './example.js';
import type { GemRule } from './subject.js';
import { cite, fixTo, valuePlace } from './subject.js';

export const gemAuthTypeUnknown: GemRule = {
  id: 'gem-auth-type-unknown',
  code: 'G02',
  severity: 'error',
  summary: 'auth.type is a word GEM does not know',
  docs: {
    why: 'Only trust and enterprise exist. OIDC is not a type of its own: it is part of enterprise.',
    bad: block({}, { type: 'oidc' }),
    good: block(),
    references: ['GEM 2.6 configuration descriptor (auth.type: trust or enterprise)'],
  },
  check(subject, report) {
    const entry = subject.config.get('auth.type');
    if (entry === undefined || entry.value === '' || entry.value === 'trust' || entry.value === 'enterprise') return;
    report({
      ...valuePlace(entry),
      message: `auth.type ${cite(entry.value)} does not exist`,
      consequence: 'GEM does not start',
      help: 'write enterprise; the oidc settings belong to it',
      suggestions: ['enterprise'],
      ...fixTo(entry, 'enterprise'),
    });
  },
};
