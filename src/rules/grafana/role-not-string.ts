import type { OtherType } from '../../expression/reading.js';
import { lossOf, rolePaths } from './expressions.js';
import type { GrafanaRule } from './subject.js';

const NAMES: Readonly<Record<OtherType, string>> = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
};

const HELP: Readonly<Record<OtherType, string>> = {
  array: "take one element ([0]), or test for one: contains(roles[*], 'admin') && 'Admin'",
  boolean: "name the role that follows: … && 'Admin'",
  number: "name the role that follows: … && 'Admin'",
  object: 'name the member that holds the role',
};

export const roleNotString: GrafanaRule = {
  id: 'role-not-string',
  code: 'M05',
  severity: 'error',
  summary: 'role_attribute_path gives a list, a boolean or a number',
  when: ['role_attribute_path'],
  docs: {
    why: 'Only a text can be a role. A list of roles, the true of a comparison or of contains() on its own, and numbers count as nothing found, without a message.',
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], 'admins')\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\n",
    references: ['Grafana manual: configure generic OAuth, role mapping'],
  },
  check(subject, report) {
    for (const path of rolePaths(subject)) {
      if (path.reading === undefined) continue;
      const { texts, open, otherTypes, suspicions } = path.reading;
      const never = texts.length === 0 && !open;
      for (const { type, span, text } of otherTypes) {
        // A hyphen that subtracts is reported as that.
        if (
          suspicions.some(
            (other) => other.kind === 'hyphen' && span.start <= other.span.start && other.span.end <= span.end,
          )
        )
          continue;
        const whole = span.start === 0 && span.end === path.text.length;
        report({
          ...path.at(span),
          severity: never ? 'error' : 'warning',
          message: `${whole ? 'role_attribute_path' : text} gives ${NAMES[type]}, which is no role`,
          consequence: never
            ? lossOf(subject, path.provider, path.key)
            : 'where it decides, nobody gets a role from it',
          ...(never && path.shutsOut ? { failShut: true } : {}),
          help: HELP[type],
        });
      }
    }
  },
};
