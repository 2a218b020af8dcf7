/**
 * Puts the effective configuration together as Grafana does: defaults, files in order, environment, expanders.
 * Source: §7 of the behaviour probes against Grafana's own loading code, the same from 9.4 on.
 */
import { parseIni } from '../document/ini.js';
import type { IniDocument } from '../document/types.js';
import type { PlacedVariable } from '../document/variable.js';
import type { FormReading } from '../forms/types.js';
import { goTrim } from '../text/go-text.js';
import type { SourceFile } from '../text/source.js';
import type { Cell, Keys } from './cell.js';
import { Config, placeOf } from './config.js';
import { type Defaults, defaultsFrom, defaultsOf, NO_DEFAULTS } from './defaults.js';
import { envPrefix, envSuffix } from './env-names.js';
import { type Expansion, expandEnvironment, expandFiles, fileExpanders } from './expand.js';
import { fromFile, readTogether } from './file-sections.js';
import { Sections } from './sections.js';
import type { ConfigProblem, EffectiveConfig, LoadOptions } from './types.js';
import { unreadable } from './unreadable.js';
import { type VersionProfile, versionProfile } from './versions.js';

/** What the files were read into. */
export interface LoadInput {
  readonly files: readonly SourceFile[];
  readonly documents: readonly IniDocument[];
  readonly profile?: VersionProfile;
  /** Variables that files set, weakest first; those of `LoadOptions.env` win over them. */
  readonly variables?: readonly PlacedVariable[];
  /** What files of other forms were read as. */
  readonly readings?: readonly FormReading[];
  /** What stops the product before it reads anything. */
  readonly problems?: readonly ConfigProblem[];
}

type Env = Readonly<Record<string, string | undefined>>;

const NO_ENV: Env = Object.freeze(Object.create(null));

/** Reads INI files; see `loadDocuments`. */
export function loadFiles(
  files: readonly SourceFile[],
  options: LoadOptions = {},
): EffectiveConfig | Promise<EffectiveConfig> {
  return loadDocuments({ files, documents: files.map(parseIni) }, options);
}

/**
 * Never throws for bad configuration. Gives a promise only where `options.readFile` gives one and the configuration names a
 * file with `$__file{…}`.
 */
export function loadDocuments(input: LoadInput, options: LoadOptions = {}): EffectiveConfig | Promise<EffectiveConfig> {
  const loader = new Loader(input, options);
  const reading = loader.readFiles();
  return reading ? reading.then(() => loader.finish()) : loader.finish();
}

/** As `loadDocuments` where `readFile` is synchronous; throws a TypeError where it is not. */
export function loadDocumentsSync(input: LoadInput, options: LoadOptions = {}): EffectiveConfig {
  const config = loadDocuments(input, options);
  if (config instanceof Promise) throw new TypeError('readFile is asynchronous: use the asynchronous function');
  return config;
}

/** As `loadFiles` where `readFile` is synchronous; throws a TypeError where it is not. */
export function loadFilesSync(files: readonly SourceFile[], options: LoadOptions = {}): EffectiveConfig {
  return loadDocumentsSync({ files, documents: files.map(parseIni) }, options);
}

class Loader {
  private readonly profile: VersionProfile;
  private readonly defaults: Defaults;
  private readonly sections: Sections;
  private readonly problems: ConfigProblem[] = [];
  private readonly env: Env;
  /** Where the variables are written that a file sets. */
  private readonly placed = new Map<string, PlacedVariable>();
  /** Cells with a `$__file{…}` after the environment has been expanded. */
  private readonly waiting: Cell[] = [];
  /** Path → content, or why there is none. */
  private readonly contents = new Map<string, { readonly text: string } | { readonly error: unknown }>();

  constructor(
    private readonly input: LoadInput,
    private readonly options: LoadOptions,
  ) {
    this.profile = input.profile ?? versionProfile(options.grafanaVersion) ?? versionProfile()!;
    this.problems.push(...(input.problems ?? []));
    this.env = this.readEnvironment();
    this.defaults = this.readDefaults();
    this.sections = new Sections(this.defaults);
    const stored: IniDocument[] = [];
    for (const document of input.documents) {
      this.reportProblems(document);
      if (document.stored) stored.push(document);
      else this.merge(document);
    }
    this.applyEnvironment();
    this.expandVariables();
    // What the database holds is laid over what Grafana started with, and nothing in it is expanded.
    for (const document of stored) this.merge(document);
  }

