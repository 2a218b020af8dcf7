import { closest } from '../../text/suggest.js';
import { lossOf, roleNames, roleOf, rolePaths } from './expressions.js';
import type { GrafanaRule } from './subject.js';
import { enumerate } from './support.js';

export const roleNeverValid: GrafanaRule = {
  id: 'role-never-valid',
  code: 'M02',
  severity: 'error',
  summary: 'role_attribute_path gives texts that are no roles',
  when: ['role_attribute_path'],
  docs: {
    why: 'A role is Viewer, Editor, Admin, GrafanaAdmin or, from 10.1, None, in any case of letters. Any other text, such as Administrator or Deny, is no role: up to 10.0 the person keeps the role he had, from 10.1 he gets the default role. Nobody is kept out by it unless role_attribute_strict is on.',
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = is_admin && 'Administrator' || 'User'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = is_admin && 'Admin' || 'Viewer'\n",
    references: ['Grafana manual: configure generic OAuth, role mapping', 'Grafana issues 33735, 25281'],
  },
  check(subject, report) {
    for (const path of rolePaths(subject)) {
      if (path.reading === undefined || path.provider.isCloud) continue;
      const { texts, open, otherTypes } = path.reading;
      const wrong = texts.filter(({ value }) => !roleOf(subject, value).valid);
      const never = wrong.length === texts.length && !open && otherTypes.length === 0;
      const names = roleNames(subject);
      for (const text of wrong) {
        const [near] = closest(text.value, names);
        const meant = near === undefined ? undefined : path.written(text.span, `'${near}'`);
        report({
          ...path.at(text.span),
          severity: never ? 'error' : open ? 'info' : 'warning',
          message: `${text.text} is no role`,
          consequence: never
            ? lossOf(subject, path.provider, path.key)
            : path.provider.flag('role_attribute_strict')
              ? 'whoever gets it is refused'
              : 'whoever gets it is treated as if the expression had given nothing, and is not kept out',
          ...(never && path.shutsOut ? { failShut: true } : {}),
          help: `roles are ${enumerate(names, 'and')}`,
          ...(meant === undefined ? {} : { suggestions: [meant] }),
        });
      }
    }
  },
};
