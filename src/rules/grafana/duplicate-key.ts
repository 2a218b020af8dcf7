import type { GrafanaReport, GrafanaRule, GrafanaSubject, WrittenEntry } from './subject.js';

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
    for (const [first, repeated] of repetitions(subject))
      if (first.value === repeated.value)
        report({
          ...subject.atKey(repeated),
          message: `${repeated.key} is given twice in [${repeated.section}] with the same value`,
          consequence: 'the last line counts; nothing changes until one of the two is edited',
          help: 'delete one of the lines',
          related: [subject.related('first set here', subject.atKey(first))],
          fix: removeLine(subject, repeated),
        });
  },
};

/** Pairs of lines that write the same key of one section in one file, each with the line before it that did so. */
export function* repetitions(subject: GrafanaSubject): Generator<readonly [first: WrittenEntry, again: WrittenEntry]> {
  const last = new Map<string, WrittenEntry>();
  for (const written of subject.entries()) {
    if (written.key.startsWith('#')) continue;
    const name = `${written.path}\n${written.section}\n${written.key}`;
    const before = last.get(name);
    if (before) yield [before, written];
    last.set(name, written);
  }
}

/** Deletes the line (or lines) of an entry with its line break. */
export function removeLine(
  _subject: GrafanaSubject,
  written: WrittenEntry,
): NonNullable<Parameters<GrafanaReport>[0]['fix']> {
  const { lines } = written.document;
  const { keySpan, valueSpan, comment } = written.entry;
  const first = lines.position(keySpan.start).line;
  const last = lines.position(Math.max(valueSpan.end, comment?.span.end ?? 0, keySpan.end)).line;
  const range = lines.range({ start: lines.lineStart(first), end: lines.lineStart(last + 1) });
  return { description: 'delete the line', edits: [{ range, newText: '' }] };
}
