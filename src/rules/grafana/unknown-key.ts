import { sectionOptions } from '../../settings/catalog.js';
import { memoize, oncePer } from '../../text/memo.js';
import { closest } from '../../text/suggest.js';
import { isGate } from './gates.js';
import { homesOf, isCompleteSection, notAnOption, standing } from './name-lookup.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';

export const unknownKey: GrafanaRule = {
  id: 'unknown-key',
  code: 'N01',
  severity: 'error',
  summary: 'a key that its section does not know',
  docs: {
    why: 'Grafana ignores a key it does not know without a log line; the default stays in force. A misspelt allow-list is no allow-list.',
    bad: "[auth.generic_oauth]\nrole_atribute_path = contains(groups[*], 'admins') && 'Admin'\n",
    good: "[auth.generic_oauth]\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\n",
    references: ['Grafana manual: configure Grafana, auth sections'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if (written.option || standing(subject, written) !== 'unknown') continue;
      const { section, key } = written;
      if (subject.interpolatesProviders && isNamedInPlaceholder(subject, section, key)) continue;
      const suggestions = nearest(section, key);
      const elsewhere = homesOf(key);
      const unknownHere = isCompleteSection(section) || suggestions.length > 0 || elsewhere.length > 0;
      if (!unknownHere) continue;
      const hint = notAnOption(key);
      report({
        ...subject.atKey(written),
        message: `[${section}] has no option ${key}`,
        consequence: suggestions[0]
          ? `Grafana ignores the line; ${suggestions[0]} keeps its default`
          : 'Grafana ignores the line without a message',
        ...(hint !== undefined
          ? { help: hint }
          : suggestions[0]
            ? { help: `did you mean ${suggestions.join(' or ')}?` }
            : elsewhere[0]
              ? { help: `${key} is an option of ${elsewhere.map((name) => `[${name}]`).join(' and ')}` }
              : { help: 'delete the line, or see the options of the section with: auth-cli explain' }),
        ...(suggestions.length === 0 ? {} : { suggestions, meant: suggestions[0] }),
        ...(suggestions[0] !== undefined && isGate(suggestions[0]) ? { failOpen: true } : {}),
      });
    }
  },
};

/** Where `%(name)s` is replaced, a key may exist only to be named by others. */
function isNamedInPlaceholder(subject: GrafanaSubject, section: string, key: string): boolean {
  return namedInPlaceholders(subject).has(`${section}\n${key}`);
}

const namedInPlaceholders = oncePer((subject: GrafanaSubject): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const other of subject.entries())
    if (other.value.includes('%('))
      for (const [, name] of other.value.matchAll(/%\(([^)]+)\)s/g)) found.add(`${other.section}\n${name}`);
  return found;
});

const bySection = new Map<string, (key: string) => readonly string[]>();

/** Keys of the section that are near by name; the same mistakes are met again and again. */
function nearest(section: string, key: string): readonly string[] {
  let find = bySection.get(section);
  if (!find) {
    find = memoize((name) => closest(name, sectionOptions(section)?.keys() ?? []));
    bySection.set(section, find);
  }
  return find(key);
}
