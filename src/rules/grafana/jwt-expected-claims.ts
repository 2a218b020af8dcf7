import { renameKey } from './edit.js';
import type { GrafanaRule } from './subject.js';

export const jwtExpectedClaims: GrafanaRule = {
  id: 'jwt-expected-claims',
  code: 'D06',
  severity: 'error',
  summary: 'expected_claims of [auth.jwt] is never read',
  failOpen: true,
  when: ['expected_claims'],
  docs: {
    why: 'The option is called expect_claims. Up to 9.2 the defaults had it under the wrong name, so the wrong name is in many files: tokens are accepted without the checks.',
    bad: '[auth.jwt]\nenabled = true\nexpected_claims = {"aud": "grafana"}\n',
    good: '[auth.jwt]\nenabled = true\nexpect_claims = {"aud": "grafana"}\n',
    references: ['defaults.ini before 9.3.0'],
  },
  check(subject, report) {
    for (const written of subject.writes('auth.jwt', 'expected_claims')) {
      const isTaken = subject.writes('auth.jwt', 'expect_claims').length > 0;
      report({
        ...subject.atKey(written),
        message: 'Grafana never reads expected_claims; the option is called expect_claims',
        consequence: isTaken ? 'the line has no effect' : 'tokens are accepted whatever these claims say',
        help: isTaken ? 'delete the line' : 'rename it to expect_claims',
        suggestions: ['expect_claims'],
        ...(isTaken ? { failOpen: false } : { fix: renameKey(written, 'expect_claims') }),
      });
    }
  },
};
