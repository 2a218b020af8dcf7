/**
 * Applies edits to a text. Places are lines and columns of the text as it was before the first edit.
 */
import { LineMap, type Range } from './source.js';

export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

export interface EditResult {
  readonly text: string;
  /** How many groups were applied. */
  readonly applied: number;
  /** How many were left out, since an edit of theirs touches one of an earlier group, or they change nothing. */
  readonly skipped: number;
  /** For each group whether it was applied. */
  readonly taken: readonly boolean[];
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The text with all edits applied that do not touch an earlier one (in the order given); a group is applied as a whole or not at
 * all, and not where it changes nothing. Two insertions at one place count as touching. Groups in the order of the text cost the least.
 */
export function applyEdits<E extends Edit>(text: string, groups: readonly (readonly E[])[]): EditResult {
  const lines = new LineMap(text);
  const offset = ({ line, column }: Range['start']) => Math.min(lines.lineStart(line) + column - 1, text.length);
  const taken: Replacement[] = [];
  const applied = groups.map((group) => {
    const edits = group
      .map(({ range, newText }): Replacement => ({ start: offset(range.start), end: offset(range.end), newText }))
      .sort((a, b) => a.start - b.start || a.end - b.end);
    if (edits.some((edit, at) => at > 0 && touches(edits[at - 1]!, edit))) return false;
    if (edits.every(({ start, end, newText }) => text.slice(start, end) === newText)) return false;
    const places = edits.map((edit) => placeFor(edit, taken));
    if (places.includes(-1)) return false;
    // From the last one, since each one moves what stands behind it.
    for (let at = edits.length - 1; at >= 0; at--) {
      if (places[at] === taken.length) taken.push(edits[at]!);
      else taken.splice(places[at]!, 0, edits[at]!);
    }
    return true;
  });
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, newText } of taken) {
    pieces.push(text.slice(at, start), newText);
    at = end;
  }
  pieces.push(text.slice(at));
  const count = applied.filter(Boolean).length;
  return { text: pieces.join(''), applied: count, skipped: groups.length - count, taken: applied };
}

/** Where an edit belongs among those taken, which are in order and do not touch each other; -1 where it touches one. */
function placeFor(edit: Replacement, taken: readonly Replacement[]): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.start < edit.start) low = middle + 1;
    else high = middle;
  }
  const before = taken[low - 1];
  const behind = taken[low];
  return (before && touches(before, edit)) || (behind && touches(edit, behind)) ? -1 : low;
}

function touches(a: Replacement, b: Replacement): boolean {
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return a.start < b.end && b.start < a.end;
}
