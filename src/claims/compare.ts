/**
 * What changes for a person between two dry runs, and whether that is a gain or a loss. Where both refuse the person, nothing
 * changes, whatever the reason; where only one does, only that counts, since all the rest follows from it.
 */
import type { Resolution } from './trace.js';

/** `either`: it may be one or the other, depending on what the person has now; `neutral`: neither. */
export type Direction = 'gain' | 'loss' | 'either' | 'neutral';

export interface FieldChange {
  /** `access`, or a key of the user object. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly direction: Direction;
  /** Of lists. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

type FieldKind = 'role' | 'admin' | 'list' | 'orgRoles' | 'text' | 'identity' | 'object' | 'readOnly';

interface Field {
  readonly kind: FieldKind;
  /** For people. */
  readonly title: string;
}

/** The fields of a user object that are compared, in the order they are told in. Names and display names are not. */
const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['role', { kind: 'role', title: 'role' }],
  ['grafanaAdmin', { kind: 'admin', title: 'server admin' }],
  ['orgRoles', { kind: 'orgRoles', title: 'org roles' }],
  ['organizations', { kind: 'list', title: 'organizations' }],
  ['groups', { kind: 'list', title: 'groups' }],
  ['teams', { kind: 'list', title: 'teams' }],
  ['accessPolicies', { kind: 'list', title: 'access policies' }],
  ['virtual', { kind: 'readOnly', title: 'virtual policy' }],
  ['scopes', { kind: 'list', title: 'scopes' }],
  ['tenants', { kind: 'list', title: 'tenants' }],
  ['tenant', { kind: 'text', title: 'tenant' }],
  ['attributes', { kind: 'object', title: 'attributes' }],
  ['email', { kind: 'text', title: 'e-mail' }],
  ['login', { kind: 'text', title: 'login' }],
  ['id', { kind: 'identity', title: 'identity' }],
]);

/** Names `--allow` takes. */
export const COMPARED_FIELDS: readonly string[] = ['access', ...FIELDS.keys()];

export function fieldTitle(field: string): string {
  return FIELDS.get(field)?.title ?? field;
}

export function compareResolutions(before: Resolution, after: Resolution): readonly FieldChange[] {
  const access = accessChange(before, after);
  if (access !== undefined) return [access];
  if (!isIn(before)) return [];
  const changes: FieldChange[] = [];
  for (const [field, { kind }] of FIELDS) {
    const [old, now] = [before.user?.[field], after.user?.[field]];
    if (!sameValue(kind, old, now)) changes.push({ field, before: old, after: now, ...judge(kind, old, now) });
  }
  return withoutEcho(changes);
}

/** Whether a dry run gives a change's field the value that another one gave it. */
export function agreeOn(field: string, a: Resolution, b: Resolution): boolean {
  if (field === 'access') return a.outcome === b.outcome;
  const kind = FIELDS.get(field)?.kind ?? 'text';
  return isIn(a) === isIn(b) && sameValue(kind, a.user?.[field], b.user?.[field]);
}

function isIn({ outcome }: Resolution): boolean {
  return outcome === 'allowed' || outcome === 'redirect';
}

const ACCESS_RANK: Readonly<Record<Resolution['outcome'], number>> = { error: 0, denied: 0, redirect: 1, allowed: 2 };

function accessChange(before: Resolution, after: Resolution): FieldChange | undefined {
  const difference = ACCESS_RANK[after.outcome] - ACCESS_RANK[before.outcome];
  if (difference === 0) return undefined;
  return {
    field: 'access',
    before: before.outcome,
    after: after.outcome,
    direction: difference > 0 ? 'gain' : 'loss',
  };
}

function sameValue(kind: FieldKind, a: unknown, b: unknown): boolean {
  if (kind === 'list') return JSON.stringify(asSet(a)) === JSON.stringify(asSet(b));
  if (kind === 'orgRoles') return JSON.stringify(roleEntries(a)) === JSON.stringify(roleEntries(b));
  // From no identity to one is what an upgrade brings; from one to another Grafana does not know the person any more.
  if (kind === 'identity') return a === b || !a || !b;
  if (kind === 'object') return canonical(a) === canonical(b);
  return (a ?? '') === (b ?? '');
}

