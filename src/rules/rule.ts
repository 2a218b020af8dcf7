/**
 * What a rule is, and what it reports. A rule is a plain function over its subject; it never builds positions and never prints.
 */
import type { Range } from '../text/source.js';
import type { AccessVerdict } from './access.js';

export type Severity = 'error' | 'warning' | 'info';

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export interface Fix {
  readonly description: string;
  readonly edits: readonly TextEdit[];
}

export interface Related {
  readonly message: string;
  readonly path?: string;
  readonly range?: Range;
  readonly source?: string;
}

/** What is wrong, where, what it causes for a login, what to do. Secret values never stand in any of its texts. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Path of the file it belongs to (also for findings about what is missing in it); undefined for the environment. */
  readonly path?: string;
  readonly section?: string;
  readonly option?: string;
  /** What is wrong: lower case, no full stop. */
  readonly message: string;
  /** What it causes. */
  readonly consequence?: string;
  /** What to do. */
  readonly help?: string;
  readonly range?: Range;
  /** `env:NAME` instead of a range. */
  readonly source?: string;
  readonly related?: readonly Related[];
  readonly suggestions?: readonly string[];
  readonly fix?: Fix;
  /** The mistake opens a gate: it lets in people who were meant to stay out. */
  readonly failOpen?: boolean;
  /** The mistake shuts the door: nobody can log in by the provider it is about. */
  readonly failShut?: boolean;
  /** Findings with the same cause are shown under the first one. */
  readonly cause?: string;
}

export interface RuleDocs {
  /** Why it matters, in effect for the login. */
  readonly why: string;
  /** A configuration that must produce the finding; a test runs it. */
  readonly bad: string;
  /** One that must not. */
  readonly good: string;
  /** Where the fact comes from: manual page, changelog entry, RFC section. */
  readonly references: readonly string[];
}

export interface Rule<Subject> {
  /** Names the mistake, in kebab-case; for ever. */
  readonly id: string;
  /** Group letter and number of the catalogue of rules (`S01`). */
  readonly code: string;
  readonly severity: Severity;
  /** One line. */
  readonly summary: string;
  readonly docs: RuleDocs;
  /** Versions it holds for, as `>=10.1`, `<11.0`, `>=10.3 <11.1`; absent: all. */
  readonly versions?: string;
  /** Where no version was asked for and the rule holds only for older ones: report as info, "on Grafana before X". */
  readonly olderToo?: boolean;
  readonly failOpen?: boolean;
  readonly failShut?: boolean;
  /** It can find something only where one of these texts occurs in what was read; checked first, since most files have few of them. */
  readonly when?: readonly string[];
  /** Facts it needs beyond the configuration. */
  readonly needs?: 'discovery' | 'files';
  /** For the examples: the version and environment they are read with. */
  readonly exampleOptions?: {
    readonly grafanaVersion?: string;
    /** Form of both examples, where that is not the product's usual one. */
    readonly form?: string;
    readonly productVersion?: string;
    readonly env?: Record<string, string>;
    /** Environment of the good example, where the difference lies there. */
    readonly goodEnv?: Record<string, string>;
    /** Discovery document both examples are compared with. */
    readonly discovery?: Readonly<Record<string, unknown>>;
  };
  check(subject: Subject, report: (finding: RuleReport) => void): void | Promise<void>;
}

/** A finding as a rule gives it: the engine adds rule id, default severity and the marks for what opens or shuts. */
export type RuleReport = Omit<Finding, 'rule' | 'severity'> & {
  readonly severity?: Severity;
  /**
   * What stands at the place (or in the given range around it) is not what its author meant: findings of later rules there
   * become related notes of this one, which is then as grave as they are.
   */
  readonly root?: boolean | Range;
  /** The option of the same section its author meant to set: findings of later rules about it follow from this one. */
  readonly meant?: string;
};

/** The JSON of `validate`. */
export interface ValidationReport {
  readonly formatVersion: 1;
  readonly target: { readonly product: string; readonly version: string };
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly Omit<Finding, 'path'>[];
    /** Who could log in with this file; where several are layers of one configuration, it stands with the last. */
    readonly verdict?: AccessVerdict;
  }[];
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly files: number;
  };
  /** Rules that did not run, and what they need. */
  readonly notChecked?: readonly { readonly needs: string; readonly rules: readonly string[] }[];
}
