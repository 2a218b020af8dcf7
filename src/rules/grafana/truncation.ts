/**
 * Values that Grafana's reader cuts at `#` or `;` although their author did not mean a comment. Three rules share the finding,
 * because cause and remedy differ for secrets and for values that were put in quotes.
 */
import type { Span } from '../../text/source.js';
import { protect } from './protect.js';
import { isSecretKey } from './show.js';
import type { GrafanaReport, GrafanaSubject, WrittenEntry } from './subject.js';

export type TruncationKind = 'quoted' | 'secret' | 'plain';

export interface Truncation {
  readonly kind: TruncationKind;
  readonly marker: '#' | ';';
  /** What stands in the file and was most likely meant as the value. */
  readonly span: Span;
  /** The value meant, without its quotes. */
  readonly meant: string;
}

/** Undefined where nothing was cut, or where what follows reads like a comment. */
export function truncation(written: WrittenEntry): Truncation | undefined {
  const { entry, document, value } = written;
  if (!entry.comment || entry.quote !== 'none') return undefined;
  const { text } = document.source;
  const start = entry.valueSpan.start;
  const end = entry.comment.span.end;
  const marker = text[entry.comment.span.start] as '#' | ';';
  if (value === '') return undefined;

  const quote = value[0];
  if ((quote === '"' || quote === "'") && value.indexOf(quote, 1) === -1) {
    const close = text.slice(0, end).indexOf(quote, entry.comment.span.start);
    const spanEnd = close === -1 ? end : close + 1;
    return {
      kind: 'quoted',
      marker,
      span: { start, end: spanEnd },
      meant: text.slice(start + 1, close === -1 ? end : close),
    };
  }

  const adjacent = entry.comment.span.start === entry.valueSpan.end;
  if (!adjacent && isBalanced(value)) return undefined;
  const kind = isSecretKey(written.key) || written.option?.secret ? 'secret' : 'plain';
  if (kind === 'plain' && isComplete(written)) return undefined;
  return { kind, marker, span: { start, end }, meant: text.slice(start, end).trimEnd() };
}

/** `enabled = true;` loses nothing: what stands before the mark is a whole value of its type. */
function isComplete({ option, value }: WrittenEntry): boolean {
  if (option?.type === 'bool') return /^(true|false|yes|no|on|off|[01])$/i.test(value);
  if (option?.type === 'int') return /^-?\d+$/.test(value);
  return option?.type === 'enum' || option?.type === 'role' ? option.values.includes(value) : false;
}

/** False where a quote or a bracket is open at the end, as in an expression that was cut. */
function isBalanced(value: string): boolean {
  let depth = 0;
  let quote = '';
  for (const char of value) {
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === "'" || char === '"' || char === '`') quote = char;
    else if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') depth--;
  }
  return quote === '' && depth === 0;
}

/** Reports the cut values of one kind. */
export function reportTruncations(
  subject: GrafanaSubject,
  report: GrafanaReport,
  kind: TruncationKind,
  texts: (written: WrittenEntry, cut: Truncation) => { message: string; consequence: string; help: string },
): void {
  for (const written of subject.entries()) {
    if (!written.entry.comment) continue;
    const cut = truncation(written);
    if (cut?.kind !== kind) continue;
    const replacement = protect(cut.meant);
    const place = subject.at(written.document, cut.span);
    report({
      ...place,
      section: written.section,
      option: written.key,
      ...texts(written, cut),
      root: true,
      ...(replacement === undefined
        ? {}
        : {
            fix: {
              description: replacement.startsWith('"')
                ? 'put the value in triple quotes'
                : 'put the value in backticks',
              edits: [{ range: place.range!, newText: replacement }],
            },
          }),
    });
  }
}