/** `null` (a product that says nothing) differs from an empty list only where the other side has entries. */
function asSet(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.map(itemText))].sort() : [];
}

function itemText(item: unknown): string {
  return typeof item === 'string' ? item : (JSON.stringify(item) ?? '');
}

/** `{}` and `null` both leave memberships alone. */
function roleEntries(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

function judge(kind: FieldKind, before: unknown, after: unknown): Pick<FieldChange, 'direction' | 'added' | 'removed'> {
  switch (kind) {
    case 'role':
      return { direction: roleDirection(before, after) };
    case 'admin':
      // null leaves the person as they are.
      if (after === true) return { direction: 'gain' };
      return { direction: after === false ? 'loss' : 'neutral' };
    case 'readOnly':
      if (after === true) return { direction: 'loss' };
      return { direction: before === true ? 'gain' : 'neutral' };
    case 'orgRoles':
      return { direction: orgRolesDirection(before, after) };
    case 'list':
      return listChange(before, after);
    default:
      return { direction: 'neutral' };
  }
}

const ROLE_RANK: Readonly<Record<string, number>> = { None: 0, Viewer: 1, Editor: 2, Admin: 3 };

/** An empty role leaves the person the role they have, which may be any. */
function roleDirection(before: unknown, after: unknown): Direction {
  const old = ROLE_RANK[String(before ?? '')];
  const now = ROLE_RANK[String(after ?? '')];
  if (now === undefined) return 'neutral';
  if (old !== undefined) return now === old ? 'neutral' : now > old ? 'gain' : 'loss';
  if (now <= ROLE_RANK['Viewer']!) return 'loss';
  return now === ROLE_RANK['Admin'] ? 'gain' : 'either';
}

function orgRolesDirection(before: unknown, after: unknown): Direction {
  const [old, now] = [new Map(roleEntries(before)), new Map(roleEntries(after))];
  // Memberships are left alone, or no longer.
  if (now.size === 0) return 'neutral';
  if (old.size === 0) return 'either';
  return together(
    [...new Set([...old.keys(), ...now.keys()])].map((org) => {
      if (!now.has(org)) return 'loss';
      if (!old.has(org)) return 'gain';
      return roleDirection(old.get(org), now.get(org));
    }),
  );
}

function listChange(before: unknown, after: unknown): Pick<FieldChange, 'direction' | 'added' | 'removed'> {
  const [old, now] = [asSet(before), asSet(after)];
  const added = now.filter((item) => !old.includes(item));
  const removed = old.filter((item) => !now.includes(item));
  // `*` stands for everything.
  if (now.includes('*') && !old.includes('*')) return { direction: 'gain', added, removed };
  if (old.includes('*') && !now.includes('*')) return { direction: 'loss', added, removed };
  const directions: Direction[] = [...added.map(() => 'gain' as const), ...removed.map(() => 'loss' as const)];
  return { direction: together(directions), added, removed };
}

/** Of several changes of one person. */
export function together(directions: readonly Direction[]): Direction {
  const gains = directions.includes('gain');
  const loses = directions.includes('loss');
  if (directions.includes('either') || (gains && loses)) return 'either';
  return gains ? 'gain' : loses ? 'loss' : 'neutral';
}

/** The role in the default organization stands in `orgRoles` too. */
function withoutEcho(changes: readonly FieldChange[]): readonly FieldChange[] {
  const role = changes.find(({ field }) => field === 'role');
  if (role === undefined) return changes;
  return changes.filter(({ field, before, after }) => {
    if (field !== 'orgRoles') return true;
    const [old, now] = [new Map(roleEntries(before)), new Map(roleEntries(after))];
    const differing = [...new Set([...old.keys(), ...now.keys()])].filter((org) => old.get(org) !== now.get(org));
    return !(
      differing.length === 1 &&
      (old.get(differing[0]!) ?? '') === role.before &&
      (now.get(differing[0]!) ?? '') === role.after
    );
  });
}
