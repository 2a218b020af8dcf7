/**
 * Applies edits to a text. Places are lines and columns of the text as it was before the first edit.
 */
import { LineMap, type Range } from './source.js';

export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

/**
 * The text with all edits applied that do not touch an earlier one (in the order given); `skipped` are those that do.
 * Two insertions at one place count as touching.
 */
export function applyEdits<E extends Edit>(
  text: string,
  groups: readonly (readonly E[])[],
): { readonly text: string; readonly applied: number; readonly skipped: number } {
  const lines = new LineMap(text);
  const offset = ({ line, column }: Range['start']) => Math.min(lines.lineStart(line) + column - 1, text.length);
  const taken: { start: number; end: number; newText: string }[] = [];
  let applied = 0;
  let skipped = 0;
  for (const group of groups) {
    const edits = group.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }));
    if (edits.some((edit) => taken.some((other) => touches(edit, other)))) skipped++;
    else {
      applied++;
      taken.push(...edits);
    }
  }
  taken.sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const { start, end, newText } of taken) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return { text: result + text.slice(at), applied, skipped };
}

function touches(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return a.start < b.end && b.start < a.end;
}
