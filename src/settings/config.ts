/** The effective configuration as callers see it: tables, settings and origins, made on demand from the cells. */
import type { IniDocument } from '../document/types.js';
import type { PlacedVariable } from '../document/variable.js';
import type { FormReading } from '../forms/types.js';
import type { SourceFile } from '../text/source.js';
import type { Cell, Keys } from './cell.js';
import type { Defaults } from './defaults.js';
import { ignoredVariables } from './ignored.js';
import { type Interpolated, interpolate } from './interpolate.js';
import { Sections } from './sections.js';
import type { ConfigProblem, EffectiveConfig, IgnoredVariable, Origin, Setting, TextTable } from './types.js';
import type { VersionProfile } from './versions.js';

export interface ConfigParts {
  readonly profile: VersionProfile;
  readonly defaults: Defaults;
  /** After merge, environment and expanders; sections equal to the defaults are the defaults' own. */
  readonly sections: Sections;
  readonly documents: readonly IniDocument[];
  readonly files: readonly SourceFile[];
  readonly problems: readonly ConfigProblem[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly envGiven: boolean;
  readonly readings: readonly FormReading[];
  /** Where the variables are written that a file sets. */
  readonly variables: ReadonlyMap<string, PlacedVariable>;
}

export class Config implements EffectiveConfig {
  readonly profile: VersionProfile;
  readonly documents: readonly IniDocument[];
  readonly files: readonly SourceFile[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly envGiven: boolean;
  readonly readings: readonly FormReading[];
  readonly #parts: ConfigParts;
  /** Rules ask for the same settings again and again. */
  readonly #views = new Map<Cell, Setting>();
  #fileView: TextTable | undefined;
  #sections: TextTable | undefined;
  #interpolated: TextTable | undefined;
  #origins: EffectiveConfig['origins'] | undefined;
  #problems: readonly ConfigProblem[] | undefined;
  #ignored: readonly IgnoredVariable[] | undefined;

  constructor(parts: ConfigParts) {
    this.#parts = parts;
    this.profile = parts.profile;
    this.documents = parts.documents;
    this.files = parts.files;
    this.env = parts.env;
    this.envGiven = parts.envGiven;
    this.readings = parts.readings;
  }

  get fileView(): TextTable {
    this.#fileView ??= readTogether(this.documents);
    return this.#fileView;
  }

  get sections(): TextTable {
    this.#sections ??= this.#table(sharedValues, (cell) => cell.value);
    return this.#sections;
  }

  get interpolated(): TextTable {
    if (!this.#interpolated) {
      const table: TextTable = Object.create(null);
      for (const section of this.#parts.sections.names())
        for (const cell of this.#withReferences(section)) {
          const { text } = this.#interpolate(cell, cell.value);
          if (text === cell.value) continue;
          table[section] ??= Object.create(null) as Row<string>;
          table[section][cell.key] = text;
        }
      this.#interpolated = table;
    }
    return this.#interpolated;
  }

  get origins(): EffectiveConfig['origins'] {
    this.#origins ??= this.#table(sharedOrigins, (cell) => ({ ...cell.origin, overrides: cell.overrides }));
    return this.#origins;
  }

  get problems(): readonly ConfigProblem[] {
    this.#problems ??= [...this.#parts.problems, ...this.#tooLarge()];
    return this.#problems;
  }

  get ignored(): readonly IgnoredVariable[] {
    this.#ignored ??= ignoredVariables(this.env, this.#parts.sections);
    return this.#ignored;
  }

  variable(name: string): PlacedVariable | undefined {
    return this.#parts.variables.get(name);
  }

  sectionNames(): readonly string[] {
    return this.#parts.sections.names();
  }

  parentsOf(section: string): readonly string[] {
    return this.#parts.sections.parents(section);
  }

  get(section: string, key: string): Setting | undefined {
    return this.#setting(this.#parts.sections.get(section, key));
  }

  lookup(section: string, key: string): Setting | undefined {
    return this.#setting(this.#find(section, key));
  }

  defaultOf(section: string, key: string): string | undefined {
    return this.#parts.defaults.keys(section)?.get(key)?.value;
  }

  *settings(section?: string): Generator<Setting> {
    const { sections } = this.#parts;
    for (const name of section === undefined ? sections.names() : [section])
      for (const cell of sections.keys(name)?.values() ?? [])
        yield new SettingView(cell, () => this.#interpolate(cell, cell.value).text);
  }

  *defaults(section: string): Generator<Setting> {
    for (const cell of this.#parts.defaults.keys(section)?.values() ?? [])
      yield new SettingView(cell, () => this.#interpolate(cell, cell.value).text);
  }

  interpolate(section: string, key: string, text: string): string {
    return this.#interpolateAt(section, this.#parts.sections.get(section, key), text).text;
  }

  /** This configuration with some keys as another one of the same version has them, which may be not at all. */
  withKeysOf(other: Config, keys: Iterable<{ readonly section: string; readonly key: string }>): Config {
    const sections = new Sections(this.#parts.defaults);
    for (const [name, own] of this.#parts.sections.own()) {
      const copy = sections.writable(name);
      copy.clear();
      for (const [key, cell] of own) copy.set(key, cell);
    }
    for (const { section, key } of keys) {
      const cell = other.#parts.sections.get(section, key);
      if (cell) sections.writable(section).set(key, cell);
      else sections.writable(section).delete(key);
    }
    return new Config({ ...this.#parts, sections });
  }

  /** The public shape, for printing. */
  toJSON(): Pick<EffectiveConfig, 'fileView' | 'sections' | 'interpolated' | 'problems'> {
    return {
      fileView: this.fileView,
      sections: this.sections,
      interpolated: this.interpolated,
      problems: this.problems,
    };
  }

  #setting(cell: Cell | undefined): Setting | undefined {
    if (!cell) return undefined;
    let view = this.#views.get(cell);
    if (!view) {
      view = new SettingView(cell, () => this.#interpolate(cell, cell.value).text);
      this.#views.set(cell, view);
    }
    return view;
  }

  /** Own section, then its parents. */
  #find(section: string, key: string): Cell | undefined {
    const own = this.#parts.sections.get(section, key);
    if (own) return own;
    for (const parent of this.#parts.sections.parents(section)) {
      const cell = this.#parts.sections.get(parent, key);
      if (cell) return cell;
    }
    return undefined;
  }

  /** The keys of a section whose value holds `%(`. */
  #withReferences(section: string): readonly Cell[] {
    const { sections, defaults } = this.#parts;
    if (!sections.isOwn(section)) return defaults.referring.get(section) ?? [];
    return [...sections.keys(section)!.values()].filter((cell) => cell.value.includes('%('));
  }

  #interpolate(cell: Cell, text: string): Interpolated {
    return this.#interpolateAt(cell.section, cell, text);
  }

  #interpolateAt(section: string, self: Cell | undefined, text: string): Interpolated {
    if (!text.includes('%(')) return { text, complete: true };
    return interpolate(text, (name) => {
      const found = this.#find(section, name);
      return (found && found !== self ? found : this.#parts.sections.get('DEFAULT', name))?.value;
    });
  }

  #tooLarge(): ConfigProblem[] {
    const found: ConfigProblem[] = [];
    for (const section of this.#parts.sections.own().keys()) {
      for (const cell of this.#withReferences(section)) {
        if (this.#interpolate(cell, cell.value).complete) continue;
        found.push({
          ...placeOf(cell.origin),
          stage: 'expand',
          severity: 'error',
          kind: 'interpolation-size',
          message: `[${section}] ${cell.key} grows beyond all bounds when its %(name)s are resolved`,
          section,
          option: cell.key,
        });
      }
    }
    return found;
  }

  /** Rows of sections that are the defaults' own are made once for all configurations. */
  #table<Value>(shared: WeakMap<Keys, Row<Value>>, read: (cell: Cell) => Value): Table<Value> {
    const table: Table<Value> = Object.create(null);
    const { sections } = this.#parts;
    for (const section of sections.names()) {
      const keys = sections.keys(section)!;
      let row: Row<Value> | undefined = shared.get(keys);
      if (!row) {
        row = Object.create(null) as Row<Value>;
        for (const [key, cell] of keys) row[key] = read(cell);
        if (!sections.isOwn(section)) shared.set(keys, Object.freeze(row));
      }
      table[section] = row;
    }
    return table;
  }
}

type Row<Value> = Record<string, Value>;
type Table<Value> = Record<string, Row<Value>>;

const sharedValues = new WeakMap<Keys, Row<string>>();
const sharedOrigins = new WeakMap<Keys, Row<Origin & { overrides: readonly Origin[] }>>();

/** Where a value was written, as problems say it. */
export function placeOf(origin: Origin): Pick<ConfigProblem, 'path' | 'range' | 'source'> {
  if (origin.variable !== undefined)
    return {
      source: `env:${origin.variable}`,
      ...(origin.written && { path: origin.written.path, range: origin.written.valueRange }),
    };
  return { ...(origin.path !== undefined && { path: origin.path }), ...(origin.range && { range: origin.range }) };
}

/** A cell as callers see it; `interpolate` gives its value with `%(name)s` applied. */
export class SettingView implements Setting {
  readonly #cell: Cell;
  readonly #interpolate: () => string;
  #origin: Origin | undefined;

  constructor(cell: Cell, interpolate: () => string) {
    this.#cell = cell;
    this.#interpolate = interpolate;
  }

  get section(): string {
    return this.#cell.section;
  }

  get key(): string {
    return this.#cell.key;
  }

  get value(): string {
    return this.#cell.value;
  }

  get interpolated(): string {
    return this.#cell.value.includes('%(') ? this.#interpolate() : this.#cell.value;
  }

  get origin(): Origin {
    this.#origin ??= this.#cell.origin;
    return this.#origin;
  }

  get overrides(): readonly Origin[] {
    return this.#cell.overrides;
  }
}

/** All files read together, each as far as Grafana's reader gets. */
function readTogether(documents: readonly IniDocument[]): TextTable {
  const table: TextTable = Object.create(null);
  for (const document of documents) {
    for (const section of document.sections) {
      if (section.unreached) break;
      if (!section.headerSpan && section.entries.length === 0) continue;
      let row = table[section.name];
      if (!row) {
        row = Object.create(null) as Record<string, string>;
        table[section.name] = row;
      }
      for (const entry of section.entries) {
        if (entry.unreached) break;
        row[entry.key] = entry.value;
      }
    }
  }
  return table;
}
