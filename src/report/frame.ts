/**
 * A piece of a source with marks under places in it.
 */
import type { LineMap, Range } from '../text/source.js';
import { shownLine, textWidth } from '../text/width.js';
import type { Style } from './style.js';

export interface Mark {
  readonly range: Range;
  /** `^` for the place itself, `-` for places related to it. */
  readonly primary: boolean;
  /** Behind the mark. */
  readonly label?: string;
}

export interface FrameOptions {
  readonly style: Style;
  /** Paints the primary mark. */
  readonly paint: (text: string) => string;
}

/** Lines of a place that are shown at most; a longer one gets `…` in its middle. */
const MOST_LINES = 4;
/** Characters left standing before a mark where a long line is cut. */
const LEAD = 24;

/** Characters of a line that are looked at; no terminal is as wide, and a line may be a whole file. */
const LONGEST_SEEN = 1000;

/** The frame as lines without indentation of their own, and the width of its gutter. */
export function codeFrame(
  lines: LineMap,
  marks: readonly Mark[],
  { style, paint }: FrameOptions,
): { lines: string[]; gutter: number } {
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) {
    const last = lastLine(mark.range);
    for (let line = mark.range.start.line; line <= last; line++) {
      if (line >= mark.range.start.line + MOST_LINES - 1 && line < last) continue;
      byLine.set(line, [...(byLine.get(line) ?? []), mark]);
    }
  }
  const numbers = [...byLine.keys()].sort((a, b) => a - b);
  const gutter = String(numbers.at(-1) ?? 1).length;
  const edge = (label: string) => style.dim(`${label.padStart(gutter)} |`);
  const result = [edge('')];
  let before: number | undefined;
  for (const number of numbers) {
    if (before !== undefined && number > before + 1) result.push(style.dim(style.symbols.ellipsis));
    before = number;
    const window = new Window(lines.line(number), byLine.get(number)!, number, style, gutter);
    result.push(`${edge(String(number))} ${window.text}`.trimEnd());
    for (const mark of byLine.get(number)!) {
      const { blanks, marked } = window.place(mark);
      const sign = (mark.primary ? '^' : '-').repeat(marked);
      const label = mark.label !== undefined && number === lastLine(mark.range) ? ` ${mark.label}` : '';
      result.push(`${edge('')} ${' '.repeat(blanks)}${mark.primary ? paint(sign + label) : style.cyan(sign + label)}`);
    }
  }
  return { lines: result, gutter };
}

/** A range that ends before the first character of a line does not reach into it. */
function lastLine({ start, end }: Range): number {
  return end.column <= 1 && end.line > start.line ? end.line - 1 : end.line;
}

/** One line as shown, cut to the width of the stream around its first primary mark. */
class Window {
  readonly text: string;
  readonly #line: string;
  readonly #number: number;
  readonly #from: number;
  readonly #lead: string;

  constructor(line: string, marks: readonly Mark[], number: number, style: Style, gutter: number) {
    this.#line = line;
    this.#number = number;
    const room = Math.max(30, style.width - gutter - 3);
    const mark = marks.find((one) => one.primary) ?? marks[0]!;
    const { start, end } = this.#columns(mark);
    this.#from = 0;
    this.#lead = '';
    if (line.length <= LONGEST_SEEN && textWidth(shownLine(line)) <= room) {
      this.text = shownLine(line);
      return;
    }
    if (end > LONGEST_SEEN || textWidth(shownLine(line.slice(0, end))) > room - 1) {
      let from = Math.max(0, start - LEAD);
      // Where little follows the mark, more can be shown of what leads to it.
      while (from > 0 && line.length - from < LONGEST_SEEN && textWidth(shownLine(line.slice(from - 1))) < room) from--;
      // Never between the halves of a surrogate pair.
      if (isLowSurrogate(line.charCodeAt(from))) from--;
      this.#from = from;
      if (from > 0) this.#lead = style.symbols.ellipsis;
    }
    const rest = shownLine(line.slice(this.#from, this.#from + LONGEST_SEEN));
    const left = room - textWidth(this.#lead);
    this.text = this.#lead + (textWidth(rest) <= left ? rest : cut(rest, left - 1) + style.symbols.ellipsis);
  }

  /** Columns of the mark in this line, from 0. */
  #columns({ range }: Mark): { start: number; end: number } {
    const start = range.start.line === this.#number ? range.start.column - 1 : leadingBlanks(this.#line);
    const end = range.end.line === this.#number ? range.end.column - 1 : this.#line.length;
    return { start: Math.min(start, this.#line.length), end: Math.max(Math.min(end, this.#line.length), start) };
  }

  place(mark: Mark): { blanks: number; marked: number } {
    const { start, end } = this.#columns(mark);
    const lead = textWidth(this.#lead);
    const blanks = lead + textWidth(shownLine(this.#line.slice(this.#from, Math.max(start, this.#from))));
    const marked = textWidth(
      shownLine(this.#line.slice(Math.max(start, this.#from), Math.min(end, start + LONGEST_SEEN))),
    );
    const room = textWidth(this.text) - blanks;
    return { blanks, marked: Math.max(1, room > 0 ? Math.min(marked, room) : 1) };
  }
}

function leadingBlanks(line: string): number {
  return line.length - line.trimStart().length;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function cut(text: string, width: number): string {
  let used = 0;
  let at = 0;
  for (const char of text) {
    used += textWidth(char);
    if (used > width) break;
    at += char.length;
  }
  return text.slice(0, at);
}
