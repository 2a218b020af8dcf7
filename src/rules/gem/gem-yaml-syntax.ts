import { block } from './example.js';
import type { GemRule } from './subject.js';

export const gemYamlSyntax: GemRule = {
  id: 'gem-yaml-syntax',
  code: 'G42',
  severity: 'error',
  summary: 'The file is not YAML',
  docs: {
    why: 'A server given a file it cannot parse does not start. What stands behind the mistake may also be read otherwise than meant.',
    bad: 'auth:\n  type: enterprise\n  admin:\n   oidc:\n  issuer_url: [https://accounts.example.com\n',
    good: block(),
    references: ['YAML 1.2'],
  },
  check(subject, report) {
    for (const problem of subject.config.problems)
      report({
        path: problem.path,
        range: problem.range,
        root: true,
        message: `this is not YAML: ${problem.message}`,
        consequence: 'GEM does not start with a file it cannot parse',
      });
  },
};
