import type { IniDocument, IniEntry } from '../../document/types.js';
import { isMarkdownLeftover, NO_START, problemLine } from './stopping-line.js';
import type { GrafanaRule, WrittenProblem } from './subject.js';

export const lineWithoutDelimiter: GrafanaRule = {
  id: 'line-without-delimiter',
  code: 'S08',
  severity: 'error',
  summary: 'a line is neither a section, a comment nor "key = value"',
  failShut: true,
  docs: {
    why: 'Every line needs a "=" or ":" with a name before it. The second line of a wrapped expression or list, or a key without a value, makes Grafana stop with "key-value delimiter not found".',
    bad: "[auth.generic_oauth]\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\n  || 'Viewer'\n",
    good: "[auth.generic_oauth]\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin' || 'Viewer'\n",
    references: ['go-ini 1.67: lines without a delimiter are errors'],
  },
  check(subject, report) {
    for (const block of blocks(subject.problems)) {
      const [one, ...others] = block;
      const { problem, document } = one!;
      report({
        ...subject.at(document, problem.span),
        message:
          problem.kind === 'empty-key'
            ? 'there is no name before the "="'
            : 'this line has no "=" or ":" and is no comment',
        consequence: `${NO_START}: ${problem.productMessage}`,
        help: remedy(one!, problemLine(one!)),
        related: others.map((other) => subject.related('nor has this line', subject.at(document, other.problem.span))),
      });
    }
  },
};

/** Problems on lines that follow one another, as the lines of a wrapped value do, in one block. */
function blocks(problems: readonly WrittenProblem[]): WrittenProblem[][] {
  const found: WrittenProblem[][] = [];
  let next = 0;
  for (const one of problems) {
    const { problem, document } = one;
    if (problem.kind !== 'key-value-delimiter' && problem.kind !== 'empty-key') continue;
    if (isMarkdownLeftover(problemLine(one))) continue;
    const { line } = document.lines.position(problem.span.start);
    const last = found.at(-1);
    if (last && line === next && last[0]!.document === document && last[0]!.problem.kind === problem.kind)
      last.push(one);
    else found.push([one]);
    next = line + 1;
  }
  return found;
}

function remedy({ problem, document }: WrittenProblem, line: string): string {
  if (problem.kind === 'empty-key') return 'write the name of the option, or make the line a comment';
  const text = line.trim();
  if (/^[a-z_]+$/.test(text)) return `write "${text} =" with its value, or make the line a comment with ";"`;
  const before = entryBefore(document, problem.span.start);
  if (before && /^\s/.test(line))
    return `write the whole value of ${before.key} on one line, or end its first line with a backslash`;
  return 'write it on the line it belongs to, or make it a comment with ";"';
}

/** The last key line above an offset. */
function entryBefore(document: IniDocument, offset: number): IniEntry | undefined {
  for (let at = document.sections.length - 1; at >= 0; at--) {
    const { entries } = document.sections[at]!;
    if (entries.length === 0 || entries[0]!.keySpan.start > offset) continue;
    let low = 0;
    let high = entries.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (entries[middle]!.keySpan.start < offset) low = middle;
      else high = middle - 1;
    }
    return entries[low];
  }
  return undefined;
}
