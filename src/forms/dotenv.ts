/**
 * Environment files as Compose v2 reads them.
 * Source: forms §5.3, golden cases of its reader.
 */
import { unknownValue } from '../document/variable.js';
import type { Span } from '../text/source.js';
import { type EnvText, type EnvVariable, interpolationNotes, optionFacts } from './env-variable.js';
import { interpolate, type Lookup } from './interpolate.js';
import { type Traced, Tracing, tracedAt, tracedFrom } from './traced.js';
import type { FormNote } from './types.js';

/** Escapes of double quotes; anything else keeps its backslash. */
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/**
 * Reads a text; never throws. What Compose refuses is a note that stops it; reading goes on behind it.
 * @param lookup variables of the shell and of `.env`; those set further up in the text count where it knows none
 */
export function readDotenv(text: string, lookup: Lookup): EnvText {
  return new Dotenv(text, lookup).read();
}

class Dotenv {
  readonly #variables: EnvVariable[] = [];
  readonly #notes: FormNote[] = [];
  readonly #own = new Map<string, string>();
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly lookup: Lookup,
  ) {
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  read(): EnvText {
    while (this.#toStatement()) this.#statement();
    return { variables: this.#variables, notes: this.#notes };
  }

  /** Over blanks, empty lines and comments; false at the end. */
  #toStatement(): boolean {
    const { text } = this;
    for (;;) {
      while (this.#at < text.length && /\s/.test(text[this.#at]!)) this.#at++;
      if (this.#at >= text.length) return false;
      if (text[this.#at] !== '#') return true;
      this.#at = this.#lineEnd(this.#at);
    }
  }

  #statement(): void {
    const { text } = this;
    const start = this.#at;
    const end = this.#lineEnd(start);
    const exported = /^export[ \t]+/.exec(text.slice(start, Math.min(end, start + 200)));
    const nameStart = start + (exported?.[0].length ?? 0);
    const delimiter = delimiterIn(text, nameStart, end);
    const nameEnd = trimEnd(text, nameStart, delimiter === -1 ? end : delimiter);
    const nameSpan = { start: nameStart, end: nameEnd };
    const name = text.slice(nameStart, nameEnd);
    const problem = nameProblem(name);
    if (problem !== undefined) {
      this.#refuse(problem, nameSpan);
      this.#at = end;
      return;
    }
    if (delimiter === -1) {
      this.#at = end;
      this.#inherit(name, nameSpan);
      return;
    }
    let at = delimiter + 1;
    while (at < end && isBlank(text[at]!)) at++;
    const quote = text[at];
    if (at < end && (quote === '"' || quote === "'")) this.#quoted(name, nameSpan, at, quote);
    else this.#bare(name, nameSpan, at, end);
  }

  /** A name alone takes its value from the shell. */
  #inherit(name: string, nameSpan: Span): void {
    const found = this.lookup(name);
    if (found === null) return;
    const value = tracedFrom(found ?? unknownValue(`the shell: ${name}`), undefined);
    this.#set({ name, value, nameSpan, valueSpan: { start: nameSpan.end, end: nameSpan.end }, quote: 'none' });
  }

  #bare(name: string, nameSpan: Span, start: number, end: number): void {
    const comment = this.text.slice(start, end).indexOf(' #');
    const valueEnd = trimEnd(this.text, start, comment === -1 ? end : start + comment);
    const valueSpan = { start, end: Math.max(start, valueEnd) };
    this.#at = end;
    this.#fillIn(name, nameSpan, valueSpan, tracedAt(this.text, valueSpan.start, valueSpan.end), 'none');
  }

  #quoted(name: string, nameSpan: Span, open: number, quote: string): void {
    const close = this.#closing(open, quote);
    if (close === -1) {
      this.#refuse(`the quote in front of the value of ${name} is never closed`, { start: open, end: open + 1 }, name);
      this.#at = this.text.length;
      return;
    }
    const valueSpan = { start: open, end: close + 1 };
    this.#at = close + 1;
    const inner = quote === '"' ? this.#unescaped(open + 1, close) : this.#single(open + 1, close);
    if (quote === '"') this.#fillIn(name, nameSpan, valueSpan, inner, 'double');
    else this.#set({ name, value: inner, nameSpan, valueSpan, quote: 'single' });
    this.#afterQuote(name, valueSpan, quote);
  }

  /** What stands behind the closing quote is read as the next statement, which it hardly ever is. */
  #afterQuote(name: string, { start: open, end: at }: Span, quote: string): void {
    const end = this.#lineEnd(at);
    const rest = this.text.slice(at, end);
    if (/^[ \t]*(?:#.*)?$/.test(rest)) return;
    const start = at + /^[ \t]*/.exec(rest)![0].length;
    const span = { start: open, end: trimEnd(this.text, start, end) };
    const next = delimiterIn(this.text, start, end);
    const word = this.text.slice(start, trimEnd(this.text, start, next === -1 ? end : next));
    const refused = nameProblem(word.replace(/^export[ \t]+/, '')) !== undefined;
    this.#notes.push({
      kind: 'form-quotes',
      span,
      ...optionFacts(name),
      severity: 'error',
      root: true,
      message: `the value of ${name} begins with a quote and ends at the next one, before the line does`,
      consequence: refused
        ? 'Compose refuses the file, since the rest of the line is no assignment'
        : 'Compose takes the rest of the line for another variable',
      help: `write the whole value in ${quote === "'" ? 'double' : 'single'} quotes`,
      ...(refused ? { stops: 'compose' } : {}),
    });
    // Said already; the rest would be refused again.
    if (refused) this.#at = end;
  }

  #fillIn(name: string, nameSpan: Span, valueSpan: Span, written: Traced, quote: EnvVariable['quote']): void {
    const filled = interpolate(written, (wanted) => {
      const found = this.lookup(wanted);
      return found === undefined || found === null ? (this.#own.get(wanted) ?? found) : found;
    });
    if (filled.error) this.#refuse(`${filled.error.message} in the value of ${name}`, valueSpan, name);
    this.#notes.push(...interpolationNotes(name, written, filled, valueSpan));
    this.#set({ name, value: filled.value, nameSpan, valueSpan, quote });
  }

  #set(variable: EnvVariable): void {
    this.#own.set(variable.name, variable.value.text);
    this.#variables.push(variable);
  }

  #single(start: number, end: number): Traced {
    const made = new Tracing();
    for (let at = start; at < end; at++) {
      const pair = this.text[at] === '\\' && this.text[at + 1] === "'" && at + 1 < end;
      this.#put(made, pair ? "'" : this.text[at]!, at, pair ? 2 : 1);
      if (pair) at++;
    }
    return made.value;
  }

  #unescaped(start: number, end: number): Traced {
    const made = new Tracing();
    for (let at = start; at < end; at++) {
      const next = this.text[at] === '\\' && at + 1 < end ? this.text[at + 1]! : undefined;
      // An escaped dollar is one for good, as two of them are.
      const replaced = next === '$' ? '$$' : next === undefined ? undefined : ESCAPES[next];
      this.#put(made, replaced ?? this.text[at]!, at, replaced === undefined ? 1 : 2);
      if (replaced !== undefined) at++;
    }
    return made.value;
  }

  #put(made: Tracing, text: string, at: number, length: number): void {
    // Compose reads CRLF as LF, also within quotes.
    if (text === '\r' && this.text[at + 1] === '\n') return;
    made.put(text, { start: at, end: at + length });
  }

  #closing(open: number, quote: string): number {
    for (let at = open + 1; at < this.text.length; at++) {
      if (this.text[at] === '\\') at++;
      else if (this.text[at] === quote) return at;
    }
    return -1;
  }

  #lineEnd(at: number): number {
    const feed = this.text.indexOf('\n', at);
    const end = feed === -1 ? this.text.length : feed;
    return end > at && this.text[end - 1] === '\r' ? end - 1 : end;
  }

  #refuse(message: string, span: Span, name?: string): void {
    this.#notes.push({
      kind: 'form-refused',
      span,
      ...(name === undefined ? {} : optionFacts(name)),
      severity: 'error',
      message,
      consequence: 'Compose refuses the file and starts nothing',
      help: 'write NAME=value on a line of its own',
      stops: 'compose',
    });
  }
}

function delimiterIn(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (text[at] === '=' || text[at] === ':') return at;
  return -1;
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'there is no name in front of the sign';
  if (/[ \t]/.test(name) && /^[\w.[\]\- \t]*$/.test(name)) return 'there is a blank within the name of a variable';
  const odd = /[^\w.[\]-]/.exec(name)?.[0];
  return odd === undefined ? undefined : `${JSON.stringify(odd)} stands where a name should be`;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1]!)) at--;
  return at;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t';
}
