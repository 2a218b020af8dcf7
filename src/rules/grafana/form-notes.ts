/** What forms other than INI do to the text on its way to Grafana: readers note it, one rule a kind reports it. */
import { noteRange } from '../../forms/notes.js';
import type { FormNote, FormNoteKind, FormReading } from '../../forms/types.js';
import type { Range } from '../../text/source.js';
import { comparePositions } from '../causes.js';
import type { RuleReport } from '../rule.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';

/**
 * The check of the rule about one kind of note.
 * @param root what Grafana gets is not what is written there, so findings about the same place follow from this one
 */
export function reportNotes(kind: FormNoteKind, { root = false } = {}): GrafanaRule['check'] {
  return (subject, report) => {
    for (const reading of subject.config.readings)
      for (const note of reading.notes) {
        if (note.kind !== kind) continue;
        const { path = reading.file.path, span: _span, fix, kind: _kind, stops: _stops, ...said } = note;
        const place = { path, range: noteRange(reading, note) };
        report({
          ...said,
          ...place,
          ...(root ? { root: whole(reading, path, place.range) } : {}),
          ...(fix ? { fix: fixOf(reading, path, fix) } : {}),
        } satisfies RuleReport);
      }
  };
}

/** The value a note is about as a whole: what the form makes of it is not what its author meant. */
function whole({ variables }: FormReading, path: string, range: Range): Range {
  const value = variables.find(
    ({ path: at, valueRange: { start, end } }) =>
      at === path && comparePositions(start, range.start) <= 0 && comparePositions(range.start, end) < 0,
  );
  return value?.valueRange ?? range;
}

/** Whether a reader has said something of a kind about a setting, so that rules about the made text need not say it again. */
export function isNoted(
  subject: GrafanaSubject,
  kinds: readonly FormNoteKind[],
  section: string,
  option: string,
): boolean {
  return subject.config.readings.some(({ notes }) =>
    notes.some((note) => note.section === section && note.option === option && kinds.includes(note.kind)),
  );
}

function fixOf(reading: FormReading, path: string, fix: NonNullable<FormNote['fix']>): NonNullable<RuleReport['fix']> {
  return {
    description: fix.description,
    edits: fix.edits.map(({ span, newText }) => ({ range: noteRange(reading, { path, span }), newText })),
  };
}
