/**
 * The effective configuration: what Grafana runs with after defaults, files, environment and expanders, and where each value came from.
 */
import type { IniDocument, IniEntry } from '../document/types.js';
import type { Range, SourceFile } from '../text/source.js';
import type { VersionProfile } from './versions.js';

export type OriginKind = 'default' | 'file' | 'env';

/** One value a setting had on its way, oldest first in `overrides`. */
export interface Origin {
  readonly origin: OriginKind;
  /** The value at this stage, before expanders. */
  readonly value: string;
  readonly path?: string;
  readonly range?: Range;
  /** The section it was written in, where Grafana put it into another one (a provider's key that only `[auth]` knows). */
  readonly writtenIn?: string;
  /** Name of the environment variable. */
  readonly variable?: string;
  /** The entry in the file, for places inside the value. */
  readonly entry?: IniEntry;
  readonly document?: IniDocument;
  /** Which expanders changed the value, as written: `$__env{X}`, `${X}`, `$__file{/run/x}`. */
  readonly expandedFrom?: readonly string[];
}

/** One effective setting. */
export interface Setting {
  readonly section: string;
  readonly key: string;
  /** After merge, environment and expanders; `%(name)s` not applied. */
  readonly value: string;
  /** With `%(name)s` applied (equal to `value` where it changes nothing). */
  readonly interpolated: string;
  readonly origin: Origin;
  readonly overrides: readonly Origin[];
}

export interface ConfigProblem {
  readonly stage: 'parse' | 'expand';
  readonly severity: 'error';
  readonly message: string;
  /** What the product itself says. */
  readonly productMessage?: string;
  readonly path?: string;
  readonly range?: Range;
  /** `env:GF_…` where the place is a variable. */
  readonly source?: string;
  readonly section?: string;
  readonly option?: string;
  /** A kind to tell problems apart (`key-value-delimiter`, `file-expander`, …). */
  readonly kind: string;
}

/** A variable that looks meant for Grafana and is not applied. */
export interface IgnoredVariable {
  readonly variable: string;
  readonly reason: 'no-such-key' | 'empty';
  /** Variables Grafana would read, nearest first. */
  readonly suggestions: readonly string[];
}

export type TextTable = Record<string, Record<string, string>>;

/** What `loadConfig` returns; the first part is the public shape, the rest serves rules and commands. */
export interface EffectiveConfig {
  /** section → key → text of all files read together, later wins, empty values kept; after a parse error, what was read before it. */
  readonly fileView: TextTable;
  /** section → key → text after merge, environment and expanders. */
  readonly sections: TextTable;
  /** section → key → text, only where `%(name)s` changes it. */
  readonly interpolated: TextTable;
  readonly origins: Record<string, Record<string, Origin & { readonly overrides: readonly Origin[] }>>;
  readonly problems: readonly ConfigProblem[];
  readonly profile: VersionProfile;
  readonly files: readonly SourceFile[];
  readonly documents: readonly IniDocument[];
  readonly ignored: readonly IgnoredVariable[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Own key of a section. */
  get(section: string, key: string): Setting | undefined;
  /** As Grafana looks a key up: own section, then its parents (`auth.generic_oauth` → `auth`). */
  lookup(section: string, key: string): Setting | undefined;
  settings(): Iterable<Setting>;
}

export interface LoadOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Content of a file named by `$__file{…}`; throwing means unreadable. */
  readonly readFile?: (path: string) => string | Uint8Array | Promise<string | Uint8Array>;
  /** true: defaults.ini of the version; a file: that text; false: none. */
  readonly defaults?: boolean | SourceFile;
  readonly hostname?: string;
  readonly grafanaVersion?: string;
}
