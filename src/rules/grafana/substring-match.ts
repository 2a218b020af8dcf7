import { expressionsOf } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const substringMatch: GrafanaRule = {
  id: 'substring-match',
  code: 'M08',
  severity: 'warning',
  summary: 'contains() on a claim that may be a text matches parts of it',
  when: ['contains'],
  failOpen: true,
  docs: {
    why: "Where the claim is a list, contains() looks for an element. Where it is a text, as some providers send it for a single group or a list written into one text, a part is enough: contains(groups, 'admin') is true for superadmin and not-admin.",
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(role, 'admin') && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = role == 'admin' && 'Admin' || 'Viewer'\n",
    references: ['JMESPath specification: contains', 'Grafana issue 92801'],
  },
  check(subject, report) {
    for (const expression of expressionsOf(subject)) {
      const said = new Set<string>();
      for (const use of expression.reading?.contains ?? []) {
        const { subject: claim, needle } = use;
        const isText = needle.results.some(
          (possible) => possible.kind === 'constant' && typeof possible.value === 'string',
        );
        if (!use.matchesParts || !isText || said.has(claim.text)) continue;
        // The elements of a list are compared as wholes; only a claim on its own is in doubt.
        if (!claim.results.some(({ kind }) => kind === 'claim')) continue;
        said.add(claim.text);
        const path = expression.reading!.claims.find(
          ({ span }) => claim.span.start <= span.start && span.end <= claim.span.end,
        );
        const name = path?.text ?? claim.text;
        report({
          ...expression.at(use.span),
          message: `where ${name} is a text, a part of it is enough for contains()`,
          consequence: `${needle.text} is then also found in a longer name, which gives ${expression.key === 'role_attribute_path' ? 'the role' : 'the entry'} to people it was not meant for`,
          help: `for a list write contains(${name}[*], ${needle.text}), for a text ${name} == ${needle.text}`,
        });
      }
    }
  },
};
