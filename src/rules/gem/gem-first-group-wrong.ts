import { block } from './example.js';
import type { GemRule } from './subject.js';
import { cite, within } from './subject.js';

export const gemFirstGroupWrong: GemRule = {
  id: 'gem-first-group-wrong',
  code: 'G19',
  severity: 'warning',
  summary: 'More than one group, and only the first counts',
  docs: {
    why: 'Only the first sub-match is used. A group around a prefix makes the prefix the policy.',
    bad: block({ access_policy_regex: '^(pref|grp)-([a-z]+)$' }),
    good: block({ access_policy_regex: '^(?:pref|grp)-([a-z]+)$' }),
    references: ['GEM manual: Integrate with OAuth (the first sub-match is used)'],
  },
  check(subject, report) {
    const expression = subject.expression;
    const { firstGroup, otherGroup } = expression?.facts ?? {};
    if (expression === undefined || firstGroup === undefined || otherGroup === undefined) return;
    const text = expression.entry.value;
    const opening = within(expression.entry, { start: firstGroup.start, end: firstGroup.start + 1 });
    const plain = text[firstGroup.start + 1] !== '?';
    report({
      ...within(expression.entry, firstGroup),
      message: `only the first group, ${cite(text.slice(firstGroup.start, firstGroup.end))}, gives the policy`,
      consequence: `what ${cite(text.slice(otherGroup.start, otherGroup.end))} matches is not used`,
      help: 'write (?:…) for the groups that only hold together',
      ...(plain && opening.range !== undefined
        ? { suggestions: [`${text.slice(0, firstGroup.start)}(?:${text.slice(firstGroup.start + 1)}`] }
        : {}),
    });
  },
};
