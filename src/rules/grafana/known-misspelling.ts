import { renameKey } from './edit.js';
import { isGate } from './gates.js';
import { misspelled, standing } from './name-lookup.js';
import type { GrafanaRule } from './subject.js';

export const knownMisspelling: GrafanaRule = {
  id: 'known-misspelling',
  code: 'N02',
  severity: 'error',
  summary: 'a key that is often taken for another one',
  docs: {
    why: 'These names come from other tools, from old guides or from memory; group_attribute_path once stood in a manual. Grafana ignores them without a log line.',
    bad: '[auth.generic_oauth]\ngroup_attribute_path = groups\nallow_signup = false\n',
    good: '[auth.generic_oauth]\ngroups_attribute_path = groups\nallow_sign_up = false\n',
    references: ['Grafana manual: generic OAuth, configuration options'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if (written.option || standing(subject, written) !== 'misspelled') continue;
      const meant = misspelled(written.section, written.key)!;
      const isTaken = subject.writes(written.section, meant.key).length > 0;
      report({
        ...subject.atKey(written),
        message: `[${written.section}] has no option ${written.key}; it is called ${meant.key}`,
        consequence: `Grafana ignores the line; ${meant.key} ${isTaken ? 'is what the other line says' : 'keeps its default'}`,
        help: isTaken ? `delete the line: ${meant.key} is set too` : `rename it to ${meant.key}`,
        suggestions: [meant.key],
        ...(isTaken ? {} : { meant: meant.key, fix: renameKey(written, meant.key) }),
        ...(isGate(meant.key) && !isTaken ? { failOpen: true } : {}),
      });
    }
  },
};
