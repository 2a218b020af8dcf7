/**
 * Texts and places in them. Knows nothing of Grafana, OAuth or the terminal.
 *
 * Inside the program a place is an offset in UTF-16 code units; reports speak of lines and columns, both counted from 1,
 * columns in UTF-16 code units, as editors and SARIF do.
 */

/** A text to read. `form` says what it is (`ini`, `helm-values`, `compose`, …); without it, it is found from name and content. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly form?: string;
}

/** A place: line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` up to, but without, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** From offset `start` up to, but without, offset `end`, in UTF-16 code units from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Line starts of a text, found once; lines end at LF only, a CR before it is not counted in columns of the next line. A byte order
 * mark is no part of the first line: editors do not count it.
 */
export class LineMap {
  readonly #text: string;
  readonly #starts: number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Number of lines; a text ending in LF has an empty last line. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** Line and column of an offset; offsets outside the text are moved to its ends. */
  position(offset: number): Position {
    const at = Math.max(this.#starts[0]!, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - this.#starts[low]! + 1 };
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** Offset at which a line (from 1) begins. */
  lineStart(line: number): number {
    return this.#starts[line - 1] ?? this.#text.length;
  }

  /** Text of a line (from 1) without its line break. */
  line(line: number): string {
    const start = this.lineStart(line);
    const next = this.#starts[line];
    let end = next === undefined ? this.#text.length : next - 1;
    if (end > start && this.#text.charCodeAt(end - 1) === 13) end--;
    return this.#text.slice(start, end);
  }
}
