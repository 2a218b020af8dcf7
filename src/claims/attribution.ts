/**
 * Which differences between two configurations change a field for a person: each is put into the old configuration alone; where
 * none does it alone, a smallest set of them is found that does.
 */

export type Cause =
  /** Each of these alone makes the change; nearly always it is one. */
  | { readonly kind: 'alone'; readonly differences: readonly number[] }
  /** Only together, and none of them can be left out. */
  | { readonly kind: 'together'; readonly differences: readonly number[] }
  | { readonly kind: 'unknown'; readonly note: string };

export interface Attribution {
  /** Positions of the differences that may matter. */
  readonly candidates: readonly number[];
  /** Whether the old configuration with these differences gives what the new one gives. */
  changes(taken: readonly number[]): Promise<boolean>;
}

/** More differences than this are not tried one by one for every person. */
const MOST = 200;

export async function findCause({ candidates, changes }: Attribution): Promise<Cause> {
  if (candidates.length === 0) return { kind: 'unknown', note: 'no setting that a dry run looks at differs' };
  if (candidates.length > MOST)
    return { kind: 'unknown', note: `${candidates.length} settings differ, too many to try each` };
  const alone: number[] = [];
  for (const candidate of candidates) if (await changes([candidate])) alone.push(candidate);
  if (alone.length > 0) return { kind: 'alone', differences: alone };
  if (!(await changes(candidates)))
    return { kind: 'unknown', note: 'the settings of one configuration cannot be put into the other' };
  let needed = [...candidates];
  for (const candidate of candidates) {
    const without = needed.filter((one) => one !== candidate);
    if (await changes(without)) needed = without;
  }
  return { kind: 'together', differences: needed };
}
