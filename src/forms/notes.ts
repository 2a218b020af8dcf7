/** Places of notes. */
import { LineMap, type Range } from '../text/source.js';
import type { FormNote, FormReading } from './types.js';

/** Where a note points, in the file it names or the file that was read. */
export function noteRange(reading: FormReading, note: Pick<FormNote, 'path' | 'span'>): Range {
  const other = note.path === undefined ? undefined : reading.alongside?.find((file) => file.path === note.path);
  return (other ? new LineMap(other.text) : reading.lines).range(note.span);
}
