/**
 * Group memberships after a login. Source: the group sync shared by all single sign-on methods and the JWT login code;
 * manual "Group schema".
 */
import type { JsonValue } from './json.js';
import type { DashboardView } from './settings-view.js';
import type { DashboardProfile } from './versions.js';

/** Ids that every installation has. */
export const ALL_USERS = 1;
export const ADMINISTRATORS = 2;

export interface GroupInput {
  readonly claim: JsonValue | undefined;
  /** Memberships before the login. */
  readonly current: readonly number[];
  /** Id → name; undefined where the groups of the server are not known: every id exists then, no group has a name. */
  readonly known: ReadonlyMap<number, string> | undefined;
  readonly onlyAdmin: boolean;
}

export interface GroupResult {
  readonly groups: readonly number[];
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly mode: 'off' | 'no-claim' | 'mapping' | 'names' | 'none';
  readonly notes: readonly string[];
  readonly undetermined?: string;
}

export function syncGroups(input: GroupInput, view: DashboardView, profile: DashboardProfile): GroupResult {
  const current = [...new Set([ALL_USERS, ...input.current])].sort((a, b) => a - b);
  const same = (mode: GroupResult['mode'], notes: readonly string[], undetermined?: string): GroupResult => ({
    groups: current,
    added: [],
    removed: [],
    mode,
    notes,
    ...(undetermined === undefined ? {} : { undetermined }),
  });
  if (!view.groupSync) return same('off', ['MB_JWT_GROUP_SYNC is not true: the groups claim is not looked at']);
  const { claim } = input;
  if (claim === undefined || claim === null || claim === false)
    return same('no-claim', [`the token has no "${view.groupsClaim}": memberships stay as they are`]);
  if (!view.mappings.ok)
    return same(
      'none',
      [`MB_JWT_GROUP_MAPPINGS ${view.mappings.problem}`],
      'what the sync then does is not documented',
    );
  const { names, notes, undetermined } = namesOf(claim, profile);
  if (undetermined !== undefined) return same('none', notes, undetermined);
  const { table } = view.mappings;
  if (table.size === 0 && !profile.matchesGroupNames)
    return same('none', ['there are no mappings; before v56 the sync then does nothing']);
  return table.size > 0 ? byMapping(names, table, current, input, notes) : byName(names, current, input, notes);
}

function namesOf(
  claim: JsonValue,
  profile: DashboardProfile,
): { names: readonly string[]; notes: string[]; undetermined?: string } {
  if (typeof claim === 'string')
    return profile.wrapsSingleGroup
      ? { names: [claim], notes: ['a single text counts as one group'] }
      : {
          names: [],
          notes: ['a single text is walked letter by letter and matches no group: the claim must be a list'],
        };
  if (!Array.isArray(claim))
    return {
      names: [],
      notes: ['the claim is neither a list nor a text'],
      undetermined: 'what the sync then does is not documented',
    };
  const others = claim.filter((item) => typeof item !== 'string').length;
  return {
    names: claim.filter((item): item is string => typeof item === 'string'),
    notes: others === 0 ? [] : [`${others} of the entries ${others === 1 ? 'is' : 'are'} no text and match no group`],
  };
}

/** Only groups named as targets are managed; all others stay. */
function byMapping(
  names: readonly string[],
  table: ReadonlyMap<string, readonly number[]>,
  current: readonly number[],
  input: GroupInput,
  notes: readonly string[],
): GroupResult {
  const said = [...notes];
  const managed = new Set([...table.values()].flat());
  const wanted = new Set<number>();
  for (const name of names) {
    const ids = table.get(name);
    if (ids === undefined) said.push(`"${name}" is not mapped and is passed over`);
    for (const id of ids ?? []) wanted.add(id);
  }
  if (managed.has(ALL_USERS)) said.push('group 1 (All Users) is never touched');
  const target = current.filter((id) => !managed.has(id) || wanted.has(id) || id === ALL_USERS);
  return finish('mapping', new Set([...target, ...wanted]), current, input, said);
}

/** Without mappings the claim is the whole list of memberships, by exact name. */
function byName(
  names: readonly string[],
  current: readonly number[],
  input: GroupInput,
  notes: readonly string[],
): GroupResult {
  const said = [
    ...notes,
    'there are no mappings: group names are matched, and the claim is the complete list of memberships',
  ];
  if (input.known === undefined) said.push('the groups of the server are not given: no name can be found');
  const target = new Set<number>([ALL_USERS]);
  for (const name of names) {
    const found = [...(input.known ?? [])].filter(([, known]) => known === name).map(([id]) => id);
    if (found.length === 0) said.push(`there is no group named "${name}"`);
    for (const id of found) target.add(id);
  }
  return finish('names', target, current, input, said);
}

function finish(
  mode: 'mapping' | 'names',
  target: ReadonlySet<number>,
  current: readonly number[],
  input: GroupInput,
  said: string[],
): GroupResult {
  const groups = new Set<number>([ALL_USERS]);
  for (const id of target) {
    if (input.known !== undefined && !input.known.has(id) && !current.includes(id))
      said.push(`there is no group ${id}; this is logged and the login goes on`);
    else groups.add(id);
  }
  if (current.includes(ADMINISTRATORS) && !groups.has(ADMINISTRATORS) && input.onlyAdmin) {
    groups.add(ADMINISTRATORS);
    said.push('the last administrator stays one: the removal is refused, the login goes on');
  }
  if (groups.has(ADMINISTRATORS) && !current.includes(ADMINISTRATORS)) said.push('the claim makes an administrator');
  const after = [...groups].sort((a, b) => a - b);
  return {
    groups: after,
    added: after.filter((id) => !current.includes(id)),
    removed: current.filter((id) => !groups.has(id)),
    mode,
    notes: said,
  };
}
