/**
 * `$NAME` and `${NAME:-default}` as Compose fills them in, in its YAML after quoting and in environment files.
 * Source: forms §5.2, golden cases of the Compose loader.
 */
import { unknownValue } from '../document/variable.js';
import type { Span } from '../text/source.js';
import { sliceTraced, type Traced, Tracing } from './traced.js';

/** The text of a variable; `null` where it is known to be unset, undefined where that is not known here. */
export type Lookup = (name: string) => string | null | undefined;

/** A variable that took part, with what became of it. */
export interface Taken {
  readonly name: string;
  /** `$NAME` without braces. */
  readonly bare: boolean;
  /** Where it begins in the text and how long it is. */
  readonly at: number;
  readonly length: number;
  /** `undefined`: not known here. */
  readonly outcome: 'set' | 'unset' | 'default' | 'undefined';
}

export interface Interpolated {
  readonly value: Traced;
  readonly taken: readonly Taken[];
  /** Compose refuses the text: what it says, or that a variable it must have is missing. */
  readonly error?: { readonly at: number; readonly length: number; readonly message: string };
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Names no shell sets: Grafana's own expanders, which people forget to escape. */
const EXPANDERS = /^__(?:file|env|vault)$/;

const MAX_DEPTH = 20;

/** Fills a text in; never throws. */
export function interpolate(text: Traced, lookup: Lookup): Interpolated {
  return new Interpolation(text, lookup).run();
}

/** The sources of variables, first one that knows a name wins; without a shell what none of them has is not known. */
export function lookupIn(
  shell: Readonly<Record<string, string | undefined>> | undefined,
  ...files: readonly (ReadonlyMap<string, string> | undefined)[]
): Lookup {
  return (name) => {
    if (shell && Object.hasOwn(shell, name) && shell[name] !== undefined) return shell[name];
    for (const file of files) {
      const value = file?.get(name);
      if (value !== undefined) return value;
    }
    return shell || EXPANDERS.test(name) ? null : undefined;
  };
}

class Interpolation {
  readonly #taken: Taken[] = [];
  #error: Interpolated['error'];

  constructor(
    private readonly input: Traced,
    private readonly lookup: Lookup,
  ) {}

  run(): Interpolated {
    if (!this.input.text.includes('$')) return { value: this.input, taken: [] };
    const value = this.#fill(0, this.input.text.length, 0);
    return { value, taken: this.#taken, ...(this.#error ? { error: this.#error } : {}) };
  }

  #fill(start: number, end: number, depth: number): Traced {
    const { text } = this.input;
    const made = new Tracing();
    let at = start;
    while (at < end) {
      const dollar = text.indexOf('$', at);
      if (dollar === -1 || dollar >= end) break;
      made.add(sliceTraced(this.input, at, dollar));
      const next = dollar + 1 < end ? text[dollar + 1] : undefined;
      if (next === '$') {
        made.put('$', this.#place(dollar, dollar + 2));
        at = dollar + 2;
      } else if (next === '{') {
        const close = this.#closing(dollar + 1, end);
        if (close === -1) {
          this.#fail(dollar, end, 'a "${" without its "}"');
          at = end;
        } else {
          made.add(this.#braced(dollar, close, depth));
          at = close + 1;
        }
      } else {
        const name = nameAt(text, dollar + 1, end);
        if (name === '') {
          made.add(sliceTraced(this.input, dollar, dollar + 1));
          at = dollar + 1;
        } else {
          const length = name.length + 1;
          made.add(this.#value(name, dollar, length, true));
          at = dollar + length;
        }
      }
    }
    return made.add(sliceTraced(this.input, Math.min(at, end), end)).value;
  }

  /** `${…}` from `start` to the brace at `close`. */
  #braced(start: number, close: number, depth: number): Traced {
    const { text } = this.input;
    const length = close + 1 - start;
    const name = nameAt(text, start + 2, close);
    const rest = start + 2 + name.length;
    const operator = /^(?::?[-?+])?/.exec(text.slice(rest, rest + 2))![0];
    if (name === '' || (operator === '' && rest !== close) || depth > MAX_DEPTH) {
      this.#fail(start, close + 1, `"${text.slice(start, Math.min(close + 1, start + 40))}" names no variable`);
      return { text: '', places: [] };
    }
    if (operator === '') return this.#value(name, start, length, false);
    const found = this.lookup(name);
    const counts = found !== undefined && found !== null && (found !== '' || !operator.startsWith(':'));
    const inner = rest + operator.length;
    if (operator.endsWith('+')) {
      if (found === undefined) return this.#unknown(name, start, length);
      return counts ? this.#fill(inner, close, depth + 1) : { text: '', places: [] };
    }
    if (counts) return this.#value(name, start, length, false);
    if (operator.endsWith('-')) {
      // Where the shell is not known, what is written is what holds without it.
      this.#taken.push({ name, bare: false, at: start, length, outcome: 'default' });
      return this.#fill(inner, close, depth + 1);
    }
    if (found === undefined) return this.#unknown(name, start, length);
    this.#fail(start, close + 1, `${name} is required and ${found === '' ? 'empty' : 'not set'}`);
    return { text: '', places: [] };
  }

  #value(name: string, at: number, length: number, bare: boolean): Traced {
    const found = this.lookup(name);
    if (found === undefined) return this.#unknown(name, at, length, bare);
    this.#taken.push({ name, bare, at, length, outcome: found === null ? 'unset' : 'set' });
    const text = found ?? '';
    const place = this.#place(at, at + length);
    return { text, places: Array.from({ length: text.length }, () => place) };
  }

  #unknown(name: string, at: number, length: number, bare = false): Traced {
    this.#taken.push({ name, bare, at, length, outcome: 'undefined' });
    const text = unknownValue(name);
    const place = this.#place(at, at + length);
    return { text, places: Array.from({ length: text.length }, () => place) };
  }

  #fail(start: number, end: number, message: string): void {
    this.#error ??= { at: start, length: end - start, message };
  }

  /** The brace that closes the one at `open`. */
  #closing(open: number, end: number): number {
    const { text } = this.input;
    let depth = 0;
    for (let at = open; at < end; at++) {
      if (text[at] === '{') depth++;
      else if (text[at] === '}' && --depth === 0) return at;
    }
    return -1;
  }

  #place(start: number, end: number): Span | undefined {
    const first = this.input.places[start];
    const last = this.input.places[end - 1];
    return first && last && { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
  }
}

function nameAt(text: string, at: number, end: number): string {
  NAME.lastIndex = at;
  const found = NAME.exec(text)?.[0] ?? '';
  return found.slice(0, Math.max(0, end - at));
}
