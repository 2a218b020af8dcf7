/**
 * An environment file: `NAME=VALUE` a line, with a place for everything. Readers differ about quotes, blanks and comments
 * (docker run takes a line as it stands, Compose and shells do not), so the value is kept both read and as written.
 */

import type { SourceFile, Span } from '../text/source.js';
import { LineMap } from '../text/source.js';

export interface EnvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** As Compose reads it: quotes removed, a comment behind a blank cut, outer blanks gone. */
  readonly value: string;
  /** The written value with its quotes; an empty span behind `=` where there is none. */
  readonly valueSpan: Span;
  /** All that stands behind `=` on the line, as `docker run --env-file` takes it. */
  readonly literal: string;
  readonly quote: 'none' | 'single' | 'double';
  /** Offset of the value's first character in the text, behind an opening quote. */
  readonly contentStart: number;
  /** Whether `value` stands in the text unchanged from `contentStart` on. */
  readonly verbatim: boolean;
}

/** A line that sets nothing although it is neither empty nor a comment. */
export interface EnvProblem {
  readonly message: string;
  readonly span: Span;
}

export interface EnvDocument {
  readonly source: SourceFile;
  readonly lines: LineMap;
  readonly entries: readonly EnvEntry[];
  /** Names without `=`: docker and Compose hand on the variable of the shell they are started in. */
  readonly handedOn: readonly Span[];
  readonly problems: readonly EnvProblem[];
}

/** Reads a text; never throws. */
export function parseEnvDocument(source: SourceFile): EnvDocument {
  const { text } = source;
  const lines = new LineMap(text);
  const entries: EnvEntry[] = [];
  const handedOn: Span[] = [];
  const problems: EnvProblem[] = [];
  for (let at = 0; at < text.length; ) {
    const lineEnd = endOfLine(text, at);
    const start = skipBlanks(text, at, lineEnd);
    if (start === lineEnd || text[start] === '#') {
      at = nextLine(text, lineEnd);
      continue;
    }
    const nameStart = text.startsWith('export ', start) ? skipBlanks(text, start + 7, lineEnd) : start;
    const equals = text.indexOf('=', nameStart);
    if (equals === -1 || equals >= lineEnd) {
      const span = { start: nameStart, end: trimEnd(text, nameStart, lineEnd) };
      if (isName(text.slice(span.start, span.end))) handedOn.push(span);
      else problems.push({ message: 'this line has no "=" and sets nothing', span });
      at = nextLine(text, lineEnd);
      continue;
    }
    const nameSpan = { start: nameStart, end: trimEnd(text, nameStart, equals) };
    const entry = readValue(text, equals + 1, lineEnd, nameSpan);
    entries.push(entry);
    at = nextLine(text, endOfLine(text, Math.max(entry.valueSpan.end, equals)));
  }
  return { source, lines, entries, handedOn, problems };
}

function readValue(text: string, start: number, lineEnd: number, nameSpan: Span): EnvEntry {
  const name = text.slice(nameSpan.start, nameSpan.end);
  const literal = text.slice(start, lineEnd);
  const first = skipBlanks(text, start, lineEnd);
  const quoteChar = text[first];
  if (first < lineEnd && (quoteChar === '"' || quoteChar === "'")) {
    const close = closingQuote(text, first);
    if (close !== -1) {
      const inner = text.slice(first + 1, close);
      const value = quoteChar === '"' ? withoutEscapes(inner) : inner;
      return {
        name,
        nameSpan,
        value,
        valueSpan: { start: first, end: close + 1 },
        literal,
        quote: quoteChar === '"' ? 'double' : 'single',
        contentStart: first + 1,
        verbatim: value === inner,
      };
    }
  }
  let end = lineEnd;
  for (let at = first; at < lineEnd; at++)
    if (text[at] === '#' && at > start && isBlank(text[at - 1])) {
      end = at;
      break;
    }
  end = trimEnd(text, first, end);
  return {
    name,
    nameSpan,
    value: text.slice(first, end),
    valueSpan: { start: first, end: Math.max(first, end) },
    literal,
    quote: 'none',
    contentStart: first,
    verbatim: true,
  };
}

/** The quote that ends a value; it may stand on a later line. Behind it only blanks and a comment may follow. */
function closingQuote(text: string, open: number): number {
  const quote = text[open]!;
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) {
      const end = endOfLine(text, at);
      const rest = skipBlanks(text, at + 1, end);
      return rest === end || text[rest] === '#' ? at : -1;
    }
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const next = text[at] === '\\' ? ESCAPES[text[at + 1] ?? ''] : undefined;
    if (next === undefined) result += text[at];
    else {
      result += next;
      at++;
    }
  }
  return result;
}

function endOfLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  const end = feed === -1 ? text.length : feed;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

function nextLine(text: string, end: number): number {
  const feed = text.indexOf('\n', end);
  return feed === -1 ? text.length : feed + 1;
}

function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text[at])) at++;
  return at;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text[at - 1])) at--;
  return at;
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\ufeff';
}

function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}
