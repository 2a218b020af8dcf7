import { refusedSyntax } from '../../gem/pattern-syntax.js';
import { block } from './example.js';
import type { GemRule } from './subject.js';
import { valuePlace, within } from './subject.js';

export const gemRegexNotRe2: GemRule = {
  id: 'gem-regex-not-re2',
  code: 'G16',
  severity: 'error',
  summary: 'The expression does not compile as RE2',
  docs: {
    why: 'RE2 has no look-around, no back-references, no possessive or atomic groups and fewer escapes than other engines. An expression that uses them does not compile.',
    bad: block({ access_policy_regex: '^pref-(?!admin)([a-z]+)$' }),
    good: block(),
    references: ['google/re2: Syntax', 'Go: package regexp/syntax'],
  },
  check(subject, report) {
    const expression = subject.expression;
    if (expression === undefined || expression.compiled.ok) return;
    const { compiled, entry } = expression;
    const refused = refusedSyntax(entry.value);
    const consequence = 'the expression does not compile: no policy is found, or GEM does not start';
    for (const found of refused) {
      if (found.kind === 'named-group' || found.kind === 'repeat-count') continue;
      report({
        ...within(entry, found.span),
        message: `RE2 does not have ${found.what}`,
        consequence,
        ...(found.instead === undefined ? {} : { help: `write ${found.instead}` }),
      });
    }
    if (refused.length > 0) return;
    report({
      ...(compiled.span === undefined ? valuePlace(entry) : within(entry, compiled.span)),
      message: `the expression does not compile: ${compiled.message}`,
      consequence: 'no policy is found, or GEM does not start',
    });
  },
};
