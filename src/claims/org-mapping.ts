/**
 * `org_mapping`: which roles in which organizations a person's external organizations give. Source: the study of Grafana's
 * resolution, "org_mapping / org_attribute_path"; the version study, section 6.
 */

import type { ClaimsProfile } from './profile.js';
import { higherRole, isRole } from './roles.js';

/** Stands for every organization of the server. */
export const ALL_ORGS = '-1';

/** What is known of the server's organizations: name → id; null: it cannot list them; undefined: nothing is known. */
export type KnownOrgs = Readonly<Record<string, number>> | null | undefined;

export interface MappingEntry {
  readonly text: string;
  readonly external: string;
  /** Id as decimal text, or ALL_ORGS; undefined where the entry is skipped. */
  readonly org?: string;
  readonly role?: string;
  /** What is wrong with it; without `org` it is skipped. */
  readonly problem?: string;
  /** The problem is only that nothing is known about the organization's name. */
  readonly unknownState?: boolean;
}

export interface OrgMapping {
  readonly entries: readonly MappingEntry[];
  /** external organization → organization id → role. */
  readonly roles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Strict mode: one bad entry has emptied everything. */
  readonly voided: MappingEntry | undefined;
}

/** Reads the entries of the option. `strict`: `role_attribute_strict`. */
export function readOrgMapping(
  list: readonly string[],
  profile: ClaimsProfile,
  orgs: KnownOrgs,
  strict: boolean,
): OrgMapping {
  const entries: MappingEntry[] = [];
  const roles = new Map<string, Map<string, string>>();
  if (profile.orgMapping === null) return { entries, roles, voided: undefined };
  for (const text of list) {
    const entry = readEntry(text, profile, orgs);
    entries.push(entry);
    if (strict && entry.problem !== undefined) return { entries, roles: new Map(), voided: entry };
    if (entry.org === undefined) continue;
    let target = roles.get(entry.external);
    if (target === undefined) {
      target = new Map();
      roles.set(entry.external, target);
    }
    target.set(entry.org, entry.role!);
  }
  return { entries, roles, voided: undefined };
}

/** An entry at its colons, as the version splits it. */
export function mappingParts(text: string, profile: ClaimsProfile): readonly string[] {
  return profile.orgMapping?.escapes ? splitEscaped(text) : text.split(':');
}

function readEntry(text: string, profile: ClaimsProfile, orgs: KnownOrgs): MappingEntry {
  const parts = mappingParts(text, profile);
  const [external, organization, role] = parts as [string, string | undefined, string | undefined];
  if (organization === undefined || parts.length > 3)
    return {
      text,
      external,
      problem: `has ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}; external:organization:role has two or three`,
    };

  const org = orgId(organization, orgs);
  if (org === undefined)
    return {
      text,
      external,
      problem: `organization ${JSON.stringify(organization)} is not known`,
      ...(orgs === undefined ? { unknownState: true } : {}),
    };
  if (role !== undefined && isRole(profile, role)) return { text, external, org, role };
  const problem =
    role === undefined
      ? 'names no role'
      : `${JSON.stringify(role)} is no role (exact spelling: ${profile.roles.join(', ')})`;
  return { text, external, org, role: 'Viewer', problem };
}

/** Splits at colons without a backslash before them; `\:` becomes `:` in all parts but the last, where the backslash stays. */
function splitEscaped(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== ':' || text[at - 1] === '\\') continue;
    parts.push(text.slice(from, at).replaceAll('\\:', ':'));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

const MAX_ID = 2n ** 63n - 1n;

function orgId(text: string, orgs: KnownOrgs): string | undefined {
  if (text === '*') return ALL_ORGS;
  if (/^[+-]?\d+$/.test(text)) {
    const id = BigInt(text.replace(/^\+/, ''));
    if (id <= MAX_ID && id >= -MAX_ID - 1n) return id.toString();
  }
  if (orgs === null || orgs === undefined || !Object.hasOwn(orgs, text)) return undefined;
  return String(orgs[text]);
}

export interface MappedRoles {
  /** null: the server could not list its organizations, nothing is synchronized. */
  readonly roles: Map<string, string> | null;
  /** True where the default organization got a role because nothing matched. */
  readonly fallback: boolean;
  /** An entry for all organizations took part and nothing is known about which there are. */
  readonly unknownState?: boolean;
}

export interface DefaultOrg {
  /** `auto_assign_org_id` where `auto_assign_org` is on and the id positive, else 1. */
  readonly id: string;
  /** `auto_assign_org_role` as it stands. */
  readonly role: string;
}

/**
 * The roles of one login. `role`: a valid role from `role_attribute_path`, else empty. An empty result means that strict mode
 * found nothing.
 */
export function mapOrgRoles(
  mapping: OrgMapping,
  externals: readonly string[],
  role: string,
  strict: boolean,
  home: DefaultOrg,
  orgs: KnownOrgs,
): MappedRoles {
  const roles = new Map<string, string>();
  for (const external of [...externals, '*'])
    for (const [org, mapped] of mapping.roles.get(external) ?? [])
      roles.set(org, higherRole(mapped, roles.get(org) ?? ''));

  const everywhere = roles.get(ALL_ORGS);
  let unknownState = false;
  if (everywhere !== undefined) {
    if (orgs === null) return { roles: null, fallback: false };
    unknownState = orgs === undefined;
    roles.delete(ALL_ORGS);
    for (const id of Object.values(orgs ?? {})) {
      const org = String(id);
      roles.set(org, higherRole(everywhere, roles.get(org) ?? ''));
    }
  }
  if (roles.size === 0) {
    if (role !== '') roles.set(home.id, role);
    else if (!strict) roles.set(home.id, home.role);
    return { roles, fallback: true, unknownState };
  }
  if (role !== '') for (const [org, mapped] of roles) roles.set(org, higherRole(role, mapped));
  return { roles, fallback: false, unknownState };
}
