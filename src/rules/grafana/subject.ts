/**
 * What rules about a Grafana configuration look at: the effective settings, the lines they were written in, the providers,
 * and ways to point at a place. A rule asks here and never computes a position.
 */

import type { IniComment, IniDocument, IniEntry, IniProblem, IniSection } from '../../document/types.js';
import { sourceSpan } from '../../document/types.js';
import { type CatalogOption, findOption, PROVIDER_SECTIONS } from '../../settings/catalog.js';
import { readBoolean } from '../../settings/read.js';
import type { ConfigProblem, EffectiveConfig, Origin, Setting } from '../../settings/types.js';
import type { VersionProfile } from '../../settings/versions.js';
import type { Remembering } from '../../text/memo.js';
import type { Range, Span } from '../../text/source.js';
import type { Rule, RuleReport } from '../rule.js';
import { ProviderView } from './provider-view.js';
import { isUnknown } from './unknown.js';

export type { ProviderView };

export type GrafanaRule = Rule<GrafanaSubject>;
export type GrafanaReport = (finding: RuleReport) => void;

/** Where a finding points; spread it into a report. */
export interface Place {
  readonly path?: string;
  readonly range?: Range;
  readonly source?: string;
  readonly section?: string;
  readonly option?: string;
}

/** One key line of a file, also one that a later line overrides or that Grafana never reaches. */
export interface WrittenEntry {
  readonly section: string;
  readonly key: string;
  /** As Grafana's reader takes it from the file: comment and quotes removed, before environment and expanders. */
  readonly value: string;
  readonly entry: IniEntry;
  readonly header: IniSection;
  readonly document: IniDocument;
  readonly path: string;
  /** What the catalogue knows of it. */
  readonly option: CatalogOption | undefined;
  /** It stands after something that stops Grafana. */
  readonly unreached: boolean;
}

/** A problem that stops Grafana's reader, with the text it is in. */
export interface WrittenProblem {
  readonly problem: IniProblem;
  readonly document: IniDocument;
}

export type ReadFile = (path: string) => string | Uint8Array | Promise<string | Uint8Array>;

export interface SubjectOptions {
  readonly readFile?: ReadFile;
  /** A discovery document, for rules that compare with it. */
  readonly discovery?: unknown;
  /** Seconds since 1970, for rules that look at dates; without it dates are not judged. */
  readonly now?: number;
  /** Sections looked at as if they were switched on. */
  readonly assumeOn?: readonly string[];
}

export class GrafanaSubject implements Remembering {
  readonly remembered = new Map<unknown, unknown>();
  readonly config: EffectiveConfig;
  readonly profile: VersionProfile;
  readonly problems: readonly WrittenProblem[];
  readonly readFile: ReadFile | undefined;
  readonly discovery: unknown;
  readonly now: number | undefined;
  readonly assumeOn: readonly string[];
  #entries: readonly WrittenEntry[] | undefined;
  #bySetting: ReadonlyMap<string, readonly WrittenEntry[]> | undefined;
  #fromEnvironment: readonly Setting[] | undefined;
  #providers: readonly ProviderView[] | undefined;

  constructor(config: EffectiveConfig, options: SubjectOptions = {}) {
    this.config = config;
    this.profile = config.profile;
    this.problems = config.documents.flatMap((document) => document.problems.map((problem) => ({ problem, document })));
    this.readFile = options.readFile;
    this.discovery = options.discovery;
    this.now = options.now;
    this.assumeOn = options.assumeOn ?? [];
  }

  get documents(): readonly IniDocument[] {
    return this.config.documents;
  }

  /** Problems of expanders (and of reading) in the order Grafana meets them. */
  get configProblems(): readonly ConfigProblem[] {
    return this.config.problems;
  }

  /** Every key line of the files, in order. */
  entries(): readonly WrittenEntry[] {
    if (!this.#entries) {
      const found: WrittenEntry[] = [];
      for (const document of this.config.documents) {
        for (const header of document.sections)
          for (const entry of header.entries) {
            if (entry.implied) continue;
            found.push({
              section: header.name,
              key: entry.key,
              value: entry.value,
              entry,
              header,
              document,
              path: document.source.path,
              option: findOption(header.name, entry.key),
              unreached: entry.unreached,
            });
          }
      }
      this.#entries = found;
    }
    return this.#entries;
  }

