/**
 * Command-line flags in a text: one or many a line, with or without the leading dashes, quoted as in a shell. No shell is
 * imitated beyond that: what matters is which flag stands where.
 */
import type { Span } from '../text/source.js';

export interface FlagToken {
  /** Without leading dashes. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Number of leading dashes. */
  readonly dashes: number;
  /** `true` for a flag without a value. */
  readonly value: string;
  readonly valueSpan: Span;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Offset of the first character of the text behind an opening quote. */
  readonly quoted: boolean;
}

/** The flags of a text whose name begins with `auth.` or `admin.client.`; everything else is passed over. */
export function readFlags(text: string, base = 0): FlagToken[] {
  return flagsOf(words(text, base));
}

/** The flags of a list of arguments, each with its place. */
export function readArguments(items: readonly { readonly text: string; readonly span: Span }[]): FlagToken[] {
  return flagsOf(items.map((item) => ({ text: item.text, start: item.span.start, end: item.span.end, quoted: false })));
}

export function isGemFlag(name: string): boolean {
  return name.startsWith('auth.') || name.startsWith('admin.client.') || name.startsWith('admin-client.');
}

function flagsOf(list: readonly Word[]): FlagToken[] {
  const flags: FlagToken[] = [];
  for (let index = 0; index < list.length; index++) {
    const word = list[index]!;
    let dashes = 0;
    while (dashes < 2 && word.text[dashes] === '-') dashes++;
    const body = word.text.slice(dashes);
    if (!isGemFlag(body)) continue;
    const delimiter = firstDelimiter(body);
    const nameStart = word.start + dashes;
    if (delimiter !== -1) {
      const name = body.slice(0, delimiter);
      let value = body.slice(delimiter + 1);
      let start = nameStart + delimiter + 1;
      let end = word.end;
      // `name: value` of a properties-like text has its value in the next word.
      const next = list[index + 1];
      if (value === '' && body[delimiter] === ':' && next !== undefined) {
        [value, start, end] = [next.text, next.start, next.end];
        index++;
      }
      flags.push({
        name,
        nameSpan: { start: nameStart, end: nameStart + name.length },
        dashes,
        value,
        valueSpan: { start, end },
      });
      continue;
    }
    const nameSpan = { start: nameStart, end: word.end };
    const next = list[index + 1];
    if (dashes > 0 && next !== undefined && !next.text.startsWith('-')) {
      flags.push({ name: body, nameSpan, dashes, value: next.text, valueSpan: { start: next.start, end: next.end } });
      index++;
    } else flags.push({ name: body, nameSpan, dashes, value: 'true', valueSpan: { start: word.end, end: word.end } });
  }
  return flags;
}

function firstDelimiter(text: string): number {
  for (let at = 0; at < text.length; at++) if (text[at] === '=' || text[at] === ':') return at;
  return -1;
}

function words(text: string, base: number): Word[] {
  const list: Word[] = [];
  let at = 0;
  let lineStart = true;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n') {
      lineStart = true;
      at++;
      continue;
    }
    if (char === ' ' || char === '\t' || char === '\r' || (char === '\\' && isLineEnd(text, at + 1))) {
      at++;
      continue;
    }
    if (char === '#' && lineStart) {
      while (at < text.length && text[at] !== '\n') at++;
      continue;
    }
    lineStart = false;
    const start = at;
    let value = '';
    let quote = '';
    let quoted = false;
    for (; at < text.length; at++) {
      const here = text[at]!;
      if (quote !== '') {
        if (here === quote) quote = '';
        else value += here;
      } else if (here === '"' || here === "'") {
        quote = here;
        quoted = true;
      } else if (here === ' ' || here === '\t' || here === '\n' || here === '\r') break;
      else value += here;
    }
    list.push({ text: value, start: base + start, end: base + at, quoted });
  }
  return list;
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text[at] === '\n' || text[at] === '\r';
}
