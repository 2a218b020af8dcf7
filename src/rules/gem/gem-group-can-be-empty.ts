import { block } from './example.js';
import type { GemRule } from './subject.js';
import { within } from './subject.js';

export const gemGroupCanBeEmpty: GemRule = {
  id: 'gem-group-can-be-empty',
  code: 'G21',
  severity: 'warning',
  summary: 'The first group may be empty or take no part',
  docs: {
    why: 'An empty sub-match is no policy: the person is refused, or gets the default policy, although the expression matches.',
    bad: block({ access_policy_regex: '^pref-([0-9]*)-[a-z]+$' }),
    good: block(),
    references: ['Go: regexp (a group that takes no part gives an empty text)'],
  },
  check(subject, report) {
    const expression = subject.expression;
    const facts = expression?.facts;
    if (expression === undefined || facts?.firstGroup === undefined || facts.wholeValue) return;
    if (!facts.optional && !facts.canBeEmpty) return;
    report({
      ...within(expression.entry, facts.firstGroup),
      message: facts.optional
        ? 'the first group may take no part in a match'
        : 'the first group may match the empty text',
      consequence: 'the sub-match is then empty, which is no policy: the person is refused or gets the default policy',
      help: facts.optional ? 'put the group where every match passes it' : 'use + instead of *',
    });
  },
};
