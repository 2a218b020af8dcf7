import { expressionsOf } from './expressions.js';
import type { GrafanaRule } from './subject.js';
import { cite } from './support.js';

export const unreachableBranch: GrafanaRule = {
  id: 'unreachable-branch',
  code: 'M20',
  severity: 'warning',
  summary: 'a part of an expression that is never reached',
  when: ['_path'],
  docs: {
    why: "a || b takes b only where a is null, false or empty. After a text such as 'Viewer' nothing else is looked at, whatever stands there, so roles named behind it are never given.",
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = 'Viewer' || contains(groups[*], 'admins') && 'Admin'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin' || 'Viewer'\n",
    references: ['JMESPath specification: or and and expressions'],
  },
  check(subject, report) {
    for (const expression of expressionsOf(subject)) {
      const { unreached = [], suspicions = [] } = expression.reading ?? {};
      for (const { span, text, because } of unreached) {
        // A text where a claim was meant is reported as that.
        const mistaken = suspicions.some(
          (other) => because.span.start <= other.span.start && other.span.end <= because.span.end,
        );
        if (mistaken) continue;
        report({
          ...expression.at(span),
          message: `${cite(text)} is never reached: ${because.text} always decides`,
          consequence: `${expression.key} never gives what stands there`,
          help: 'put what always holds last',
        });
      }
    }
  },
};
