import { oncePer } from '../../text/memo.js';
import type { GrafanaSubject, WrittenEntry } from './subject.js';

export type Repetition = readonly [first: WrittenEntry, again: WrittenEntry];

/** Pairs of lines that write the same key of one section in one file, each with the line before it that did so. */
export const repetitions = oncePer((subject: GrafanaSubject): readonly Repetition[] => {
  const pairs: Repetition[] = [];
  const last = new Map<string, WrittenEntry>();
  for (const written of subject.entries()) {
    if (written.key.startsWith('#')) continue;
    const name = `${written.path}\n${written.section}\n${written.key}`;
    const before = last.get(name);
    if (before) pairs.push([before, written]);
    last.set(name, written);
  }
  return pairs;
});