  /** The lines that write a key of a section, in order. */
  writes(section: string, key: string): readonly WrittenEntry[] {
    if (!this.#bySetting) {
      const index = new Map<string, WrittenEntry[]>();
      for (const written of this.entries()) {
        const name = `${written.section}\n${written.key}`;
        const list = index.get(name);
        if (list) list.push(written);
        else index.set(name, [written]);
      }
      this.#bySetting = index;
    }
    return this.#bySetting.get(`${section}\n${key}`) ?? [];
  }

  /** Comments on lines of their own. */
  *comments(): Generator<{ readonly comment: IniComment; readonly document: IniDocument }> {
    for (const document of this.config.documents) for (const comment of document.comments) yield { comment, document };
  }

  /** Section headers of a name as they stand in the files. */
  headers(section: string): readonly { readonly header: IniSection; readonly document: IniDocument }[] {
    return this.config.documents.flatMap((document) =>
      document.sections
        .filter((header) => header.name === section && header.headerSpan)
        .map((header) => ({ header, document })),
    );
  }

  /** What Grafana has for a key: own section, then its parents. */
  setting(section: string, key: string): Setting | undefined {
    return this.config.lookup(section, key);
  }

  /** Up to 10.2 `%(name)s` is replaced in the options of a provider; later it is taken literally. */
  get interpolatesProviders(): boolean {
    return this.profile.provider.interpolation;
  }

  /** Effective text of a key, `""` where it is unset or only the running system knows it. `%(name)s` is applied where Grafana applies it to this setting. */
  text(section: string, key: string): string {
    return this.#read(this.setting(section, key));
  }

