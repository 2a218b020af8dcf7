/**
 * A parsed INI text with a place for everything, as Grafana's reader (go-ini with no options) sees it.
 */
import type { LineMap, Range, SourceFile, Span } from '../text/source.js';

export type QuoteKind = 'none' | 'single' | 'double' | 'triple' | 'backtick';

/** Where a stretch of the read value stands in the source: `value[at …]` was read from `source[offset …]`. */
export interface ValueSegment {
  readonly at: number;
  readonly offset: number;
  readonly length: number;
}

/** A stretch of the source with its text. */
export interface SourceText {
  readonly span: Span;
  readonly text: string;
}

export interface IniEntry {
  /** Name of the section it stands in (`DEFAULT` before any header). */
  readonly section: string;
  /** As read: quotes of a quoted key name removed, `-` numbered (`#1`). */
  readonly key: string;
  /** As read, before `%(name)s`, environment and expanders. */
  readonly value: string;
  /** The written key name without quotes and blanks. */
  readonly keySpan: Span;
  readonly delimiter: Span;
  /** The written value including its quotes, without trailing blanks and comment; empty span behind the delimiter where there is none. */
  readonly valueSpan: Span;
  /** Which quotes were removed (or protected the value). */
  readonly quote: QuoteKind;
  /** Read over a trailing backslash or over several lines of a quoted value. */
  readonly continued: boolean;
  /** The inline comment that cut the value, with its `#` or `;`. */
  readonly comment?: SourceText | undefined;
  /** Text behind the closing `"""` or backtick that is lost and is no comment. */
  readonly dropped?: SourceText | undefined;
  readonly segments: readonly ValueSegment[];
  /** Read after a problem that stops Grafana: Grafana never gets here. */
  readonly unreached: boolean;
  /** Nobody wrote it: a tool sends it along (what a Terraform resource leaves out). */
  readonly implied?: boolean;
}

/** One section header as it stands in the text; a name may occur several times. */
export interface IniSection {
  readonly name: string;
  /** Undefined for the part before the first header. */
  readonly headerSpan?: Span;
  readonly nameSpan?: Span;
  readonly entries: readonly IniEntry[];
  readonly unreached: boolean;
}

/** A comment on a line of its own. */
export interface IniComment extends SourceText {
  /** The section it stands in. */
  readonly section: string;
}

export type IniProblemKind =
  | 'key-value-delimiter'
  | 'unclosed-section'
  | 'empty-section-name'
  | 'empty-key'
  | 'unclosed-key-quote'
  | 'unclosed-value-quote';

/** What makes Grafana's reader give up, with the place. */
export interface IniProblem {
  readonly kind: IniProblemKind;
  /** What go-ini says, in its own words; what may be a secret in it is replaced by `…`. */
  readonly productMessage: string;
  readonly message: string;
  readonly span: Span;
  /** The section it stands in. */
  readonly section: string;
}

export interface IniDocument {
  readonly source: SourceFile;
  readonly lines: LineMap;
  /** In the order of their headers; the first one is the part before any header, named `DEFAULT`. */
  readonly sections: readonly IniSection[];
  readonly comments: readonly IniComment[];
  /** The first one stops Grafana; a thousand at most. */
  readonly problems: readonly IniProblem[];
  /** Settings of the database (SSO settings API, Terraform): laid over files and environment, nothing in them is expanded. */
  readonly stored?: boolean;
  /** The place of a span as lines and columns, in the file as the person wrote it. */
  range(span: Span): Range;
  /** Whether only the running system knows what stands in a span: a template fills it in. */
  isUnknown?(span: Span): boolean;
}

/** The place in the source of `value.slice(at, at + length)`; undefined where the value has no such place. */
export function sourceSpan(entry: IniEntry, at: number, length = 1): Span | undefined {
  let start: number | undefined;
  let end: number | undefined;
  for (const segment of entry.segments) {
    if (start === undefined && at >= segment.at && at < segment.at + segment.length)
      start = segment.offset + (at - segment.at);
    const last = at + Math.max(length, 1) - 1;
    if (last >= segment.at && last < segment.at + segment.length) end = segment.offset + (last - segment.at) + 1;
  }
  if (start === undefined && at >= entry.value.length && entry.segments.length > 0) {
    const tail = entry.segments[entry.segments.length - 1]!;
    return { start: tail.offset + tail.length, end: tail.offset + tail.length };
  }
  return start === undefined ? undefined : { start, end: end ?? start + 1 };
}