  private readEnvironment(): Env {
    const { variables = [] } = this.input;
    const given = this.options.env ?? NO_ENV;
    if (variables.length === 0) return given;
    const env: Record<string, string | undefined> = Object.create(null);
    for (const variable of variables) {
      env[variable.name] = variable.value;
      this.placed.set(variable.name, variable);
    }
    for (const [name, value] of Object.entries(given)) {
      env[name] = value;
      this.placed.delete(name);
    }
    return env;
  }

  private readDefaults(): Defaults {
    const { defaults = true } = this.options;
    if (defaults === false) return NO_DEFAULTS;
    if (defaults === true) return defaultsOf(this.profile);
    const document = parseIni(defaults);
    this.reportProblems(document);
    return defaultsFrom(document);
  }

  private reportProblems(document: IniDocument): void {
    for (const { kind, message, productMessage, span, section } of document.problems)
      this.problems.push({
        stage: 'parse',
        severity: 'error',
        kind,
        message,
        productMessage,
        path: document.source.path,
        range: document.range(span),
        section,
      });
  }

  /**
   * Sections in order of first appearance, `DEFAULT` first; each key's last value, where it is not empty, goes to the first of
   * its section and that section's parents that has the key at that moment, else to its own section.
   */
  private merge(document: IniDocument): void {
    for (const [name, { keys, repeated }] of readTogether(document)) {
      const parents = this.sections.parents(name);
      let target: Keys | undefined;
      for (const [key, entry] of keys) {
        // What the database holds counts also where it is empty, but for addresses, which fall back.
        if (entry.value === '' && (!document.stored || key.endsWith('_url'))) continue;
        // A section appears with its first key that is not empty, also where the key itself goes to a parent.
        target ??= this.sections.writable(name);
        const own = target.get(key);
        const parent = own || parents.length === 0 ? undefined : this.firstWith(parents, key);
        const home = parent === undefined ? target : this.sections.writable(parent);
        let cell = parent === undefined ? own : home.get(key);
        const before = repeated?.get(key);
        if (before) for (const line of before) if (line.value !== '') cell = fromFile(document, line, parent, cell);
        home.set(key, fromFile(document, entry, parent, cell));
      }
    }
  }

  private firstWith(sections: readonly string[], key: string): string | undefined {
    for (const section of sections) if (this.sections.keys(section)!.has(key)) return section;
    return undefined;
  }

  /** Only keys known by now; an empty variable counts as unset. */
  private applyEnvironment(): void {
    const given = new Map<string, string>();
    for (const name of Object.keys(this.env)) {
      const value = name.startsWith('GF_') ? this.env[name] : undefined;
      if (value) given.set(name, value);
    }
    if (given.size === 0) return;
    const known = this.defaults.variables;
    for (const [variable, value] of given)
      for (const { section, key } of known.get(variable) ?? []) this.override(section, key, variable, value);
    for (const [name, keys] of this.sections.own()) {
      const prefix = envPrefix(name);
      const shared = this.defaults.keys(name);
      for (const key of keys.keys()) {
        if (shared?.has(key)) continue;
        const variable = prefix + envSuffix(key);
        const value = given.get(variable);
        if (value !== undefined) this.override(name, key, variable, value);
      }
    }
  }

  private override(section: string, key: string, variable: string, value: string): void {
    const keys = this.sections.writable(section);
    const cell = keys.get(key)!.replacedBy(value, 'env');
    cell.variable = variable;
    cell.written = this.placed.get(variable);
    keys.set(key, cell);
  }

