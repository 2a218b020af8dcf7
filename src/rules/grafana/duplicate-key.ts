import { removeEntry } from './edit.js';
import { repetitions } from './repetitions.js';
import type { GrafanaRule } from './subject.js';

export const duplicateKey: GrafanaRule = {
  id: 'duplicate-key',
  code: 'S11',
  severity: 'warning',
  summary: 'a key is given twice with the same value',
  docs: {
    why: 'The last line of a key counts. A repeated line changes nothing today; sooner or later only one of the two is edited, and the edit has no effect where it is not the last.',
    bad: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\nenabled = true\n',
    good: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\n',
    references: ['go-ini 1.67: a later key replaces an earlier one'],
  },
  check(subject, report) {
    for (const [first, again] of repetitions(subject))
      if (first.value === again.value)
        report({
          ...subject.atKey(again),
          message: `${again.key} is given twice in [${again.section}] with the same value`,
          consequence: 'the last line counts; nothing changes until one of the two is edited',
          help: 'delete one of the lines',
          related: [subject.related('first set here', subject.atKey(first))],
          fix: removeEntry(again),
        });
  },
};
