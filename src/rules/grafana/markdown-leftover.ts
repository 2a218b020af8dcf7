import { removeLine } from './edit.js';
import { isMarkdownLeftover, NO_START, problemLine } from './stopping-line.js';
import type { GrafanaRule } from './subject.js';

export const markdownLeftover: GrafanaRule = {
  id: 'markdown-leftover',
  code: 'S19',
  severity: 'error',
  summary: 'a code fence or an ellipsis was copied along with the configuration',
  docs: {
    why: 'Blocks copied from a page often bring the code fence or an ellipsis with them. Such a line has no "=" and makes Grafana stop at start.',
    bad: '[auth.generic_oauth]\nskip_org_role_sync = true\n``\n',
    good: '[auth.generic_oauth]\nskip_org_role_sync = true\n',
    references: ['go-ini 1.67: lines without a delimiter are errors'],
  },
  check(subject, report) {
    for (const one of subject.problems) {
      const { problem, document } = one;
      const text = problemLine(one);
      if (!isMarkdownLeftover(text)) continue;
      const line = document.lines.position(problem.span.start).line;
      const indent = text.length - text.trimStart().length;
      const start = document.lines.lineStart(line) + indent;
      report({
        ...subject.at(document, { start, end: start + text.trim().length }),
        message: `"${text.trim()}" was copied along from a page and is no configuration`,
        consequence: `${NO_START}: ${problem.productMessage}`,
        help: 'delete the line',
        fix: removeLine(document, line),
      });
    }
  },
};
