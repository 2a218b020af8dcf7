import { replaceSpan } from './edit.js';
import type { GrafanaRule } from './subject.js';

const RENAMED: Readonly<Record<string, string>> = {
  login_maximum_inactive_lifetime_days: 'login_maximum_inactive_lifetime_duration',
  login_maximum_lifetime_days: 'login_maximum_lifetime_duration',
};

export const lifetimeDays: GrafanaRule = {
  id: 'lifetime-days',
  code: 'D05',
  severity: 'error',
  summary: 'session lifetimes in days are ignored since 7.2',
  when: ['lifetime_days'],
  docs: {
    why: 'The options that end in _days were replaced by ones that end in _duration. Grafana ignores the old ones: sessions live 7 days idle and 30 days at most, whatever the line says.',
    bad: '[auth]\nlogin_maximum_lifetime_days = 1\n',
    good: '[auth]\nlogin_maximum_lifetime_duration = 1d\n',
    references: ['Grafana 7.2: login_maximum_lifetime_duration'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const meant = written.section === 'auth' ? RENAMED[written.key] : undefined;
      if (meant === undefined) continue;
      const isTaken = subject.writes('auth', meant).length > 0;
      const isNumber = /^\d+$/.test(written.value);
      const { keySpan, valueSpan } = written.entry;
      report({
        ...subject.atKey(written),
        message: `${written.key} is ignored since Grafana 7.2`,
        consequence: isTaken ? `${meant} counts` : `${meant} keeps its default`,
        help: isTaken ? 'delete the line' : `write ${meant} = ${isNumber ? `${written.value}d` : '30d'}`,
        ...(isTaken || !isNumber
          ? {}
          : {
              fix: replaceSpan(
                written.document,
                { start: keySpan.start, end: valueSpan.end },
                `${meant} = ${written.value}d`,
                `replace it by ${meant}`,
              ),
            }),
      });
    }
  },
};
