/**
 * Unified diffs that never show certain lines, such as those with secrets: they are no context of a hunk, and where they
 * themselves change the change is left out.
 */
import { diffArrays, FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from 'diff';

export interface Patch {
  /** With the headers of the file; `''` where nothing is to be shown. */
  readonly text: string;
  /** Places left out, since a line of theirs is hidden. */
  readonly withheld: number;
  /** A hunk has no line of context behind it, so `git apply` needs `--unidiff-zero`; `patch -p1` does not. */
  readonly needsZeroContext: boolean;
}

const CONTEXT = 3;

/** Lines `[oldStart, oldEnd)` become lines `[newStart, newEnd)`; counted from 0. */
interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * The patch that makes `after` out of `before`.
 * @param path as it is to stand behind `a/` and `b/`
 * @param hidden whether a line of either text (from 0, without its line break) must not be shown
 */
export function makePatch(
  path: string,
  before: string,
  after: string,
  hidden: (side: 'before' | 'after', line: number) => boolean = () => false,
): Patch {
  const [old, now] = [splitLines(before), splitLines(after)];
  const all = changes(old, now).flatMap((change) => [...pairs(change, old, now)]);
  const isHidden = ({ oldStart, oldEnd, newStart, newEnd }: Change) =>
    some(oldStart, oldEnd, (line) => hidden('before', line)) || some(newStart, newEnd, (line) => hidden('after', line));
  const shown = together(all.filter((change) => !isHidden(change)));
  const hunks = makeHunks(old, now, shown, (line) => hidden('before', line));
  return {
    text: shown.length === 0 ? '' : write(path, hunks),
    withheld: together(all.filter(isHidden)).length,
    needsZeroContext: hunks.some(
      (hunk) => !isContext(hunk.lines.findLast((line) => !line.startsWith('\\'))) && lastLine(hunk) < old.length,
    ),
  };
}

/** A change in parts that make sense one by one, so that a hidden line takes as few of its neighbours with it as can be. */
function* pairs(change: Change, old: readonly string[], now: readonly string[]): Generator<Change> {
  const { oldEnd, newEnd } = change;
  let [a, b] = [change.oldStart, change.newStart];
  let open: { oldStart: number; newStart: number } | undefined;
  for (const { added, removed, count } of diffArrays(old.slice(a, oldEnd).map(gist), now.slice(b, newEnd).map(gist))) {
    if (added || removed) {
      open ??= { oldStart: a, newStart: b };
      if (removed) a += count;
      else b += count;
      continue;
    }
    if (open) yield { ...open, oldEnd: a, newEnd: b };
    open = undefined;
    for (let at = 0; at < count; at++, a++, b++) yield { oldStart: a, oldEnd: a + 1, newStart: b, newEnd: b + 1 };
  }
  if (open) yield { ...open, oldEnd: a, newEnd: b };
}

/** What is left of a line that is quoted, indented or capitalised in another way. */
function gist(line: string): string {
  return line.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

/** Neighbours as one. */
function together(all: readonly Change[]): Change[] {
  const result: Change[] = [];
  for (const change of all) {
    const last = result.at(-1);
    if (last && last.oldEnd === change.oldStart && last.newEnd === change.newStart)
      result[result.length - 1] = { ...last, oldEnd: change.oldEnd, newEnd: change.newEnd };
    else result.push(change);
  }
  return result;
}

const isContext = (line: string | undefined) => line?.startsWith(' ') ?? false;
const lastLine = (hunk: StructuredPatchHunk) => hunk.oldStart - 1 + hunk.oldLines;

function some(from: number, to: number, test: (line: number) => boolean): boolean {
  for (let line = from; line < to; line++) if (test(line)) return true;
  return false;
}

/** Lines with their line breaks; a text that ends in one has no empty line behind it. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines that must agree before two texts are taken to run together again. */
const AGREEMENT = 4;
/** Differences longer than this are handed to the general algorithm as a whole. */
const WINDOW = 400;

/** What differs, in order. Time grows with the length of the texts and not with the number of changes. */
function changes(old: readonly string[], now: readonly string[]): Change[] {
  const found: Change[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < now.length) {
    if (a < old.length && old[a] === now[b]) {
      a++;
      b++;
      continue;
    }
    const [endA, endB] = meetingPoint(old, now, a, b) ?? [old.length, now.length];
    found.push(...exactly(old, now, a, endA, b, endB));
    [a, b] = [endA, endB];
  }
  return found;
}

/** Where both texts run together again behind a difference. */
function meetingPoint(
  old: readonly string[],
  now: readonly string[],
  a: number,
  b: number,
): [number, number] | undefined {
  for (let distance = 1; distance <= WINDOW; distance++)
    for (let ahead = 0; ahead <= distance; ahead++) {
      const [nextA, nextB] = [a + ahead, b + distance - ahead];
      if (nextA <= old.length && nextB <= now.length && agree(old, now, nextA, nextB)) return [nextA, nextB];
    }
  return undefined;
}

function agree(old: readonly string[], now: readonly string[], a: number, b: number): boolean {
  for (let at = 0; at < AGREEMENT; at++) {
    const [ended, endedToo] = [a + at >= old.length, b + at >= now.length];
    if (ended || endedToo) return ended && endedToo;
    if (old[a + at] !== now[b + at]) return false;
  }
  return true;
}

/** The smallest changes between two stretches. */
function* exactly(
  old: readonly string[],
  now: readonly string[],
  startA: number,
  endA: number,
  startB: number,
  endB: number,
): Generator<Change> {
  let [a, b] = [startA, startB];
  let open: { oldStart: number; newStart: number } | undefined;
  const close = (): Change[] =>
    open === undefined ? [] : [{ oldStart: open.oldStart, oldEnd: a, newStart: open.newStart, newEnd: b }];
  for (const { count, added, removed } of diffArrays(old.slice(startA, endA), now.slice(startB, endB))) {
    if (added || removed) {
      open ??= { oldStart: a, newStart: b };
      if (removed) a += count;
      else b += count;
      continue;
    }
    yield* close();
    open = undefined;
    a += count;
    b += count;
  }
  yield* close();
}

function makeHunks(
  old: readonly string[],
  now: readonly string[],
  shown: readonly Change[],
  hidden: (line: number) => boolean,
): StructuredPatchHunk[] {
  const hunks: StructuredPatchHunk[] = [];
  let shift = 0;
  for (let at = 0; at < shown.length; ) {
    const first = at;
    // Changes whose context would meet stand in one hunk, where nothing hidden stands between them.
    while (
      at + 1 < shown.length &&
      shown[at + 1]!.oldStart - shown[at]!.oldEnd <= 2 * CONTEXT &&
      !some(shown[at]!.oldEnd, shown[at + 1]!.oldStart, hidden)
    )
      at++;
    const group = shown.slice(first, ++at);
    const [start, end] = [group[0]!.oldStart, group.at(-1)!.oldEnd];
    let behind = 0;
    const limit = shown[at]?.oldStart ?? old.length;
    while (behind < CONTEXT && end + behind < limit && !hidden(end + behind)) behind++;
    // `patch` takes a hunk with less context behind than before it for one at the end of the file.
    const most = end + behind === old.length ? CONTEXT : behind;
    let ahead = 0;
    const from = shown[first - 1]?.oldEnd ?? 0;
    while (ahead < most && start - ahead > from && !hidden(start - ahead - 1)) ahead++;
    const lines: string[] = [];
    let line = start - ahead;
    const keep = (to: number) => {
      for (; line < to; line++) lines.push(...asLines(' ', old[line]!));
    };
    let added = 0;
    for (const change of group) {
      keep(change.oldStart);
      for (; line < change.oldEnd; line++) lines.push(...asLines('-', old[line]!));
      for (let fresh = change.newStart; fresh < change.newEnd; fresh++) lines.push(...asLines('+', now[fresh]!));
      added += change.newEnd - change.newStart - (change.oldEnd - change.oldStart);
    }
    keep(end + behind);
    const oldLines = end + behind - (start - ahead);
    hunks.push({
      oldStart: start - ahead + 1,
      oldLines,
      newStart: start - ahead + 1 + shift,
      newLines: oldLines + added,
      lines,
    });
    shift += added;
  }
  return hunks;
}

function asLines(sign: string, line: string): string[] {
  return line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'];
}

function write(path: string, hunks: StructuredPatchHunk[]): string {
  const text = formatPatch(
    { oldFileName: `a/${path}`, newFileName: `b/${path}`, oldHeader: undefined, newHeader: undefined, hunks },
    FILE_HEADERS_ONLY,
  );
  // A name with a blank ends at a tabulator for the programs that apply patches.
  return path.includes(' ') ? text.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n') : text;
}
