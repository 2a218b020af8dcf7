/**
 * Environment files as systemd reads them (`/etc/default/grafana-server`, `/etc/sysconfig/grafana-server`, `EnvironmentFile=`).
 * Source: forms §6, golden cases of its reader.
 */
import type { Span } from '../text/source.js';
import { type EnvText, type EnvVariable, optionFacts } from './env-variable.js';
import { Tracing } from './traced.js';
import type { FormNote } from './types.js';

/** Reads a text; never throws. */
export function readSystemdEnv(text: string): EnvText {
  return new SystemdEnv(text).read();
}

class SystemdEnv {
  readonly #variables: EnvVariable[] = [];
  readonly #notes: FormNote[] = [];
  #at = 0;

  constructor(private readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  read(): EnvText {
    const { text } = this;
    while (this.#at < text.length) {
      const char = text[this.#at]!;
      if (/\s/.test(char)) this.#at++;
      else if (char === '#' || char === ';') this.#at = this.#lineEnd(this.#at);
      else this.#assignment();
    }
    return { variables: this.#variables, notes: this.#notes };
  }

  #assignment(): void {
    const { text } = this;
    const start = this.#at;
    const end = this.#lineEnd(start);
    const equals = start + text.slice(start, end).indexOf('=');
    if (equals < start) {
      this.#drop('a line without "=" sets nothing', { start, end: trimEnd(text, start, end) });
      this.#at = end;
      return;
    }
    const nameSpan = { start, end: trimEnd(text, start, equals) };
    const name = text.slice(nameSpan.start, nameSpan.end);
    this.#at = equals + 1;
    const variable = this.#value(name, nameSpan);
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) this.#variables.push(variable);
    else {
      const exported = /^export\s/.test(name);
      this.#drop(exported ? 'systemd knows no "export"' : 'this is no name of a variable', nameSpan, exported);
    }
  }

  #value(name: string, nameSpan: Span): EnvVariable {
    const { text } = this;
    const made = new Tracing();
    let at = this.#at;
    let first = -1;
    let last = -1;
    let quote: EnvVariable['quote'] = 'none';
    let pieces = 0;
    // A quote opens a piece in front of the value and right behind a piece; within bare text it is a character.
    let mayQuote = true;
    let pending = new Tracing();
    let bareBehindQuote: number | undefined;
    const flush = () => {
      made.add(pending.value);
      pending = new Tracing();
    };
    while (at < text.length) {
      const char = text[at]!;
      if (char === '\n') break;
      if (mayQuote && (char === '"' || char === "'")) {
        if (first === -1) first = at;
        const close = this.#piece(at, char, made);
        if (close === -1) {
          this.#unclosed(name, at);
          last = text.length;
          at = text.length;
          break;
        }
        pieces++;
        quote = char === '"' ? 'double' : 'single';
        at = close + 1;
        last = at;
        continue;
      }
      if (/\s/.test(char)) {
        if (!mayQuote) pending.put(char, { start: at, end: at + 1 });
        at++;
        continue;
      }
      if (first === -1) first = at;
      if (mayQuote && pieces > 0) bareBehindQuote ??= at;
      mayQuote = false;
      flush();
      if (char === '\\') {
        const length = text.startsWith('\\\r\n', at) ? 3 : 2;
        const next = text[at + 1];
        if (next !== undefined && next !== '\n' && length === 2) made.put(next, { start: at, end: at + 2 });
        at += length;
      } else {
        made.put(char, { start: at, end: at + 1 });
        at++;
      }
      last = Math.min(at, text.length);
    }
    this.#at = at;
    if (bareBehindQuote !== undefined) this.#bareBehindQuote(name, { start: first, end: last });
    const valueSpan = first === -1 ? { start: nameSpan.end + 1, end: nameSpan.end + 1 } : { start: first, end: last };
    return { name, value: made.value, nameSpan, valueSpan, quote };
  }

  /** A quoted piece from `open`; gives its closing quote, or -1. */
  #piece(open: number, quote: string, made: Tracing): number {
    const { text } = this;
    for (let at = open + 1; at < text.length; at++) {
      const char = text[at]!;
      if (char === quote) return at;
      if (quote === '"' && char === '\\' && at + 1 < text.length) {
        const next = text[at + 1]!;
        if (next === '\n') {
          at++;
          continue;
        }
        if (/["\\`$]/.test(next)) {
          made.put(next, { start: at, end: at + 2 });
          at++;
          continue;
        }
      }
      made.put(char, { start: at, end: at + 1 });
    }
    return -1;
  }

  #bareBehindQuote(name: string, span: Span): void {
    this.#notes.push({
      kind: 'form-quotes',
      span,
      ...optionFacts(name),
      severity: 'error',
      root: true,
      message: `the value of ${name} begins with a quote and does not end with it`,
      consequence: 'systemd drops the quotes of the first part and the blanks behind it, and keeps those of the rest',
      help: 'write the whole value in double quotes',
    });
  }

  #unclosed(name: string, at: number): void {
    this.#notes.push({
      kind: 'form-quotes',
      span: { start: at, end: at + 1 },
      ...optionFacts(name),
      severity: 'error',
      message: `the quote in the value of ${name} is never closed`,
      consequence: 'everything down to the end of the file becomes part of the value',
      help: 'close the quote',
    });
  }

  #drop(message: string, span: Span, exported = false): void {
    const word = exported ? /^export\s+/.exec(this.text.slice(span.start, span.end))![0] : '';
    this.#notes.push({
      kind: 'form-unknown-name',
      span,
      severity: 'warning',
      message,
      consequence: 'systemd leaves the line out, so Grafana never sees the variable',
      help: exported ? 'remove "export"' : 'write NAME=value',
      ...optionFacts(this.text.slice(span.start + word.length, span.end)),
      ...(exported
        ? {
            fix: {
              description: 'remove "export"',
              edits: [{ span: { start: span.start, end: span.start + word.length }, newText: '' }],
            },
          }
        : {}),
    });
  }

  #lineEnd(at: number): number {
    const feed = this.text.indexOf('\n', at);
    return feed === -1 ? this.text.length : feed;
  }
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1]!)) at--;
  return at;
}
