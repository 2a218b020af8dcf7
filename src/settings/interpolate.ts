/**
 * `%(name)s` as go-ini resolves it: leftmost first, every occurrence of that text at once, the result is searched again,
 * at most 99 times; the first unknown name ends it.
 */

const ROUNDS = 99;

/** A value can double in each round. One that grows by more than this would exhaust any machine. */
const MAX_GROWTH = 1 << 20;

export interface Interpolated {
  readonly text: string;
  /** False where it grew too large and was given up. */
  readonly complete: boolean;
}

/** `find` gives the raw value of a name, undefined for an unknown one. */
export function interpolate(text: string, find: (name: string) => string | undefined): Interpolated {
  const limit = 2 * text.length + MAX_GROWTH;
  let value = text;
  for (let round = 0; round < ROUNDS; round++) {
    const name = firstName(value);
    if (name === undefined) break;
    const found = find(name);
    if (found === undefined) break;
    const parts = value.split(`%(${name})s`);
    if (value.length + (parts.length - 1) * found.length > limit) return { text: value, complete: false };
    value = parts.join(found);
  }
  return { text: value, complete: true };
}

/** One or more characters other than `)` between `%(` and `)s`; found in one pass over the text. */
function firstName(text: string): string | undefined {
  let from = text.indexOf('%(');
  while (from !== -1) {
    const close = text.indexOf(')', from + 2);
    if (close === -1) return undefined;
    if (close > from + 2 && text.charCodeAt(close + 1) === 115) return text.slice(from + 2, close);
    from = text.indexOf('%(', close);
  }
  return undefined;
}
