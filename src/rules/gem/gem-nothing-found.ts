import { block } from './example.js';
import type { GemRule } from './subject.js';

export const gemNothingFound: GemRule = {
  id: 'gem-nothing-found',
  code: 'G43',
  severity: 'warning',
  summary: 'The file holds no authentication settings of GEM',
  docs: {
    why: 'A check of a file that says nothing about authentication finds nothing, which must not look like success.',
    bad: 'server:\n  http_listen_port: 8080\n',
    good: block(),
    references: ['GEM manual: Integrate with OAuth, Configuration'],
  },
  check(subject, report) {
    const { config, evidence } = subject;
    const found = Object.values(evidence).some((pieces) => pieces.length > 0);
    if (config.entries.length > 0 || config.problems.length > 0 || found || config.paths.length === 0) return;
    report({
      path: config.paths[0],
      range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
      message: 'nothing about authentication of GEM stands in this file',
      consequence: 'nothing was checked',
      help: 'give the file with the auth block, or the flags beginning with -auth.',
    });
  },
};
