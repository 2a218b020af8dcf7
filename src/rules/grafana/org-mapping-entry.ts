import { mappingParts } from '../../claims/org-mapping.js';
import { claimsProfile } from '../../claims/profile.js';
import { closest } from '../../text/suggest.js';
import { isOn, mapsOrgs, skipsRoleSync } from './expressions.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';
import { enumerate, listOf, replacePart } from './support.js';

export const orgMappingEntry: GrafanaRule = {
  id: 'org-mapping-entry',
  code: 'M17',
  severity: 'error',
  summary: 'an entry of org_mapping that Grafana skips, or takes for Viewer',
  versions: '>=11.1',
  when: ['org_mapping'],
  docs: {
    why: 'An entry is external:organization:role. One with fewer than two or more than three parts is skipped; a role that is missing or not spelt exactly (editor, GrafanaAdmin) becomes Viewer. With role_attribute_strict a single such entry empties the whole mapping.',
    bad: '[auth.generic_oauth]\nenabled = true\norg_attribute_path = groups\norg_mapping = eng:2:editor ops\n',
    good: '[auth.generic_oauth]\nenabled = true\norg_attribute_path = groups\norg_mapping = eng:2:Editor ops:3:Viewer\n',
    references: ['Grafana manual: configure generic OAuth, organization mapping'],
  },
  check(subject, report) {
    const { roles } = claimsProfile(subject.profile.id);
    for (const provider of subject.providers()) {
      if (!isOn(provider) || !mapsOrgs(subject, provider) || skipsRoleSync(subject, provider)) continue;
      const strict = provider.flag('role_attribute_strict');
      const list = listOf(subject, provider, 'org_mapping');
      for (const { text, at, length } of list.items) {
        const problem = problemOf(subject, text, strict);
        if (problem === undefined) continue;
        const { role } = problem;
        // Only the case of the letters differs: safe to put right where it stands.
        const same = role === undefined ? undefined : roles.find((name) => name.toLowerCase() === role.toLowerCase());
        const near = same ?? (role === undefined ? undefined : closest(role, roles)[0]);
        const place = { at: at + text.length - (role ?? '').length, length: (role ?? '').length };
        const fix =
          same === undefined || length !== text.length
            ? undefined
            : replacePart(subject, provider.section, 'org_mapping', place, same, `write ${same}`);
        report({
          ...provider.within('org_mapping', at, length),
          message: problem.message,
          consequence: strict
            ? 'role_attribute_strict empties the whole mapping for it: nobody is mapped'
            : problem.consequence,
          help: `write external:organization:role, for example ${near === undefined ? 'engineers:2:Editor' : `${text.slice(0, text.length - role!.length)}${near}`}`,
          ...(fix === undefined ? {} : { fix }),
        });
      }
    }
  },
};

interface EntryProblem {
  readonly message: string;
  readonly consequence: string;
  /** The text that is no role. */
  readonly role?: string;
}

function problemOf(subject: GrafanaSubject, text: string, strict: boolean): EntryProblem | undefined {
  const profile = claimsProfile(subject.profile.id);
  const parts = mappingParts(text, profile);
  const [external = '', organization, role] = parts;
  const skipped = 'Grafana skips the entry, with a line in the log';
  const asViewer = `people of ${external === '*' ? 'every organization' : external || 'it'} become Viewer there`;
  if (parts.length > 3) return { message: `the entry ${text} has more than three parts`, consequence: skipped };
  if (!organization) return { message: `the entry ${text} names no organization of Grafana`, consequence: skipped };
  if (role === undefined)
    return strict ? { message: `the entry ${text} names no role`, consequence: asViewer } : undefined;
  if (profile.roles.includes(role)) return undefined;
  return {
    message: `${role === '' ? 'an empty text' : role} is no role in an organization: ${enumerate(profile.roles, 'or')}, spelt so`,
    consequence: asViewer,
    role,
  };
}
