import { block } from './example.js';
import type { GemRule } from './subject.js';
import { valuePlace } from './subject.js';

export const gemRegexNotAnchored: GemRule = {
  id: 'gem-regex-not-anchored',
  code: 'G20',
  severity: 'warning',
  summary: 'The expression may match in the middle of a value',
  docs: {
    why: 'The expression is searched, not matched in full: a value that merely contains the pattern yields a policy. xpref-12-y gives 12.',
    bad: block({ access_policy_regex: 'pref-([0-9]+)-.*' }),
    good: block({ access_policy_regex: '^pref-([0-9]+)-.*$' }),
    references: ['Go: regexp (search is not anchored)'],
  },
  failOpen: true,
  check(subject, report) {
    const expression = subject.expression;
    const facts = expression?.facts;
    if (expression === undefined || facts === undefined || facts.groupCount === 0) return;
    if (facts.anchoredStart && facts.anchoredEnd) return;
    const text = expression.entry.value;
    const missing = [
      ...(facts.anchoredStart ? [] : ['^ at its beginning']),
      ...(facts.anchoredEnd ? [] : ['$ at its end']),
    ];
    report({
      ...valuePlace(expression.entry),
      message: `the expression has no ${missing.join(' and no ')}`,
      consequence: 'a value that merely contains the pattern yields a policy too',
      help: `write ${facts.anchoredStart ? '' : '^'}${text}${facts.anchoredEnd ? '' : '$'}`,
      suggestions: [`${facts.anchoredStart ? '' : '^'}${text}${facts.anchoredEnd ? '' : '$'}`],
    });
  },
};
