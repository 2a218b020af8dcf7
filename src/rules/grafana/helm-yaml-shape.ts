import { isNoted } from './form-notes.js';
import { isGate } from './gates.js';
import { show } from './show.js';
import type { GrafanaRule, WrittenEntry } from './subject.js';

export const helmYamlShape: GrafanaRule = {
  id: 'helm-yaml-shape',
  code: 'N10',
  severity: 'warning',
  summary: 'a value that a template printed from a YAML list or map',
  docs: {
    why: 'A list or map in the values of a chart ends up in the file as Go prints it: [a b] or map[key:value]. Grafana takes [a b] for a broken JSON list, which is an empty list: an allow-list that lets everyone in.',
    bad: '[auth.generic_oauth]\nallowed_groups = [admins editors]\n',
    good: '[auth.generic_oauth]\nallowed_groups = ["admins", "editors"]\n',
    references: ['Go text/template: how lists and maps are printed', 'Grafana 9.4: lists in JSON'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const isList =
        written.option?.type === 'list' && /^\[[^\]"'{},]*\]$/.test(written.value) && /[^[\]\s]/.test(written.value);
      const isMap = /^map\[.*\]$/s.test(written.value);
      if (!isList && !isMap) continue;
      if (isNoted(subject, ['form-list', 'form-nested-section', 'form-refused'], written.section, written.key))
        continue;
      const opens = isList && isGate(written.key);
      report({
        ...subject.at(written.document, whole(written)),
        section: written.section,
        option: written.key,
        ...(opens ? { severity: 'error' as const, failOpen: true } : {}),
        message: `${isList ? show(written.key, written.value) : 'the value'} of ${written.key} is how a template prints a ${isList ? 'list' : 'map'}`,
        consequence: isMap
          ? 'Grafana takes it as one text; the options inside are not read'
          : opens
            ? `it is no JSON list, so ${written.key} is empty and restricts nobody`
            : `it is no JSON list, so ${written.key} is empty`,
        help: isMap
          ? 'give the section its own entry in the values, such as "auth.generic_oauth": { … }'
          : `give it as text in the values, for example '["a", "b"]'`,
        root: true,
      });
    }
  },
};

/** The key with its value, since a map's key is unknown as well. */
function whole({ entry }: WrittenEntry): { start: number; end: number } {
  return { start: entry.keySpan.start, end: entry.valueSpan.end };
}
