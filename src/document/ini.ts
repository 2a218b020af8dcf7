/**
 * Reads INI text exactly as Grafana does (go-ini v1.67 with no options), with a place for everything.
 *
 * Source of the rules: probes against go-ini itself. In the order in which they apply to a value: opening `"""` or backtick,
 * trailing backslash, `#` or `;`, one pair of quotes. Lines end at LF only; quoted and continued values take raw lines.
 * The time is linear in the length of the text: every search ends at the end of its line or remembers that it failed.
 */
import { skipGoSpace, trimGoEnd } from '../text/go-text.js';
import type { SourceFile, Span } from '../text/source.js';
import { Document, Entry, Section } from './ini-document.js';
import {
  emptyKey,
  emptySectionName,
  missingDelimiter,
  unclosedKeyQuote,
  unclosedSection,
  unclosedValue,
} from './ini-problems.js';
import type { IniDocument, IniProblem } from './types.js';

/** Section of the keys before any header. */
export const DEFAULT_SECTION = 'DEFAULT';

const DOUBLE = 34;
const HASH = 35;
const SINGLE = 39;
const DASH = 45;
const COLON = 58;
const SEMICOLON = 59;
const EQUALS = 61;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const BACKTICK = 96;

/** More are not told: a text with that many is no configuration. */
const MAX_PROBLEMS = 1000;

/** Never throws; what stops Grafana is in `problems`, and the rest of the text is read on as `unreached`. */
export function parseIni(source: SourceFile): IniDocument {
  return new Reader(source).read();
}

class Reader {
  private readonly text: string;
  private readonly sections: Section[] = [];
  private readonly problems: IniProblem[] = [];
  private readonly commentPlaces: number[] = [];
  private section: Section;
  /** Number the next `-` key gets; starts again at every header. */
  private counter = 1;
  /** No closer of this kind stands behind this offset. */
  private readonly noCloserFrom = new Map<string, number>();
  private at = 0;

  constructor(private readonly source: SourceFile) {
    this.text = source.text;
    this.section = new Section(DEFAULT_SECTION, false);
    this.sections.push(this.section);
  }

  read(): IniDocument {
    const text = this.text;
    const length = text.length;
    this.at = byteOrderMark(text);
    while (this.at < length) {
      const newline = text.indexOf('\n', this.at);
      const end = newline === -1 ? length : newline;
      const start = skipGoSpace(text, this.at, end);
      this.at = newline === -1 ? length : newline + 1;
      if (start === end) continue;
      const code = text.charCodeAt(start);
      if (code === HASH || code === SEMICOLON)
        this.commentPlaces.push(start, trimGoEnd(text, start, end), this.sections.length - 1);
      else if (code === OPEN_BRACKET) this.readHeader(start, end);
      else this.readEntry(start, end, code);
    }
    return new Document(this.source, this.sections, this.problems, this.commentPlaces);
  }

