import { replaceSpan } from './edit.js';
import { NO_START } from './stopping-line.js';
import type { GrafanaRule } from './subject.js';

export const unclosedSection: GrafanaRule = {
  id: 'unclosed-section',
  code: 'S10',
  severity: 'error',
  summary: 'a section header is not closed, or has no name',
  failShut: true,
  docs: {
    why: 'A line that begins with "[" must hold a name and a "]". Otherwise Grafana reports an unclosed section and does not start.',
    bad: '[auth.generic_oauth\nenabled = true\n',
    good: '[auth.generic_oauth]\nenabled = true\n',
    references: ['go-ini 1.67: section headers'],
  },
  check(subject, report) {
    for (const { problem, document } of subject.problems) {
      if (problem.kind !== 'unclosed-section' && problem.kind !== 'empty-section-name') continue;
      const line = document.lines.position(problem.span.start).line;
      const name = /^\s*\[([\w.-]+)$/.exec(document.lines.line(line).trimEnd());
      const end = document.lines.lineStart(line) + document.lines.line(line).trimEnd().length;
      report({
        ...subject.at(document, problem.span),
        message: problem.kind === 'unclosed-section' ? 'this section header has no "]"' : 'this section has no name',
        consequence: `${NO_START}: ${problem.productMessage}`,
        help:
          problem.kind === 'unclosed-section'
            ? 'close it with "]"'
            : 'write the name of the section between the brackets',
        ...(name && problem.kind === 'unclosed-section'
          ? { fix: replaceSpan(document, { start: end, end }, ']', 'close the section header') }
          : {}),
      });
    }
  },
};
