import { isMarkdownLeftover, NO_START, problemLine } from './stopping-line.js';
import type { GrafanaRule } from './subject.js';

export const unclosedMultiline: GrafanaRule = {
  id: 'unclosed-multiline',
  code: 'S07',
  severity: 'error',
  summary: 'a quote that may span lines is never closed',
  failShut: true,
  when: ['"', '`'],
  docs: {
    why: 'A value that begins with """ or a backtick runs over line ends up to the closing mark. Without one, Grafana reports a missing closing key quote and does not start.',
    bad: '[auth.generic_oauth]\nclient_secret = """k3y#9f2b71\nenabled = true\n',
    good: '[auth.generic_oauth]\nclient_secret = """k3y#9f2b71"""\nenabled = true\n',
    references: ['go-ini 1.67: multi-line values'],
  },
  check(subject, report) {
    for (const one of subject.problems) {
      const { problem, document } = one;
      if (problem.kind !== 'unclosed-value-quote' && problem.kind !== 'unclosed-key-quote') continue;
      if (isMarkdownLeftover(problemLine(one))) continue;
      report({
        ...subject.at(document, problem.span),
        message:
          problem.kind === 'unclosed-key-quote'
            ? 'the quote at the start of this key name is never closed'
            : 'the quote that opens this value is never closed',
        consequence: `${NO_START}: ${problem.productMessage}`,
        help: 'close it with the same mark, or remove the opening one',
      });
    }
  },
};
