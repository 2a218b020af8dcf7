/**
 * Comments that switch rules off for the line below them: `; auth-cli-ignore RULE`, several rules between commas or blanks,
 * without a rule all of them.
 */
import type { IniDocument, IniEntry } from '../document/types.js';
import type { Finding } from './rule.js';

const DIRECTIVE = /^[#;]+\s*auth-cli-ignore(?:\s*:)?(?:\s+(.*))?$/;

interface Ignored {
  /** Lines, from 1, first and last. */
  readonly from: number;
  readonly to: number;
  /** Empty: every rule. */
  readonly rules: ReadonlySet<string>;
}

/** Whether a comment of its file switches a finding off; undefined where no file has such a comment. */
export function ignoreComments(documents: readonly IniDocument[]): ((finding: Finding) => boolean) | undefined {
  const byPath = new Map<string, Ignored[]>();
  for (const document of documents) {
    if (!document.source.text.includes('auth-cli-ignore')) continue;
    for (const comment of document.comments) {
      const match = DIRECTIVE.exec(comment.text.trim());
      if (!match) continue;
      const target = lineBelow(document, document.lines.position(comment.span.start).line);
      const list = byPath.get(document.source.path) ?? [];
      list.push({ ...target, rules: new Set((match[1] ?? '').split(/[\s,]+/).filter((word) => word !== '')) });
      byPath.set(document.source.path, list);
    }
  }
  if (byPath.size === 0) return undefined;
  return ({ path, range, rule }) => {
    if (path === undefined || !range) return false;
    return (byPath.get(path) ?? []).some(
      ({ from, to, rules }) =>
        range.start.line >= from && range.start.line <= to && (rules.size === 0 || rules.has(rule)),
    );
  };
}

/** The next line that is neither blank nor a comment, with all lines of the value that begins there. */
function lineBelow(document: IniDocument, line: number): { from: number; to: number } {
  const { lines } = document;
  let below = line + 1;
  while (below < lines.lineCount && /^\s*([#;].*)?$/.test(lines.line(below))) below++;
  const start = lines.lineStart(below);
  const end = start + lines.line(below).length;
  const entry = entryAt(document, start, end);
  const last = entry ? lines.position(Math.max(entry.valueSpan.end - 1, end)).line : below;
  return {
    from: document.range({ start, end }).start.line,
    to: document.range({ start, end }).start.line + last - below,
  };
}

function entryAt(document: IniDocument, start: number, end: number): IniEntry | undefined {
  for (const section of document.sections)
    for (const entry of section.entries) if (entry.keySpan.start >= start && entry.keySpan.start <= end) return entry;
  return undefined;
}
