/**
 * Names near to what somebody typed.
 */
import { distance } from 'fastest-levenshtein';

/**
 * The known names most like `typed`, best first, at most `limit` (3). Letter case and the choice between `-` and `_` do not count.
 * Nothing where nothing is near: more than three edits, or more than half of the longer word, is too far.
 */
export function closest(typed: string, known: Iterable<string>, limit = 3): string[] {
  const wanted = plain(typed);
  if (wanted.length < 2) return [];
  const found: { name: string; edits: number }[] = [];
  for (const name of known) {
    if (name === typed) continue;
    const other = plain(name);
    const most = Math.min(3, Math.floor(Math.max(wanted.length, other.length) / 2));
    if (Math.abs(wanted.length - other.length) > most) continue;
    const edits = distance(wanted, other);
    if (edits <= most) found.push({ name, edits });
  }
  found.sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1));
  const best = found[0]?.edits ?? 0;
  return found
    .filter((entry) => entry.edits <= best + 1)
    .slice(0, limit)
    .map((entry) => entry.name);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