  /** The description is made only where it is kept. */
  private stop(describe: () => Omit<IniProblem, 'section'>): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ ...describe(), section: this.section.name });
  }

  private open(name: string, header: Span): void {
    this.section = new Section(name, this.problems.length > 0, header);
    this.sections.push(this.section);
    this.counter = 1;
  }

  /** The name runs up to the last `]` of the line, blanks included. */
  private readHeader(start: number, end: number): void {
    const text = this.text;
    let close = end - 1;
    while (close > start && text.charCodeAt(close) !== CLOSE_BRACKET) close--;
    if (close === start) {
      const last = trimGoEnd(text, start, end);
      this.stop(() => unclosedSection(text, start, last));
      // Read on as if the bracket were there, unless the line looks like a key.
      const name = text.slice(start + 1, last);
      if (name && !/[=:]/.test(name)) this.open(name, { start, end: last });
    } else if (close === start + 1) this.stop(() => emptySectionName(start, close + 1));
    else this.open(text.slice(start + 1, close), { start, end: close + 1 });
  }

  private readEntry(start: number, end: number, first: number): void {
    const text = this.text;
    let keyStart = start;
    let keyEnd: number;
    let delimiter = start;
    if (first === DOUBLE || first === BACKTICK) {
      const quote = first === BACKTICK ? '`' : this.hasTripleKeyQuote(start) ? '"""' : '"';
      const close = indexWithin(text, quote, start + quote.length, end);
      if (close === -1) {
        this.stop(() => unclosedKeyQuote(text, start, trimGoEnd(text, start, end)));
        return;
      }
      keyStart = skipGoSpace(text, start + quote.length, close);
      keyEnd = trimGoEnd(text, keyStart, close);
      delimiter = close + quote.length;
    } else keyEnd = -1;
    while (delimiter < end) {
      const code = text.charCodeAt(delimiter);
      if (code === EQUALS || code === COLON) break;
      delimiter++;
    }
    if (delimiter >= end || delimiter === start) {
      const last = trimGoEnd(text, start, end);
      this.stop(() => (delimiter === start ? emptyKey(text, start, last) : this.withoutDelimiter(start, last)));
      return;
    }
    if (keyEnd === -1) keyEnd = trimGoEnd(text, start, delimiter);

    let key = text.slice(keyStart, keyEnd);
    if (keyEnd - keyStart === 1 && text.charCodeAt(keyStart) === DASH) key = `#${this.counter++}`;
    const entry = new Entry(text, this.section.name, key, keyStart, keyEnd, delimiter, this.problems.length > 0);
    if (!this.readValue(entry, delimiter + 1, end)) return;
    if (key === '') this.stop(() => emptyKey(text, start, trimGoEnd(text, start, end)));
    else this.section.entries.push(entry);
  }

  /** go-ini asks for more than six bytes in the line, its line break included. */
  private hasTripleKeyQuote(start: number): boolean {
    if (!this.text.startsWith('"""', start)) return false;
    const line = this.text.slice(start, Math.min(this.at, start + 7));
    return line.length > 6 || new TextEncoder().encode(line).length > 6;
  }

  private withoutDelimiter(start: number, end: number): Omit<IniProblem, 'section'> {
    const entries = this.section.entries;
    return missingDelimiter(this.text, start, end, entries[entries.length - 1]?.key);
  }

  /** False where the value is never closed, which stops Grafana. */
  private readValue(entry: Entry, from: number, end: number): boolean {
    const text = this.text;
    const start = skipGoSpace(text, from, end);
    if (start === end) return true;
    entry.valueStart = start;
    entry.contentStart = start;
    const first = text.charCodeAt(start);
    if (first === BACKTICK) return this.readQuoted(entry, '`', start, end);
    // The line break counts: `"""` alone opens unless it ends the text.
    if (first === DOUBLE && this.at - start > 3 && text.startsWith('"""', start))
      return this.readQuoted(entry, '"""', start, end);

    const last = trimGoEnd(text, start, end);
    if (text.charCodeAt(last - 1) === BACKSLASH) {
      this.readContinued(entry, start, last - 1);
      return true;
    }
    this.readPlain(entry, start, last);
    return true;
  }

  private readPlain(entry: Entry, start: number, last: number): void {
    const text = this.text;
    let cut = start;
    while (cut < last) {
      const code = text.charCodeAt(cut);
      if (code === HASH || code === SEMICOLON) break;
      cut++;
    }
    let end = last;
    if (cut < last) {
      entry.tailStart = cut;
      entry.tailEnd = last;
      end = trimGoEnd(text, start, cut);
    }
    entry.valueEnd = end;
    const quote = text.charCodeAt(start);
    if (
      (quote === DOUBLE || quote === SINGLE) &&
      end - start >= 2 &&
      text.charCodeAt(end - 1) === quote &&
      text.indexOf(quote === DOUBLE ? '"' : "'", start + 1) === end - 1
    ) {
      entry.quote = quote === DOUBLE ? 'double' : 'single';
      entry.contentStart = start + 1;
      entry.value = text.slice(start + 1, end - 1);
    } else entry.value = text.slice(start, end);
  }

  /** Lines are joined with nothing between until one has no backslash at its end, is blank, or the text ends. */
  private readContinued(entry: Entry, start: number, end: number): void {
    const text = this.text;
    const pieces = [start, end];
    while (this.at < text.length) {
      const newline = text.indexOf('\n', this.at);
      const lineEnd = newline === -1 ? text.length : newline;
      const from = skipGoSpace(text, this.at, lineEnd);
      const to = trimGoEnd(text, from, lineEnd);
      this.at = newline === -1 ? text.length : newline + 1;
      if (from === to) break;
      const goesOn = text.charCodeAt(to - 1) === BACKSLASH;
      pieces.push(from, goesOn ? to - 1 : to);
      if (!goesOn) break;
    }
    entry.continued = true;
    entry.pieces = pieces;
    entry.valueEnd = pieces[pieces.length - 1]!;
    if (pieces.length === 2) entry.value = text.slice(start, end);
    else {
      const parts: string[] = [];
      for (let index = 0; index < pieces.length; index += 2) parts.push(text.slice(pieces[index], pieces[index + 1]));
      entry.value = parts.join('');
    }
  }

  /** Raw up to the last closer of the opening line, else of the first later line that has one. */
  private readQuoted(entry: Entry, quote: '`' | '"""', start: number, end: number): boolean {
    const text = this.text;
    const inside = start + quote.length;
    // The opener itself is the last match this search can run back to.
    let close = text.lastIndexOf(quote, end - quote.length);
    if (close < inside) {
      const none = this.noCloserFrom.get(quote);
      const found = none !== undefined && this.at >= none ? -1 : text.indexOf(quote, this.at);
      if (found === -1) {
        this.noCloserFrom.set(quote, Math.min(none ?? this.at, this.at));
        this.stop(() => unclosedValue(quote, entry.key, start, trimGoEnd(text, start, end)));
        return false;
      }
      const newline = text.indexOf('\n', found);
      const lineEnd = newline === -1 ? text.length : newline;
      close = text.lastIndexOf(quote, lineEnd - quote.length);
      this.at = newline === -1 ? text.length : newline + 1;
      entry.continued = true;
      entry.tailEnd = trimGoEnd(text, close, lineEnd);
    } else entry.tailEnd = trimGoEnd(text, close, end);
    entry.quote = quote === '`' ? 'backtick' : 'triple';
    entry.contentStart = inside;
    entry.value = text.slice(inside, close);
    entry.valueEnd = close + quote.length;
    entry.tailStart = skipGoSpace(text, entry.valueEnd, entry.tailEnd);
    return true;
  }
}

/** Length of the byte order mark; a UTF-16 one reaches us as two replacement characters before NUL-riddled text. */
function byteOrderMark(text: string): number {
  if (text.charCodeAt(0) === 0xfeff) return 1;
  return text.startsWith('\ufffd\ufffd') && text.slice(2, 4).includes('\0') ? 2 : 0;
}

function indexWithin(text: string, needle: string, from: number, to: number): number {
  const first = needle.charCodeAt(0);
  for (let at = from; at + needle.length <= to; at++)
    if (text.charCodeAt(at) === first && (needle.length === 1 || text.startsWith(needle, at))) return at;
  return -1;
}
