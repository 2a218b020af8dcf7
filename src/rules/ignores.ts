/**
 * Comments that switch rules off for the line below them: `; auth-cli-ignore RULE`, several rules between commas or blanks,
 * without a rule all of them.
 */
import type { IniDocument, IniEntry } from '../document/types.js';
import type { Finding } from './rule.js';

const DIRECTIVE = /^[#;]+\s*auth-cli-ignore(?:\s*:)?(?:\s+(.*))?$/;

/** First and last line, from 1. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/** Rules switched off; empty: every rule. */
type Rules = ReadonlySet<string>;

/** Whether a comment of its file switches a finding off; undefined where no file has such a comment. */
export function ignoreComments(documents: readonly IniDocument[]): ((finding: Finding) => boolean) | undefined {
  const byLine = new Map<string, Rules[]>();
  for (const document of documents) {
    if (!document.source.text.includes('auth-cli-ignore')) continue;
    for (const { lines, rules } of directives(document))
      for (let line = lines.from; line <= lines.to; line++) {
        const key = `${line}\n${document.source.path}`;
        byLine.set(key, [...(byLine.get(key) ?? []), rules]);
      }
  }
  if (byLine.size === 0) return undefined;
  return ({ path, range, rule }) => {
    const lists = range && path !== undefined ? byLine.get(`${range.start.line}\n${path}`) : undefined;
    return lists?.some((rules) => rules.size === 0 || rules.has(rule)) ?? false;
  };
}

/** The directives of a file with the lines they are about, last one first. */
function* directives(document: IniDocument): Generator<{ readonly lines: Lines; readonly rules: Rules }> {
  const entries = new Map<number, IniEntry>();
  for (const section of document.sections)
    for (const entry of section.entries) entries.set(document.lines.position(entry.keySpan.start).line, entry);
  const known = new Map<number, Lines>();
  for (const comment of document.comments.toReversed()) {
    const match = DIRECTIVE.exec(comment.text.trim());
    if (!match) continue;
    const { line } = document.lines.position(comment.span.start);
    const lines = linesBelow(document, entries, known, line);
    known.set(line, lines);
    yield { lines, rules: new Set((match[1] ?? '').split(/[\s,]+/).filter((word) => word !== '')) };
  }
}

/** The next line that is neither blank nor a comment, with all lines of the value that begins there. */
function linesBelow(
  document: IniDocument,
  entries: ReadonlyMap<number, IniEntry>,
  known: ReadonlyMap<number, Lines>,
  line: number,
): Lines {
  const { lines } = document;
  let below = line + 1;
  while (below < lines.lineCount && /^\s*([#;].*)?$/.test(lines.line(below))) {
    const answer = known.get(below);
    if (answer) return answer;
    below++;
  }
  const start = lines.lineStart(below);
  const end = start + lines.line(below).length;
  const entry = entries.get(below);
  const last = entry ? lines.position(Math.max(entry.valueSpan.end - 1, end)).line : below;
  const { line: from } = document.range({ start, end }).start;
  return { from, to: from + last - below };
}
