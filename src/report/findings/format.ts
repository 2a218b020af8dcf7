/**
 * What a form of findings is: text for the start, for each file as its check ends, and for the end. Nothing is kept back, so
 * thousands of files cost no more memory than one.
 *
 * To add a form: one file beside this one that exports a `FindingsFormat`, and one line in `index.ts`.
 */
import type { AccessVerdict } from '../../rules/access.js';
import type { Finding, Severity } from '../../rules/rule.js';
import type { RuleEntry } from '../reference/types.js';
import type { Style } from '../style.js';

/** What was checked together and found: one file, or several that are read as layers of one configuration. */
export interface CheckedFiles {
  readonly files: readonly CheckedFile[];
  /** Findings that belong to no file: about environment variables. */
  readonly environment: readonly Finding[];
  readonly target: { readonly product: string; readonly version: string };
  /** For people: what the configuration was read as, what is enabled in it. */
  readonly notes: readonly string[];
  readonly rulesRun: number;
  readonly notChecked: readonly { readonly needs: string; readonly rules: readonly string[] }[];
}

export interface CheckedFile {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Who could log in with it; where several are layers of one configuration, it stands with the last. */
  readonly verdict?: AccessVerdict;
}

export interface FindingsSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly files: number;
  /** Files that could not be read. */
  readonly unread: number;
  /** What was checked last; undefined where nothing was. */
  readonly last?: CheckedFiles;
  /** Up to three rules that were broken, worst first. */
  readonly rules: readonly string[];
}

export interface FormatOptions {
  readonly style: Style;
  readonly quiet: boolean;
  /** Version of auth-cli. */
  readonly version: string;
  /** Paths are those of Windows, where a backslash separates folders. */
  readonly windows: boolean;
  /** Whether a finding of this severity makes the run fail. */
  fails(severity: Severity): boolean;
  /** What is known of the rules; loaded when a form asks for it. */
  engine(): Promise<Engine>;
}

export interface Engine {
  /** Every rule of every product. */
  readonly rules: readonly RuleEntry[];
  /** Fingerprints of the findings of one text, asked for in their order. */
  fingerprints(text: string): Fingerprinter;
}

export interface Fingerprinter {
  /** Unique within the text, the same while lines move; no part of a secret is in it. */
  next(finding: Finding): string;
}

export interface FindingsWriter {
  begin(): string;
  files(checked: CheckedFiles): string;
  end(summary: FindingsSummary): string;
}

export type FindingsFormat = (options: FormatOptions) => FindingsWriter | Promise<FindingsWriter>;
