/**
 * `${NAME}`, `$__env{NAME}` and `$__file{/path}`. First environment, then files, each over every key; matches are found in
 * the text as the pass meets it, and each replaces the first place that has its text by then. Other expanders stay as written.
 */

/** Longer results are given up: ten megabytes of `${X}` can become more than any machine holds. */
const MAX_EXPANDED = 1 << 26;

export interface Expansion {
  readonly text: string;
  /** As written: `${X}`. */
  readonly used: readonly string[];
  /** False where it grew too large; `text` is what was written then. */
  readonly complete: boolean;
}

/** `find` gives what stands for a name; undefined leaves it as written. */
export type Find = (name: string) => string | undefined;

export function expandEnvironment(text: string, find: Find): Expansion {
  return expand(text, (kind) => kind === '' || kind === '__env', find);
}

export function expandFiles(text: string, find: Find): Expansion {
  return expand(text, (kind) => kind === '__file', find);
}

/** Each `$__file{…}` of a text, in order. */
export function fileExpanders(text: string): { readonly path: string; readonly written: string }[] {
  const found: { path: string; written: string }[] = [];
  for (const { kind, name, written } of expanders(text)) if (kind === '__file') found.push({ path: name, written });
  return found;
}

function expand(text: string, wanted: (kind: string) => boolean, find: Find): Expansion {
  const replaced: Replaced[] = [];
  let length = text.length;
  for (const { at, kind, name, written } of expanders(text)) {
    const value = wanted(kind) ? find(name) : undefined;
    if (value === undefined) continue;
    replaced.push({ at, written, value });
    length += value.length - written.length;
    if (length > MAX_EXPANDED) return { text, used: [], complete: false };
  }
  if (replaced.length === 0) return { text, used: [], complete: true };
  const used = [...new Set(replaced.map((one) => one.written))];
  return { text: inPlace(text, replaced) ?? oneByOne(text, replaced), used, complete: true };
}

interface Expander {
  readonly at: number;
  /** Empty or `__word`. */
  readonly kind: string;
  /** At least one character, none of them a brace that closes. */
  readonly name: string;
  readonly written: string;
}

/** In one pass over the text, which a regular expression would not do for braces that nothing closes. */
function* expanders(text: string): Generator<Expander> {
  for (let at = text.indexOf('$'); at !== -1; ) {
    const open = endOfKind(text, at + 1);
    let next = at + 1;
    if (text.charCodeAt(open) === OPEN_BRACE) {
      const close = text.indexOf('}', open + 1);
      if (close === -1) return;
      if (close > open + 1) {
        next = close + 1;
        yield { at, kind: text.slice(at + 1, open), name: text.slice(open + 1, close), written: text.slice(at, next) };
      }
    }
    at = text.indexOf('$', next);
  }
}

const OPEN_BRACE = 123;
const UNDERSCORE = 95;

/** Behind `__word`, or where it was asked for. */
function endOfKind(text: string, from: number): number {
  if (text.charCodeAt(from) !== UNDERSCORE || text.charCodeAt(from + 1) !== UNDERSCORE) return from;
  let at = from + 2;
  while (isWord(text.charCodeAt(at))) at++;
  return at > from + 2 ? at : from;
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === UNDERSCORE || (code >= 97 && code <= 122);
}

interface Replaced {
  readonly at: number;
  readonly written: string;
  readonly value: string;
}

/** In one pass; undefined where a dollar is left over, with which a replacement could form the text of a later match. */
function inPlace(text: string, replaced: readonly Replaced[]): string | undefined {
  const parts: string[] = [];
  let from = 0;
  for (const { at, written, value } of replaced) {
    const between = text.slice(from, at);
    if (between.includes('$') || value.includes('$')) return undefined;
    parts.push(between, value);
    from = at + written.length;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** As Grafana does it. */
function oneByOne(text: string, replaced: readonly Replaced[]): string {
  let result = text;
  for (const { written, value } of replaced) {
    const at = result.indexOf(written);
    if (at !== -1) result = result.slice(0, at) + value + result.slice(at + written.length);
  }
  return result;
}
