import { show } from './show.js';
import type { GrafanaRule } from './subject.js';
import { reportTruncations } from './truncation.js';

export const truncatedValue: GrafanaRule = {
  id: 'truncated-value',
  code: 'S01',
  severity: 'error',
  summary: 'a value is cut at "#" or ";"',
  docs: {
    why: 'Grafana takes everything from the first "#" or ";" of a line as a comment, with or without a blank before it. Expressions, lists and addresses are shortened without a log line; only triple quotes and backticks protect a value.',
    bad: "[auth.generic_oauth]\nrole_attribute_path = contains(groups[*], '#admins') && 'Admin'\n",
    good: `[auth.generic_oauth]\nrole_attribute_path = """contains(groups[*], '#admins') && 'Admin'"""\n`,
    references: ['go-ini 1.67: inline comments', 'Grafana manual: configuration, special characters'],
  },
  check(subject, report) {
    reportTruncations(subject, report, 'plain', (written, { marker }) => ({
      message: `the value of ${written.key} is cut at "${marker}": Grafana reads ${show(written.key, written.value)}`,
      consequence: `the rest of the line is a comment to Grafana; ${written.key} works with the shortened text`,
      help: 'put the value in triple quotes: """…"""',
    }));
  },
};
