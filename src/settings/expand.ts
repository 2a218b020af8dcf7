/**
 * `${NAME}`, `$__env{NAME}` and `$__file{/path}`. First environment, then files, each over every key; matches are found in
 * the text as the pass meets it, and each replaces the first place that has its text by then. Other expanders stay as written.
 */

/** A dollar, nothing or `__word`, and braces around at least one character. */
const EXPANDER = /\$(|__\w+)\{([^}]+)\}/g;

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
  for (const [written, kind, path] of text.matchAll(EXPANDER))
    if (kind === '__file') found.push({ path: path!, written });
  return found;
}

function expand(text: string, wanted: (kind: string) => boolean, find: Find): Expansion {
  if (!text.includes('${') && !text.includes('$__')) return { text, used: [], complete: true };
  const replaced: Replaced[] = [];
  let length = text.length;
  for (const match of text.matchAll(EXPANDER)) {
    const value = wanted(match[1]!) ? find(match[2]!) : undefined;
    if (value === undefined) continue;
    replaced.push({ at: match.index, written: match[0], value });
    length += value.length - match[0].length;
    if (length > MAX_EXPANDED) return { text, used: [], complete: false };
  }
  if (replaced.length === 0) return { text, used: [], complete: true };
  return {
    text: inPlace(text, replaced) ?? oneByOne(text, replaced),
    used: replaced.map((one) => one.written),
    complete: true,
  };
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
