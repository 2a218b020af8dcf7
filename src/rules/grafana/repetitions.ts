import type { GrafanaSubject, WrittenEntry } from './subject.js';

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
