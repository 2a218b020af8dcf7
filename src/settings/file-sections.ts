/** What a file brings to the configuration, before it is laid over what is there. */
import type { IniDocument, IniEntry } from '../document/types.js';
import { Cell } from './cell.js';

/** `parent` is the section it went to, where that is not its own. */
export function fromFile(
  document: IniDocument,
  entry: IniEntry,
  parent: string | undefined,
  previous: Cell | undefined,
): Cell {
  const cell = new Cell(parent ?? entry.section, entry.key, entry.value, document.stored ? 'stored' : 'file');
  cell.entry = entry;
  cell.document = document;
  cell.previous = previous;
  if (parent !== undefined) cell.writtenIn = entry.section;
  return cell;
}

/** A section of a file as go-ini has it: the last line of each key, keys in order of first appearance. */
export interface FileSection {
  readonly keys: Map<string, IniEntry>;
  /** Earlier lines of a key, oldest first. */
  repeated: Map<string, IniEntry[]> | undefined;
}

export function readTogether(document: IniDocument): Map<string, FileSection> {
  const sections = new Map<string, FileSection>();
  for (const { name, entries } of document.sections) {
    let section = sections.get(name);
    if (!section) {
      section = { keys: new Map(), repeated: undefined };
      sections.set(name, section);
    }
    for (const entry of entries) {
      const known = section.keys.get(entry.key);
      if (known) {
        section.repeated ??= new Map();
        const before = section.repeated.get(entry.key);
        if (before) before.push(known);
        else section.repeated.set(entry.key, [known]);
      }
      section.keys.set(entry.key, entry);
    }
  }
  return sections;
}
