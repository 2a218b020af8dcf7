/** What the database of Grafana takes (SSO settings API, Terraform): options of one login provider, with types. */
import { findOption } from '../../settings/catalog.js';
import { readBoolean, readStrictBoolean } from '../../settings/read.js';
import type { WriteReport, WriteSetting } from './types.js';

/** Source: forms overview §7, `provider_name`; SAML and LDAP have settings of their own kind. */
const PROVIDERS: ReadonlySet<string> = new Set([
  'auth.github',
  'auth.gitlab',
  'auth.google',
  'auth.azuread',
  'auth.okta',
  'auth.generic_oauth',
]);

/** Provider (`generic_oauth`) → its settings; what belongs to no provider is left out, a remark a section. */
export function providersOf(
  settings: readonly WriteSetting[],
  report: WriteReport,
): ReadonlyMap<string, readonly WriteSetting[]> {
  const found = new Map<string, WriteSetting[]>();
  const others = new Map<string, number>();
  for (const setting of settings) {
    const section = setting.home ?? setting.section;
    if (!PROVIDERS.has(section)) {
      others.set(section, (others.get(section) ?? 0) + 1);
      continue;
    }
    if (!/^[a-z]+(?:_[a-z]+)*$/.test(setting.key)) {
      report.leave(setting, 'how the API changes such a name is not documented');
      continue;
    }
    const provider = section.slice('auth.'.length);
    const members = found.get(provider);
    if (members) members.push(setting);
    else found.set(provider, [setting]);
  }
  for (const [section, count] of others)
    report.leave(
      { section, reason: '' },
      `the database holds settings of OAuth providers only; ${count === 1 ? '1 setting stays' : `${count} settings stay`} in files or variables`,
    );
  return found;
}

/** Booleans of Terraform's schema that the catalogue does not have. */
const OTHER_BOOLEANS: ReadonlySet<string> = new Set(['define_allowed_groups', 'define_allowed_teams_ids']);

export function isBoolean({ section, key }: Pick<WriteSetting, 'section' | 'key'>): boolean {
  return OTHER_BOOLEANS.has(key) || findOption(section, key)?.type === 'bool';
}

/** A boolean as the database takes it; words only INI files know are translated. Undefined, and left out, for what is none. */
export function booleanOf(setting: WriteSetting, report: WriteReport): boolean | undefined {
  const { key, value } = setting;
  const strict = readStrictBoolean(value);
  if (strict !== undefined) return strict;
  const word = report.profile.provider.booleans === 'ini' ? readBoolean(value) : undefined;
  if (word !== undefined)
    report.note(`${key}: "${value}" is written as ${word}, since the database takes no other words`);
  else report.leave(setting, 'the database takes true and false only, and refuses other words');
  return word;
}