  /** The cells an expander may change, in the order of their sections. */
  private expandable(): Cell[] {
    const found: Cell[] = [];
    let sections: readonly string[] = [...this.sections.own().keys()];
    for (const section of this.defaults.expandable())
      if (!this.sections.isOwn(section)) sections = [section, ...sections];
    for (const section of sections)
      for (const cell of this.sections.keys(section)!.values()) if (cell.value.includes('$')) found.push(cell);
    return found.length > 1 ? this.inOrder(found) : found;
  }

  /** The first file that cannot be read stops Grafana, so the order counts. */
  private inOrder(cells: Cell[]): Cell[] {
    if (!cells.some((cell) => cell.value.includes('$__'))) return cells;
    const places = new Map(this.sections.names().map((name, index) => [name, index]));
    return cells.sort((a, b) => places.get(a.section)! - places.get(b.section)!);
  }

  private expandVariables(): void {
    // What runs a form may set more variables than the form shows: those it does not show stay as written.
    const unset = this.input.readings?.length ? undefined : '';
    const find = (name: string) => {
      const value = this.env[name];
      return name === 'HOSTNAME' && !value ? this.options.hostname : (value ?? unset);
    };
    for (const cell of this.expandable()) {
      const expanded = this.change(cell, expandEnvironment(cell.value, find));
      if (expanded.value.includes('$__file{')) this.waiting.push(expanded);
    }
  }

  private change(cell: Cell, expansion: Expansion): Cell {
    if (!expansion.complete) {
      this.problems.push({
        ...placeOf(cell.origin),
        stage: 'expand',
        severity: 'error',
        kind: 'expansion-size',
        message: `[${cell.section}] ${cell.key} grows beyond all bounds when its variables are filled in`,
        section: cell.section,
        option: cell.key,
      });
    }
    if (expansion.used.length === 0) return cell;
    let target = cell;
    if (cell.kind === 'default') {
      target = cell.copy();
      this.sections.writable(cell.section).set(cell.key, target);
    }
    target.unexpanded ??= target.value;
    target.expandedFrom = [...(target.expandedFrom ?? []), ...expansion.used];
    target.value = expansion.text;
    return target;
  }

  /** Grafana runs in a container, so files that settings name are not those of this machine. */
  private get isElsewhere(): boolean {
    return this.input.readings?.some((reading) => reading.container) ?? false;
  }

  /** Asks for every file named; a promise only where an answer is one. */
  readFiles(): Promise<void> | undefined {
    const { readFile } = this.options;
    if (!readFile || this.isElsewhere) return undefined;
    const pending: Promise<void>[] = [];
    for (const cell of this.waiting) {
      for (const { path } of fileExpanders(cell.value)) {
        if (this.contents.has(path)) continue;
        const keep = (content: string | Uint8Array) => {
          this.contents.set(path, { text: typeof content === 'string' ? content : decode(content) });
        };
        const fail = (error: unknown) => {
          this.contents.set(path, { error });
        };
        try {
          const content = readFile(path);
          if (isPromise(content)) {
            fail(undefined);
            pending.push(content.then(keep, fail));
          } else keep(content);
        } catch (error) {
          fail(error);
        }
      }
    }
    return pending.length > 0 ? Promise.all(pending).then(() => undefined) : undefined;
  }

  finish(): EffectiveConfig {
    if (this.options.readFile && !this.isElsewhere) for (const cell of this.waiting) this.expandFilesOf(cell);
    return new Config({
      profile: this.profile,
      defaults: this.defaults,
      sections: this.sections,
      documents: this.input.documents,
      files: this.input.files,
      problems: this.problems,
      env: this.env,
      envGiven: this.options.env !== undefined,
      readings: this.input.readings ?? [],
      variables: this.placed,
    });
  }

  private expandFilesOf(cell: Cell): void {
    const written = cell.value;
    const expansion = expandFiles(written, (path) => {
      const content = this.contents.get(path);
      return content && 'text' in content ? goTrim(content.text) : undefined;
    });
    for (const one of fileExpanders(written)) {
      const content = this.contents.get(one.path);
      if (content && 'error' in content) this.problems.push(unreadable(cell, one, content.error));
    }
    this.change(cell, expansion);
  }
}

function isPromise<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> & Promise<Value> {
  return typeof (value as { then?: unknown }).then === 'function';
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
