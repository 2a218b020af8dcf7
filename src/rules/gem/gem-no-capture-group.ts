import { block } from './example.js';
import type { GemRule } from './subject.js';
import { valuePlace } from './subject.js';

export const gemNoCaptureGroup: GemRule = {
  id: 'gem-no-capture-group',
  code: 'G15',
  severity: 'error',
  summary: 'The expression has no group',
  docs: {
    why: 'The policy is the first sub-match. Without a group there is none, so no token ever yields a policy.',
    bad: block({ access_policy_regex: 'pref-[0-9]+-.*' }),
    good: block({ access_policy_regex: '^pref-([0-9]+)-.*$' }),
    references: ['GEM manual: Integrate with OAuth (a sub-match has to be present)'],
  },
  check(subject, report) {
    const expression = subject.expression;
    if (expression?.facts === undefined || expression.facts.groupCount > 0) return;
    report({
      ...valuePlace(expression.entry),
      message: 'the expression has no capture group',
      consequence: 'there is no sub-match, so no token ever yields a policy',
      help: 'put parentheses around the part that names the policy; (.*) takes the whole value',
      suggestions: ['(.*)'],
    });
  },
};
