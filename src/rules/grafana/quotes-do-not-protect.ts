import type { GrafanaRule } from './subject.js';
import { reportTruncations } from './truncation.js';

export const quotesDoNotProtect: GrafanaRule = {
  id: 'quotes-do-not-protect',
  code: 'S03',
  severity: 'error',
  summary: 'a value in ordinary quotes is cut at "#" or ";" inside them',
  docs: {
    why: 'Single and double quotes do not keep Grafana from seeing a comment: the value ends at the "#" or ";" inside them, and the opening quote becomes part of the value. Only triple quotes and backticks protect.',
    bad: '[auth.generic_oauth]\nclient_secret = "k3y#9f2b71"\n',
    good: '[auth.generic_oauth]\nclient_secret = """k3y#9f2b71"""\n',
    references: ['go-ini 1.67: inline comments', 'Grafana manual: configuration, special characters'],
  },
  check(subject, report) {
    reportTruncations(subject, report, 'quoted', (written, { marker }) => ({
      message: `the quotes around ${written.key} do not protect the "${marker}" inside them`,
      consequence: `the value ends there and begins with the quote character; ${
        written.option?.secret
          ? 'the provider answers invalid_client and no login succeeds'
          : `${written.key} works with that text`
      }`,
      help: 'use three double quotes on each side: """…"""',
    }));
  },
};
