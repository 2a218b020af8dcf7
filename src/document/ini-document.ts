/** A parsed text as callers see it: offsets are kept as numbers, and spans and comments made on demand. */
import { LineMap, type Range, type SourceFile, type Span } from '../text/source.js';
import type {
  IniComment,
  IniDocument,
  IniEntry,
  IniProblem,
  IniSection,
  QuoteKind,
  SourceText,
  ValueSegment,
} from './types.js';

const HASH = 35;
const SEMICOLON = 59;

export class Document implements IniDocument {
  readonly source: SourceFile;
  readonly sections: readonly IniSection[];
  readonly problems: readonly IniProblem[];
  /** Start, end and section number of each comment: most texts are mostly comments, and few callers ask for them. */
  readonly #commentPlaces: readonly number[];
  #comments: readonly IniComment[] | undefined;
  #lines: LineMap | undefined;

  constructor(
    source: SourceFile,
    sections: readonly IniSection[],
    problems: readonly IniProblem[],
    commentPlaces: readonly number[],
  ) {
    this.source = source;
    this.sections = sections;
    this.problems = problems;
    this.#commentPlaces = commentPlaces;
  }

  get lines(): LineMap {
    this.#lines ??= new LineMap(this.source.text);
    return this.#lines;
  }

  get comments(): readonly IniComment[] {
    if (!this.#comments) {
      const found: IniComment[] = [];
      const places = this.#commentPlaces;
      for (let at = 0; at < places.length; at += 3) {
        const span = { start: places[at]!, end: places[at + 1]! };
        const section = this.sections[places[at + 2]!]!.name;
        found.push({ span, text: this.source.text.slice(span.start, span.end), section });
      }
      this.#comments = found;
    }
    return this.#comments;
  }

  range(span: Span): Range {
    return this.lines.range(span);
  }
}

export class Section implements IniSection {
  readonly entries: Entry[] = [];
  readonly headerSpan?: Span;
  readonly nameSpan?: Span;

  constructor(
    readonly name: string,
    readonly unreached: boolean,
    header?: Span,
  ) {
    if (header) {
      this.headerSpan = header;
      this.nameSpan = { start: header.start + 1, end: header.start + 1 + name.length };
    }
  }
}

/** A large file has hundreds of thousands of them. */
export class Entry implements IniEntry {
  value = '';
  quote: QuoteKind = 'none';
  continued = false;
  valueStart: number;
  valueEnd: number;
  /** Where `value` itself begins, inside the quotes. */
  contentStart: number;
  /** What follows the value on its line up to its last character; empty where nothing does. */
  tailStart = 0;
  tailEnd = 0;
  /** Starts and ends of the stretches a continued value was put together from. */
  pieces: readonly number[] | undefined;

  constructor(
    private readonly text: string,
    readonly section: string,
    readonly key: string,
    private readonly keyStart: number,
    private readonly keyEnd: number,
    private readonly delimiterAt: number,
    readonly unreached: boolean,
  ) {
    this.valueStart = delimiterAt + 1;
    this.valueEnd = delimiterAt + 1;
    this.contentStart = delimiterAt + 1;
  }

  get keySpan(): Span {
    return { start: this.keyStart, end: this.keyEnd };
  }

  get delimiter(): Span {
    return { start: this.delimiterAt, end: this.delimiterAt + 1 };
  }

  get valueSpan(): Span {
    return { start: this.valueStart, end: this.valueEnd };
  }

  get comment(): SourceText | undefined {
    return this.tailIsComment ? this.tail : undefined;
  }

  get dropped(): SourceText | undefined {
    return this.tailIsComment ? undefined : this.tail;
  }

  get segments(): readonly ValueSegment[] {
    const pieces = this.pieces;
    if (!pieces) return [{ at: 0, offset: this.contentStart, length: this.value.length }];
    const found: ValueSegment[] = [];
    let at = 0;
    for (let index = 0; index < pieces.length; index += 2) {
      const offset = pieces[index]!;
      const length = pieces[index + 1]! - offset;
      if (length > 0) found.push({ at, offset, length });
      at += length;
    }
    return found;
  }

  private get tailIsComment(): boolean {
    const code = this.text.charCodeAt(this.tailStart);
    return this.tailEnd > this.tailStart && (code === HASH || code === SEMICOLON);
  }

  private get tail(): SourceText | undefined {
    if (this.tailEnd <= this.tailStart) return undefined;
    const span = { start: this.tailStart, end: this.tailEnd };
    return { span, text: this.text.slice(span.start, span.end) };
  }
}
