/**
 * The effective configuration: what Grafana runs with after defaults, files, environment and expanders, and where each value came from.
 */
import type { IniDocument, IniEntry } from '../document/types.js';
import type { PlacedVariable } from '../document/variable.js';
import type { FormReading } from '../forms/types.js';
import type { Range, SourceFile } from '../text/source.js';
import type { VersionProfile } from './versions.js';

/** `stored`: settings of the database. */
export type OriginKind = 'default' | 'file' | 'env' | 'stored';

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
  /** Where the variable is written, where a file sets it. */
  readonly written?: PlacedVariable;
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
  /** Values that were overridden on the way, oldest first; an empty value in a file never got that far and is not among them. */
  readonly overrides: readonly Origin[];
}

export type ConfigProblemKind =
  | 'key-value-delimiter'
  | 'unclosed-section'
  | 'empty-section-name'
  | 'empty-key'
  | 'unclosed-key-quote'
  | 'unclosed-value-quote'
  | 'file-expander'
  | 'expansion-size'
  | 'form-refused'
  | 'interpolation-size';

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
  /** Tells problems apart. */
  readonly kind: ConfigProblemKind;
}

/** A variable that looks meant for Grafana and is not applied. */
export interface IgnoredVariable {
  readonly variable: string;
  /** `file-suffix`: `GF_…__FILE` is read by the start script of the container image, not by Grafana. */
  readonly reason: 'no-such-key' | 'empty' | 'file-suffix';
  /** Variables Grafana would read, nearest first. */
  readonly suggestions: readonly string[];
}

/** section → key → text; without a prototype, so that any name can be a key. */
export type TextTable = Record<string, Record<string, string>>;

/** What `loadConfig` returns; the first part is the public shape, the rest serves rules and commands. */
export interface EffectiveConfig {
  /** section → key → text of all files read together, later wins, empty values kept; after a parse error, what was read before it. */
  readonly fileView: TextTable;
  /**
   * section → key → text after merge, environment and expanders. After a parse error Grafana has none; here it is what the
   * files would give without the lines that stop Grafana.
   */
  readonly sections: TextTable;
  /** section → key → text, only where `%(name)s` changes it. */
  readonly interpolated: TextTable;
  readonly origins: Record<string, Record<string, Origin & { readonly overrides: readonly Origin[] }>>;
  /** In the order in which Grafana would meet them; the first one stops it. */
  readonly problems: readonly ConfigProblem[];
  readonly profile: VersionProfile;
  readonly files: readonly SourceFile[];
  readonly documents: readonly IniDocument[];
  readonly ignored: readonly IgnoredVariable[];
  /** The variables the configuration was read with; empty where none were given. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False where no environment was given, so that nothing can be said about what is set there. */
  readonly envGiven: boolean;
  /** What files of other forms than INI were read as. */
  readonly readings: readonly FormReading[];
  /** Where a variable is written, where a file sets it and nothing overrides that. */
  variable(name: string): PlacedVariable | undefined;
  /** Names of the sections, `DEFAULT` first, then those of the defaults, then those only the files have. */
  sectionNames(): readonly string[];
  /** Sections a missing key is looked up in, nearest first: `auth.generic_oauth` → `auth`. */
  parentsOf(section: string): readonly string[];
  /** Own key of a section. */
  get(section: string, key: string): Setting | undefined;
  /** As Grafana looks a key up: own section, then its parents (`auth.generic_oauth` → `auth`). */
  lookup(section: string, key: string): Setting | undefined;
  /** The default of a key, whatever files and environment say; undefined where defaults.ini lacks it. */
  defaultOf(section: string, key: string): string | undefined;
  /** Own keys of a section. */
  settings(section?: string): Iterable<Setting>;
  /** A section's defaults alone, whatever files and environment say. */
  defaults(section: string): Iterable<Setting>;
  /** `%(name)s` in a text, as if it stood under this key. */
  interpolate(section: string, key: string, text: string): string;
}

export interface LoadOptions {
  /** Nothing else of the environment is seen; without it there are no variables. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Content of a file named by `$__file{…}`; throwing means unreadable. Without it `$__file{…}` stays as written. */
  readonly readFile?: (path: string) => string | Uint8Array | Promise<string | Uint8Array>;
  /** true (default): defaults.ini of the version; a file: that text; false: none. */
  readonly defaults?: boolean | SourceFile;
  /** What an unset `${HOSTNAME}` becomes; without it, it stays as written. */
  readonly hostname?: string;
  /** `X`, `X.Y` or `X.Y.Z`; the newest known without it, and where it is no version. */
  readonly grafanaVersion?: string;
}
