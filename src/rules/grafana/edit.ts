/**
 * Safe rewrites, as text edits with exact places.
 */
import type { IniDocument } from '../../document/types.js';
import type { Span } from '../../text/source.js';
import type { Fix } from '../rule.js';
import type { WrittenEntry } from './subject.js';

/** Replaces a stretch of a file. */
export function replaceSpan(document: IniDocument, span: Span, newText: string, description: string): Fix {
  return { description, edits: [{ range: document.range(span), newText }] };
}

/** The lines an entry stands on, with the line break behind them. */
export function entryLines(written: WrittenEntry): Span {
  const { lines } = written.document;
  const { keySpan, valueSpan, comment } = written.entry;
  const first = lines.position(keySpan.start).line;
  const last = lines.position(Math.max(valueSpan.end, comment?.span.end ?? 0, keySpan.end)).line;
  return { start: lines.lineStart(first), end: lines.lineStart(last + 1) };
}

/** Deletes the line (or lines) of an entry. */
export function removeEntry(written: WrittenEntry): Fix {
  return replaceSpan(written.document, entryLines(written), '', 'delete the line');
}

export function renameKey(written: WrittenEntry, key: string): Fix {
  return replaceSpan(written.document, written.entry.keySpan, key, `rename it to ${key}`);
}

/** Writes another value in place of the written one, quotes included. */
export function replaceValue(written: WrittenEntry, newText: string, description: string): Fix {
  return replaceSpan(written.document, written.entry.valueSpan, newText, description);
}

/** Deletes a whole line (from 1) with its line break. */
export function removeLine(document: IniDocument, line: number): Fix {
  const { lines } = document;
  return replaceSpan(document, { start: lines.lineStart(line), end: lines.lineStart(line + 1) }, '', 'delete the line');
}
