/** What a change of configuration does to people: rows, totals, and the words all forms share. */
import type { Cause } from '../../claims/attribution.js';
import { type Direction, type FieldChange, fieldTitle, together } from '../../claims/compare.js';
import type { Resolution } from '../../claims/trace.js';
import type { SettingDifference } from '../../products/product.js';
import { printable } from '../../text/width.js';
import { shownText } from '../show.js';

export interface ImpactChange extends FieldChange {
  readonly cause: Cause;
  /** Whether `--allow` permits it. */
  readonly permitted: boolean;
}

/** One person who changes. */
export interface ImpactRow {
  /** `users.jsonl:17` or a file name. */
  readonly place: string;
  readonly who: string;
  readonly changes: readonly ImpactChange[];
  /** Why a refused person is refused, on either side. */
  readonly before: Pick<Resolution, 'outcome' | 'denial'>;
  readonly after: Pick<Resolution, 'outcome' | 'denial'>;
  readonly certainty?: 'undetermined';
}

/** A difference as it is shown: secrets are out already. */
export interface ShownDifference {
  readonly kind: SettingDifference['kind'];
  /** `auth.generic_oauth.role_attribute_path`, as unambiguous as a name gets. */
  readonly name: string;
  /** `role_attribute_path`. */
  readonly option: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly beforeAt?: string;
  readonly afterAt?: string;
  readonly asks: boolean;
}

export function shownDifference(difference: SettingDifference): ShownDifference {
  const { kind, section, option, before, after, beforeAt, afterAt, secret, asks } = difference;
  const shown = (text: string | undefined) => (text === undefined ? null : shownText({ text, secret }));
  return {
    kind,
    name: section === undefined ? option : `${section}.${option}`,
    option,
    before: shown(before),
    after: shown(after),
    ...(beforeAt === undefined ? {} : { beforeAt }),
    ...(afterAt === undefined ? {} : { afterAt }),
    asks,
  };
}

export interface ImpactSummary {
  readonly total: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Payloads that could not be read. */
  readonly unreadable: number;
  /** People by what their changes come to. */
  readonly lose: number;
  readonly gain: number;
  readonly either: number;
  /** Changes by field, and from what to what where the values are few. */
  readonly fields: Readonly<Record<string, number>>;
  readonly transitions: readonly {
    readonly field: string;
    readonly before: string;
    readonly after: string;
    readonly count: number;
  }[];
  /** People by difference that changes something for them, in the order of the differences. */
  readonly causes: readonly number[];
  /** Changes that fail the run. */
  readonly beyond: number;
}

/** Counts as rows come; memory does not grow with them. */
export class ImpactCounter {
  total = 0;
  unreadable = 0;
  beyond = 0;
  #changed = 0;
  readonly #directions: Record<Direction, number> = { gain: 0, loss: 0, either: 0, neutral: 0 };
  readonly #fields = new Map<string, number>();
  readonly #transitions = new Map<string, { field: string; before: string; after: string; count: number }>();
  readonly #causes: number[];

  constructor(differences: number) {
    this.#causes = Array.from({ length: differences }, () => 0);
  }

  add({ changes }: ImpactRow): void {
    this.#changed++;
    this.#directions[together(changes.map(({ direction }) => direction))]++;
    const causes = new Set<number>();
    for (const change of changes) {
      const { field, before, after, cause } = change;
      this.#fields.set(field, (this.#fields.get(field) ?? 0) + 1);
      if (cause.kind !== 'unknown') for (const one of cause.differences) causes.add(one);
      if (!FEW_VALUES.has(field)) continue;
      const [old, now] = [plainValue(field, before), plainValue(field, after)];
      const key = JSON.stringify([field, old, now]);
      const known = this.#transitions.get(key);
      if (known) known.count++;
      else this.#transitions.set(key, { field, before: old, after: now, count: 1 });
    }
    for (const one of causes) this.#causes[one]!++;
  }

