import { goLower } from '../../gem/lower.js';
import { block } from './example.js';
import type { GemRule } from './subject.js';
import { cite, DEFAULT_POLICY, valuePlace } from './subject.js';

export const gemDefaultPolicy: GemRule = {
  id: 'gem-default-policy',
  code: 'G29',
  severity: 'warning',
  summary: 'Tokens without a policy get in',
  docs: {
    why: 'default_access_policy lets every token of the issuer in that names no policy. Its scopes, its existence and its spelling in lower case decide what that means.',
    bad: block({ default_access_policy: 'viewers' }),
    good: block(),
    references: ['GEM 2.6 configuration descriptor (default_access_policy)'],
  },
  failOpen: true,
  check(subject, report) {
    const entry = subject.config.get(DEFAULT_POLICY);
    if (entry === undefined || entry.value === '') return;
    const capitals = goLower(entry.value) !== entry.value;
    const missing =
      subject.evidence.policies.length > 0 && !subject.evidence.policies.some((piece) => piece.value.has(entry.value));
    report({
      ...valuePlace(entry),
      message: `tokens without a policy get ${cite(entry.value)}${capitals ? ', which has capitals' : missing ? ', which does not exist' : ''}`,
      consequence: capitals
        ? 'policy names are stored and looked up in lower case: it may never be found'
        : missing
          ? 'these requests are refused'
          : 'everybody the issuer knows gets in, with the scopes of that policy',
      help: capitals
        ? `write ${goLower(entry.value)}`
        : 'leave it empty, or give that policy no more than everybody may have',
    });
  },
};
