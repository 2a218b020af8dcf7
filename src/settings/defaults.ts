/**
 * The defaults.ini of a version, as the sections that files and environment are laid over. Built once a version: everything in it
 * is shared by all configurations that are loaded.
 */
import type { IniDocument } from '../document/types.js';
import { Cell, type SectionMap } from './cell.js';
import data from './data/grafana-defaults.json' with { type: 'json' };
import { envPrefix, envSuffix } from './env-names.js';
import { type VersionProfile, versionOrder } from './versions.js';

type Steps = readonly (readonly [string, string | null])[];
const SECTIONS = data.sections as unknown as Record<string, Record<string, string | Steps>>;

export class Defaults {
  readonly sections: SectionMap;
  #variables: ReadonlyMap<string, readonly Cell[]> | undefined;
  #expandable: ReadonlyMap<string, readonly Cell[]> | undefined;
  #referring: ReadonlyMap<string, readonly Cell[]> | undefined;

  constructor(sections: SectionMap) {
    this.sections = sections;
  }

  /** Variable name → the keys it sets. */
  get variables(): ReadonlyMap<string, readonly Cell[]> {
    if (!this.#variables) {
      const index = new Map<string, Cell[]>();
      for (const [section, keys] of this.sections) {
        const prefix = envPrefix(section);
        for (const cell of keys.values()) {
          const name = prefix + envSuffix(cell.key);
          const known = index.get(name);
          if (known) known.push(cell);
          else index.set(name, [cell]);
        }
      }
      this.#variables = index;
    }
    return this.#variables;
  }

  /** Section → keys an expander may change. */
  get expandable(): ReadonlyMap<string, readonly Cell[]> {
    this.#expandable ??= this.#holding('$');
    return this.#expandable;
  }

  /** Section → keys that may refer to others with `%(name)s`. */
  get referring(): ReadonlyMap<string, readonly Cell[]> {
    this.#referring ??= this.#holding('%(');
    return this.#referring;
  }

  #holding(text: string): ReadonlyMap<string, readonly Cell[]> {
    const found = new Map<string, Cell[]>();
    for (const [section, keys] of this.sections) {
      const cells = [...keys.values()].filter((cell) => cell.value.includes(text));
      if (cells.length > 0) found.set(section, cells);
    }
    return found;
  }
}

export const NO_DEFAULTS = new Defaults(new Map());

const built = new Map<number, Defaults>();

/** Of the version the profile was asked for. */
export function defaultsOf(profile: VersionProfile): Defaults {
  const order = Math.max(profile.order, OLDEST);
  let found = built.get(order);
  if (!found) {
    found = build(order);
    built.set(order, found);
  }
  return found;
}

const OLDEST = versionOrder('9.4')!;

function build(order: number): Defaults {
  const sections: SectionMap = new Map();
  for (const section of Object.keys(SECTIONS)) {
    const keys = new Map<string, Cell>();
    const known = SECTIONS[section]!;
    for (const key of Object.keys(known)) {
      const value = valueAt(known[key]!, order);
      if (value !== null) keys.set(key, new Cell(section, key, value, 'default'));
    }
    if (keys.size > 0) sections.set(section, keys);
  }
  return new Defaults(sections);
}

function valueAt(steps: string | Steps, order: number): string | null {
  if (typeof steps === 'string') return steps;
  let value: string | null = null;
  for (const [version, text] of steps) if (versionOrder(version)! <= order) value = text;
  return value;
}

/** Another text in the place of defaults.ini: unlike a file's, its empty values count. */
export function defaultsFrom(document: IniDocument): Defaults {
  const sections: SectionMap = new Map();
  for (const section of document.sections) {
    let keys = sections.get(section.name);
    if (!keys) {
      keys = new Map();
      sections.set(section.name, keys);
    }
    for (const entry of section.entries) {
      const cell = new Cell(section.name, entry.key, entry.value, 'default');
      cell.entry = entry;
      cell.document = document;
      cell.previous = keys.get(entry.key);
      keys.set(entry.key, cell);
    }
  }
  return new Defaults(sections);
}
