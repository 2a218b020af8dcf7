import { repetitions } from './repetitions.js';
import { show } from './show.js';
import type { GrafanaRule } from './subject.js';

export const conflictingDuplicate: GrafanaRule = {
  id: 'conflicting-duplicate',
  code: 'S12',
  severity: 'error',
  summary: 'a key is given twice with different values',
  docs: {
    why: 'The last line of a key counts, also where the section stands several times in the file. The other value never takes effect, and Grafana says nothing about it.',
    bad: '[auth.generic_oauth]\nenabled = true\nuse_pkce = true\nenabled = false\n',
    good: '[auth.generic_oauth]\nenabled = true\nuse_pkce = true\n',
    references: ['go-ini 1.67: a later key replaces an earlier one'],
  },
  check(subject, report) {
    for (const [first, again] of repetitions(subject)) {
      if (first.value === again.value) continue;
      const winner =
        again.value === '' ? 'the last line is empty, so the default counts' : `${show(again.key, again.value)} counts`;
      report({
        ...subject.atKey(again),
        message: `${again.key} is given twice in [${again.section}] with different values`,
        consequence: `${winner}; the earlier ${show(first.key, first.value)} has no effect`,
        help: 'keep the one that is meant and delete the other',
        related: [subject.related('overridden here', subject.atKey(first))],
      });
    }
  },
};
