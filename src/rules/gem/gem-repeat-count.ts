import { refusedSyntax } from '../../gem/pattern-syntax.js';
import { block } from './example.js';
import type { GemRule } from './subject.js';
import { within } from './subject.js';

export const gemRepeatCount: GemRule = {
  id: 'gem-repeat-count',
  code: 'G18',
  severity: 'error',
  summary: 'A repetition is above 1000',
  docs: {
    why: 'RE2 refuses repetitions above 1000: the expression does not compile.',
    bad: block({ access_policy_regex: '^([a-z0-9-]{1,2000})$' }),
    good: block({ access_policy_regex: '^([a-z0-9-]+)$' }),
    references: ['google/re2: Syntax (implementation restriction)'],
  },
  check(subject, report) {
    const expression = subject.expression;
    if (expression === undefined || expression.compiled.ok) return;
    for (const found of refusedSyntax(expression.entry.value))
      if (found.kind === 'repeat-count')
        report({
          ...within(expression.entry, found.span),
          message: 'the repetition is above 1000, the most RE2 takes',
          consequence: 'the expression does not compile: no policy is found, or GEM does not start',
          help: 'use + or *, or a smaller number',
        });
  },
};
