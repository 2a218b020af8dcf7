/** A comparison for programs. */
import type { ImpactRow, ImpactSummary, ShownDifference } from './impact.js';

export interface ComparedTarget {
  readonly product: string;
  readonly old: { readonly files: readonly string[]; readonly version: string };
  readonly new: { readonly files: readonly string[]; readonly version: string };
}

/** One person on one line. */
export function impactJson(row: ImpactRow, differences: readonly ShownDifference[]): string {
  const side = ({ outcome, denial }: ImpactRow['before']) => ({ outcome, denial });
  return JSON.stringify({
    input: row.place,
    who: row.who,
    old: side(row.before),
    new: side(row.after),
    changes: row.changes.map(({ field, before, after, direction, added, removed, cause, permitted }) => ({
      field,
      old: before ?? null,
      new: after ?? null,
      direction,
      ...(added === undefined ? {} : { added }),
      ...(removed === undefined ? {} : { removed }),
      permitted,
      because:
        cause.kind === 'unknown'
          ? { kind: cause.kind, note: cause.note, options: [] }
          : { kind: cause.kind, options: cause.differences.map((at) => differences[at]!.name) },
    })),
    ...(row.certainty === undefined ? {} : { certainty: row.certainty }),
  });
}

export function differencesJson(summary: ImpactSummary, differences: readonly ShownDifference[]): string {
  return JSON.stringify(
    differences.map(({ kind, name, before, after, beforeAt, afterAt, asks }, at) => ({
      kind,
      name,
      old: before,
      new: after,
      ...(beforeAt === undefined ? {} : { oldAt: beforeAt }),
      ...(afterAt === undefined ? {} : { newAt: afterAt }),
      changes: summary.causes[at],
      ...(asks ? { asks } : {}),
    })),
  );
}

export function summaryJson({ causes: _, ...summary }: ImpactSummary): string {
  return JSON.stringify(summary);
}
