import { refusedSyntax } from '../../gem/pattern-syntax.js';
import { block } from './example.js';
import type { GemRule } from './subject.js';
import { within } from './subject.js';

export const gemNamedGroupForm: GemRule = {
  id: 'gem-named-group-form',
  code: 'G17',
  severity: 'warning',
  summary: 'A group is named in a form older Go refuses',
  docs: {
    why: 'Go before 1.22 refuses (?<name>…): the expression does not compile. (?P<name>…) works everywhere.',
    bad: block({ access_policy_regex: '^pref-(?<policy>[0-9]+)-[a-z]+$' }),
    good: block({ access_policy_regex: '^pref-(?P<policy>[0-9]+)-[a-z]+$' }),
    references: ['Go 1.22 release notes: regexp/syntax', 'google/re2: Syntax'],
  },
  check(subject, report) {
    const expression = subject.expression;
    if (expression === undefined || expression.compiled.ok) return;
    for (const found of refusedSyntax(expression.entry.value)) {
      if (found.kind !== 'named-group') continue;
      const place = within(expression.entry, found.span);
      report({
        ...place,
        message: 'the group is named with (?<name>…)',
        consequence: 'a GEM built with Go before 1.22 refuses the expression: no policy is found, or it does not start',
        help: 'write (?P<name>…), or a plain group',
        ...(place.range === undefined
          ? {}
          : { fix: { description: 'write (?P<', edits: [{ range: place.range, newText: '(?P<' }] } }),
      });
    }
  },
};