  #read(setting: Setting | undefined): string {
    if (!setting || isUnknown(this.config, setting)) return '';
    const provider = setting.section.startsWith('auth.');
    return provider && !this.interpolatesProviders ? setting.value : setting.interpolated;
  }

  /** A boolean outside provider sections; undefined where the text is none. */
  flag(section: string, key: string): boolean | undefined {
    return readBoolean(this.setting(section, key)?.interpolated ?? '');
  }

  /** Whether a file or the environment (not just defaults.ini) gives the key a value, also one whose variables are unknown here. */
  isSet(section: string, key: string): boolean {
    const origin = this.config.get(section, key)?.origin;
    return origin !== undefined && origin.origin !== 'default' && origin.value !== '';
  }

  /** The settings a variable set, in the order of the configuration. */
  fromEnvironment(): readonly Setting[] {
    if (!this.#fromEnvironment) {
      const hasAny = Object.keys(this.config.env).some((name) => name.startsWith('GF_'));
      this.#fromEnvironment = hasAny ? [...this.config.settings()].filter(({ origin }) => origin.origin === 'env') : [];
    }
    return this.#fromEnvironment;
  }

  /** The OAuth providers that a file or the environment says something about, in the order of defaults.ini. */
  providers(): readonly ProviderView[] {
    this.#providers ??= PROVIDER_SECTIONS.map((section) => new ProviderView(this, section)).filter(
      (provider) => provider.configured,
    );
    return this.#providers;
  }

  provider(section: string): ProviderView | undefined {
    return this.providers().find((provider) => provider.section === section);
  }

  enabledProviders(): readonly ProviderView[] {
    return this.providers().filter((provider) => provider.enabled);
  }

  // ── Places ────────────────────────────────────────────────────────────────────────────────────────────────────────

  range(document: IniDocument, span: Span): Range {
    return document.range(span);
  }

  /** A stretch of a file. */
  at(document: IniDocument, span: Span): Place {
    return { path: document.source.path, range: this.range(document, span) };
  }

  atKey(written: WrittenEntry): Place {
    return { ...this.at(written.document, written.entry.keySpan), section: written.section, option: written.key };
  }

  /** The written value with its quotes; the key where the value is empty. */
  atValue(written: WrittenEntry): Place {
    const { valueSpan } = written.entry;
    if (valueSpan.end <= valueSpan.start) return this.atKey(written);
    return { ...this.at(written.document, valueSpan), section: written.section, option: written.key };
  }

  /** From the value up to the end of the comment that cut it. */
  atValueAndComment(written: WrittenEntry): Place {
    const { valueSpan, comment } = written.entry;
    const span = { start: valueSpan.start, end: comment?.span.end ?? valueSpan.end };
    return { ...this.at(written.document, span), section: written.section, option: written.key };
  }

  /** `value.slice(at, at + length)` of what Grafana reads, where it stands in the file. */
  inValue(written: WrittenEntry, at: number, length = 1): Place {
    const span = sourceSpan(written.entry, at, length);
    return span
      ? { ...this.at(written.document, span), section: written.section, option: written.key }
      : this.atValue(written);
  }

  /** Where the effective value of a key comes from: its line, its variable, or, for a default or nothing, the section. */
  atSetting(section: string, key: string): Place {
    const setting = this.setting(section, key);
    const place = setting && this.#atOrigin(setting.origin);
    return place ? { ...place, section, option: key } : { ...this.atSection(section), option: key };
  }

  /** A stretch of the effective value; the whole value where an expander or the environment supplied it. */
  inSetting(section: string, key: string, at: number, length = 1): Place {
    const origin = this.setting(section, key)?.origin;
    if (origin?.written && !origin.expandedFrom?.length) {
      const range = origin.written.within?.(at, length);
      if (range)
        return { path: origin.written.path, range, source: `env:${origin.written.name}`, section, option: key };
    }
    if (
      (origin?.origin === 'file' || origin?.origin === 'stored') &&
      origin.entry &&
      origin.document &&
      !origin.expandedFrom?.length
    ) {
      const span = sourceSpan(origin.entry, at, length);
      if (span) return { ...this.at(origin.document, span), section, option: key };
    }
    return this.atSetting(section, key);
  }

  #atOrigin(origin: Origin): Place | undefined {
    if (origin.origin === 'env') return this.atVariable(origin.variable!);
    if (origin.origin === 'default') return undefined;
    if (origin.entry && origin.document) {
      const { valueSpan, keySpan } = origin.entry;
      return this.at(origin.document, valueSpan.end > valueSpan.start ? valueSpan : keySpan);
    }
    return { path: origin.path, ...(origin.range ? { range: origin.range } : {}) };
  }

  /** A variable: in the file that sets it, else by its name alone. */
  atVariable(name: string, part: 'name' | 'value' = 'value'): Place {
    const written = this.config.variable(name);
    const source = `env:${name}`;
    if (!written) return { source };
    return { path: written.path, range: part === 'name' ? written.nameRange : written.valueRange, source };
  }

  /** The variables that set a section's keys: the one that enables it first, then as they stand in their file. */
  #variablesOf(section: string): readonly string[] {
    const found: { readonly name: string; readonly rank: number }[] = [];
    for (const { key, origin } of this.config.settings(section)) {
      if (origin.origin !== 'env') continue;
      const line = origin.written?.nameRange.start.line ?? 0;
      found.push({ name: origin.variable!, rank: key === 'enabled' ? -1 : line });
    }
    return found.sort((a, b) => a.rank - b.rank).map(({ name }) => name);
  }

  /** Where something missing belongs: the last header of the section, else a variable that sets one of its keys, else the file. */
  atSection(section: string): Place {
    const headers = this.headers(section);
    const last = headers[headers.length - 1];
    if (last) return { ...this.at(last.document, last.header.headerSpan!), section };
    const [variable] = this.#variablesOf(section);
    if (variable !== undefined) return { ...this.atVariable(variable, 'name'), section };
    const path = this.config.files[this.config.files.length - 1]?.path;
    return { ...(path === undefined ? {} : { path }), section };
  }

  /** A note that points at another place. */
  related(message: string, place: Place): { message: string; path?: string; range?: Range; source?: string } {
    const { path, range, source } = place;
    return {
      message,
      ...(path === undefined ? {} : { path }),
      ...(range === undefined ? {} : { range }),
      ...(source === undefined ? {} : { source }),
    };
  }
}
