/**
 * The defaults.ini of a version: the sections that files and environment are laid over. Shared by all configurations that
 * are loaded; a section is made when it is first asked for, since few of them are.
 */
import type { IniDocument } from '../document/types.js';
import type { Span } from '../text/source.js';
import { Cell, type Keys } from './cell.js';
import { GRAFANA_DEFAULTS } from './data/grafana-defaults.js';
import { envPrefix, envSuffix } from './env-names.js';
import { type VersionProfile, versionOrder } from './versions.js';

/** A reference to a variable or file stands in these sections of Grafana's defaults; a test keeps the list right. */
export const EXPANDABLE_DEFAULTS: readonly string[] = ['DEFAULT'];

export abstract class Defaults {
  #variables: ReadonlyMap<string, readonly Cell[]> | undefined;
  #referring: ReadonlyMap<string, readonly Cell[]> | undefined;

  abstract names(): readonly string[];
  abstract keys(section: string): Keys | undefined;
  /** Sections that may hold something an expander changes. */
  abstract expandable(): readonly string[];

  /** Variable name → the keys it sets. */
  get variables(): ReadonlyMap<string, readonly Cell[]> {
    if (!this.#variables) {
      const index = new Map<string, Cell[]>();
      for (const section of this.names()) {
        const prefix = envPrefix(section);
        for (const cell of this.keys(section)!.values()) {
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

  /** Section → keys that may refer to others with `%(name)s`. */
  get referring(): ReadonlyMap<string, readonly Cell[]> {
    if (!this.#referring) {
      const found = new Map<string, Cell[]>();
      for (const section of this.names()) {
        const cells = [...this.keys(section)!.values()].filter((cell) => cell.value.includes('%('));
        if (cells.length > 0) found.set(section, cells);
      }
      this.#referring = found;
    }
    return this.#referring;
  }
}

/** Defaults that are at hand as a whole. */
class GivenDefaults extends Defaults {
  constructor(private readonly sections: ReadonlyMap<string, Keys>) {
    super();
  }

  override names(): readonly string[] {
    return [...this.sections.keys()];
  }

  override keys(section: string): Keys | undefined {
    return this.sections.get(section);
  }

  override expandable(): readonly string[] {
    return this.names();
  }
}

class VersionDefaults extends Defaults {
  readonly #made = new Map<string, Keys | undefined>();
  #names: readonly string[] | undefined;

  constructor(private readonly order: number) {
    super();
  }

  override names(): readonly string[] {
    this.#names ??= [...places().keys()].filter((name) => this.keys(name) !== undefined);
    return this.#names;
  }

  override keys(section: string): Keys | undefined {
    if (!places().has(section)) return undefined;
    if (this.#made.has(section)) return this.#made.get(section);
    const keys = this.#make(section);
    this.#made.set(section, keys);
    return keys;
  }

  override expandable(): readonly string[] {
    return EXPANDABLE_DEFAULTS;
  }

  #make(section: string): Keys | undefined {
    const place = places().get(section);
    if (!place) return undefined;
    const keys: Keys = new Map();
    for (const line of GRAFANA_DEFAULTS.slice(place.start, place.end).split('\n')) {
      const blank = line.indexOf(' ');
      if (blank === -1) continue;
      const key = line.slice(0, blank);
      const value = valueAt(line.slice(blank + 1), this.order);
      if (value !== null) keys.set(key, new Cell(section, key, value, 'default'));
    }
    return keys.size > 0 ? keys : undefined;
  }
}

let found: ReadonlyMap<string, Span> | undefined;

/** Where the lines of each section stand in the data. */
function places(): ReadonlyMap<string, Span> {
  if (!found) {
    const map = new Map<string, Span>();
    for (let at = GRAFANA_DEFAULTS.indexOf('\n['); at !== -1; ) {
      const close = GRAFANA_DEFAULTS.indexOf(']\n', at);
      const next = GRAFANA_DEFAULTS.indexOf('\n[', close);
      map.set(GRAFANA_DEFAULTS.slice(at + 2, close), {
        start: close + 2,
        end: next === -1 ? GRAFANA_DEFAULTS.length : next,
      });
      at = next;
    }
    found = map;
  }
  return found;
}

/** `"text"`, or steps `9.4 "text" 11.0 null`. */
function valueAt(written: string, order: number): string | null {
  if (written.startsWith('"')) return textOf(written);
  let value: string | null = null;
  for (const [, version, text] of written.matchAll(/(\d+\.\d+) ("(?:[^"\\]|\\.)*"|null)/g))
    if (versionOrder(version!)! <= order) value = text === 'null' ? null : textOf(text!);
  return value;
}

function textOf(json: string): string {
  return json.includes('\\') ? (JSON.parse(json) as string) : json.slice(1, -1);
}

export const NO_DEFAULTS: Defaults = new GivenDefaults(new Map());

const OLDEST = versionOrder('9.4')!;
const made = new Map<number, Defaults>();

/** Of the version the profile was asked for. */
export function defaultsOf(profile: VersionProfile): Defaults {
  const order = Math.max(profile.order, OLDEST);
  let defaults = made.get(order);
  if (!defaults) {
    defaults = new VersionDefaults(order);
    made.set(order, defaults);
  }
  return defaults;
}

/** Another text in the place of defaults.ini: unlike a file's, its empty values count. */
export function defaultsFrom(document: IniDocument): Defaults {
  const sections = new Map<string, Keys>();
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
  return new GivenDefaults(sections);
}
