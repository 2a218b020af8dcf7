/**
 * INI text that stands in no file as such: another form (Helm values, a ConfigMap …) makes it. It is put together piece by piece,
 * each with the place it comes from, so that whatever is found in the text points into the file a person edits.
 */
import type { LineMap, Range, SourceFile, Span } from '../text/source.js';
import { parseIni } from './ini.js';
import type { IniComment, IniDocument, IniProblem, IniSection } from './types.js';

/** A change of the file a person edits. */
export interface PlacedEdit {
  readonly range: Range;
  readonly newText: string;
}

/** What a piece of text was made of. */
export interface Piece {
  /** The node as a whole: where findings about the piece point that have no place of their own. */
  readonly span: Span;
  /** For each character of the piece where it is written; holes for what has no place of its own. Absent: none has one. */
  readonly characters?: readonly (Span | undefined)[];
  /** Writes another text in place of the piece, with the quoting its form needs; undefined where that is not safe. */
  rewrite?(text: string): { readonly span: Span; readonly newText: string } | undefined;
  /** The running system decides what stands here; the text is what is written or a stand-in. */
  readonly unknown?: boolean;
}

interface Placed {
  readonly piece: Piece;
  /** Offset in the made text. */
  readonly at: number;
  readonly length: number;
}

/** Collects pieces; `document()` reads them as INI. */
export class PlacedText {
  readonly #pieces: Placed[] = [];
  readonly #parts: string[] = [];
  #length = 0;

  /** Adds text that comes from `piece`; text without a piece (brackets, `=`, line breaks) belongs to its neighbours. */
  add(text: string, piece?: Piece): this {
    if (piece && text !== '') this.#pieces.push({ piece, at: this.#length, length: text.length });
    this.#parts.push(text);
    this.#length += text.length;
    return this;
  }

  get text(): string {
    return this.#parts.join('');
  }

  /** Characters so far. */
  get length(): number {
    return this.#length;
  }

  /**
   * The text as Grafana's reader sees it.
   * @param file the file a person edits
   * @param options.stored see `IniDocument.stored`
   */
  document(file: SourceFile, lines: LineMap, options: { readonly stored?: boolean } = {}): IniDocument {
    const { path, form } = file;
    const text = this.text;
    const made = parseIni({ path, text, form: form ?? 'unknown' });
    return this.documentOf(made, file, lines, options);
  }

  /** As `document`, for a text that was not read as INI: `made` has its places in this text. */
  documentOf(
    made: IniDocument,
    file: SourceFile,
    lines: LineMap,
    options: { readonly stored?: boolean } = {},
  ): IniDocument {
    return new PlacedDocument(made, file, lines, this.#pieces, options.stored ?? false);
  }
}

/** Ranges by the spans of the made text they were asked for, so that an edit of that text can be carried over to the file. */
const askedFor = new WeakMap<Range, { readonly document: PlacedDocument; readonly span: Span }>();

export class PlacedDocument implements IniDocument {
  readonly source: SourceFile;
  readonly sections: readonly IniSection[];
  readonly comments: readonly IniComment[];
  readonly problems: readonly IniProblem[];
  /** The file a person edits. */
  readonly file: SourceFile;
  readonly stored: boolean;
  readonly #made: IniDocument;
  readonly #fileLines: LineMap;
  readonly #pieces: readonly Placed[];

  constructor(made: IniDocument, file: SourceFile, fileLines: LineMap, pieces: readonly Placed[], stored: boolean) {
    this.source = made.source;
    this.sections = made.sections;
    this.comments = made.comments;
    this.problems = made.problems;
    this.file = file;
    this.stored = stored;
    this.#made = made;
    this.#fileLines = fileLines;
    this.#pieces = pieces;
  }

  /** Lines of the made text, not of the file. */
  get lines(): LineMap {
    return this.#made.lines;
  }

  range(span: Span): Range {
    const range = this.#fileLines.range(this.place(span));
    askedFor.set(range, { document: this, span });
    return range;
  }

  isUnknown(span: Span): boolean {
    if (!this.#pieces.some(({ piece }) => piece.unknown)) return false;
    return this.#pieces.some(
      ({ piece, at, length }) => piece.unknown && at < Math.max(span.end, span.start + 1) && at + length > span.start,
    );
  }

  /** An edit of the made text as one of the file; undefined where it leaves its piece or cannot be written there safely. */
  edit(span: Span, newText: string): PlacedEdit | undefined {
    const piece = this.#pieceAt(span.start, span.end);
    if (!piece?.piece.rewrite || span.start < piece.at || span.end > piece.at + piece.length) return undefined;
    const text = this.source.text;
    const whole = text.slice(piece.at, span.start) + newText + text.slice(span.end, piece.at + piece.length);
    const written = piece.piece.rewrite(whole);
    return written && { range: this.#fileLines.range(written.span), newText: written.newText };
  }

  /** Where a span of the made text stands in the file. */
  place(span: Span): Span {
    const first = this.#pieceAt(span.start, span.end);
    if (!first) return { start: 0, end: 0 };
    const last = span.end > span.start ? (this.#pieceAt(span.end - 1, span.end) ?? first) : first;
    // The end of a block of text has no character of its own.
    const start = placeOf(first, span.start)?.start ?? placeOf(first, span.start - 1)?.end ?? first.piece.span.start;
    const end = span.end > span.start ? (placeOf(last, span.end - 1)?.end ?? last.piece.span.end) : start;
    if (end > start) return { start, end };
    // An empty value, or a place that only folding made: the node shows where.
    return span.end > span.start ? first.piece.span : { start, end: start };
  }

  /** The piece with an offset, else the one before it, else the first. */
  #pieceAt(offset: number, end: number): Placed | undefined {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces[middle]!.at <= offset) low = middle;
      else high = middle - 1;
    }
    const found = this.#pieces[low];
    const next = this.#pieces[low + 1];
    // An offset between two pieces belongs to the second where the stretch reaches it.
    if (found && next && offset >= found.at + found.length && end > next.at) return next;
    return found;
  }
}

function placeOf(piece: Placed, offset: number): Span | undefined {
  const at = offset - piece.at;
  if (at < 0 || at >= piece.length) return undefined;
  return piece.piece.characters?.[at];
}

/** An edit of a range that `IniDocument.range` gave, as an edit of the file; undefined where it cannot be carried over. */
export function carryOver(edit: PlacedEdit): PlacedEdit | undefined {
  const asked = askedFor.get(edit.range);
  return asked?.document.edit(asked.span, edit.newText);
}
