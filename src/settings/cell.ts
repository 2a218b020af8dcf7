/**
 * One key while the configuration is put together: its value, where that came from, and what it replaced. Origins are made
 * from it on demand, since a large file has far more keys than anyone asks about.
 */
import type { IniDocument, IniEntry } from '../document/types.js';
import type { PlacedVariable } from '../document/variable.js';
import type { Origin, OriginKind } from './types.js';

/** Of one section. */
export type Keys = Map<string, Cell>;

export class Cell {
  value: string;
  /** `value` before expanders, where they changed it. */
  unexpanded: string | undefined;
  expandedFrom: readonly string[] | undefined;
  entry: IniEntry | undefined;
  document: IniDocument | undefined;
  writtenIn: string | undefined;
  variable: string | undefined;
  written: PlacedVariable | undefined;
  /** What it replaced. */
  previous: Cell | undefined;

  constructor(
    readonly section: string,
    readonly key: string,
    value: string,
    readonly kind: OriginKind,
  ) {
    this.value = value;
  }

  /** The same key with another value in its place. */
  replacedBy(value: string, kind: OriginKind): Cell {
    const next = new Cell(this.section, this.key, value, kind);
    next.previous = this;
    return next;
  }

  /** The same place, for a configuration of its own: defaults are shared. */
  copy(): Cell {
    const copy = new Cell(this.section, this.key, this.value, this.kind);
    copy.entry = this.entry;
    copy.document = this.document;
    copy.previous = this.previous;
    return copy;
  }

  get origin(): Origin {
    const value = this.unexpanded ?? this.value;
    const { kind, entry, document, variable, written } = this;
    if (!entry || !document)
      return {
        origin: kind,
        value,
        ...(variable !== undefined && { variable }),
        ...(written && { written, path: written.path, range: written.valueRange }),
        ...this.#more(),
      };
    const origin: Origin = {
      origin: kind,
      value,
      path: document.source.path,
      // Most origins are only asked what kind they are of.
      get range() {
        return document.range(entry.valueSpan);
      },
      entry,
      document,
    };
    return this.writtenIn === undefined && !this.expandedFrom ? origin : Object.assign(origin, this.#more());
  }

  #more(): Pick<Origin, 'writtenIn' | 'expandedFrom'> {
    return {
      ...(this.writtenIn !== undefined && { writtenIn: this.writtenIn }),
      ...(this.expandedFrom && { expandedFrom: this.expandedFrom }),
    };
  }

  /** Oldest first. */
  get overrides(): readonly Origin[] {
    const found: Origin[] = [];
    for (let cell = this.previous; cell; cell = cell.previous) found.push(cell.origin);
    return found.reverse();
  }
}