  summary(): ImpactSummary {
    return {
      total: this.total,
      changed: this.#changed,
      unchanged: this.total - this.#changed,
      unreadable: this.unreadable,
      lose: this.#directions.loss,
      gain: this.#directions.gain,
      either: this.#directions.either,
      fields: Object.fromEntries(this.#fields),
      transitions: [...this.#transitions.values()].sort((a, b) => b.count - a.count),
      causes: this.#causes,
      beyond: this.beyond,
    };
  }
}

const FEW_VALUES: ReadonlySet<string> = new Set(['access', 'role', 'grafanaAdmin', 'virtual']);

const ACCESS_WORDS: Readonly<Record<string, string>> = {
  allowed: 'allowed',
  denied: 'refused',
  error: 'login fails',
  redirect: 'sent on',
};

/** A value in words; `before` and `after` of lists are told by what is added and removed. */
export function plainValue(field: string, value: unknown): string {
  if (field === 'access') return ACCESS_WORDS[String(value)] ?? String(value);
  if (field === 'role')
    return value === '' || value === undefined || value === null ? '(left as it is)' : String(value);
  if (field === 'grafanaAdmin') return value === true ? 'yes' : value === false ? 'no' : '(left as it is)';
  if (value === undefined || value === null) return '(nothing)';
  if (typeof value === 'string') return value === '' ? '(nothing)' : value;
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.join(', ');
  if (field === 'orgRoles')
    return (
      Object.entries(value as object)
        .map(([org, role]) => `${org}: ${role === '' ? '(none)' : role}`)
        .join(', ') || '(left as they are)'
    );
  return JSON.stringify(value);
}

/** What was and what is, as two cells. */
export function changeCells(row: ImpactRow, change: ImpactChange): readonly [string, string] {
  const { field, before, after } = change;
  if (field === 'access') {
    const side = ({ outcome, denial }: ImpactRow['before']) =>
      printable(denial === null ? plainValue(field, outcome) : `${plainValue(field, outcome)} (${denial.rule})`);
    return [side(row.before), side(row.after)];
  }
  return [printable(plainValue(field, before)), printable(plainValue(field, after))];
}

export function changeTitle({ field }: ImpactChange): string {
  return fieldTitle(field);
}

/** `role_attribute_path`, `a or b (each alone)`, `a + b (only together)`. */
export function causeText(cause: Cause, differences: readonly ShownDifference[]): string {
  if (cause.kind === 'unknown') return `not found: ${cause.note}`;
  const names = cause.differences.map((at) => causeName(differences[at]!, differences));
  if (names.length === 1) return names[0]!;
  return cause.kind === 'alone' ? `${names.join(' or ')} (each alone)` : `${names.join(' + ')} (only together)`;
}

/** The option alone where no other difference has the same name. */
function causeName(difference: ShownDifference, all: readonly ShownDifference[]): string {
  if (difference.kind === 'version') return `${difference.option} ${difference.before} to ${difference.after}`;
  return all.filter(({ option }) => option === difference.option).length > 1 ? difference.name : difference.option;
}

/** The totals in words. */
export function totalsText(summary: ImpactSummary): string {
  const { total, changed, lose, gain, either, unchanged, unreadable } = summary;
  const people = total === 1 ? '1 payload' : `${total} payloads`;
  const unread = unreadable === 0 ? '' : `; ${unreadable} could not be read`;
  if (changed === 0) return `nothing changes for ${people}${unread}`;
  const neutral = changed - lose - gain - either;
  const parts = [
    [lose, 'loses', 'lose'],
    [gain, 'gains', 'gain'],
    [either, 'may lose or gain', 'may lose or gain'],
    [neutral, 'neither loses nor gains', 'neither lose nor gain'],
  ] as const;
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
  return `${changed} of ${people} ${changed === 1 ? 'changes' : 'change'}: ${told}; ${unchanged} unchanged${unread}`;
}

/** `role Viewer → Editor: 3`, the most frequent first. */
export function transitionTexts(summary: ImpactSummary, arrow: string): string[] {
  const listed = summary.transitions.map(
    ({ field, before, after, count }) => `${fieldTitle(field)} ${before} ${arrow} ${after}: ${count}`,
  );
  const others = Object.entries(summary.fields)
    .filter(([field]) => !FEW_VALUES.has(field))
    .map(([field, count]) => `${fieldTitle(field)}: ${count}`);
  return [...listed, ...others];
}

/** What the recorded answers cannot tell. */
export function askedNote(differences: readonly ShownDifference[]): string | undefined {
  const asking = differences.filter(({ asks }) => asks).map(({ option }) => option);
  if (asking.length === 0) return undefined;
  return `${asking.join(', ')} ${asking.length === 1 ? 'changes' : 'change'} what is asked of the provider: the recorded answers are from before, and new ones may differ`;
}
