/**
 * What a command is to the program, and what it is given to work with.
 *
 * To add a command: one file here that exports a `CommandDefinition`, and one line in `program.ts` that names it and imports
 * it lazily. Scenarios under `fixtures/scenarios/` are its tests; its help examples are run by a test as they stand.
 */
import type { Command } from 'commander';
import type { ExitCode } from '../errors.js';
import type { Host } from '../host.js';
import type { Style } from '../report/style.js';
import type { GlobalOptions } from './flags.js';

/** A call shown at the end of a command's help; a test runs it in the project's folder and compares the exit status. */
export interface Example {
  /** As typed, `auth-cli …`. A pipe from `cat FILE |` is allowed. */
  readonly command: string;
  /** What it shows, in a few words. */
  readonly note: string;
  /** Exit status it ends with; 0 where absent. */
  readonly status?: ExitCode;
  /** Why a test cannot run it (it waits for a person, or needs a network). */
  readonly notRun?: string;
}

/** One command, or one subcommand of a command. Options come out as commander names them (`--fail-on` is `failOn`). */
export interface CommandDefinition<Options extends object = object> {
  /** First lines of the help: what it does, in a sentence or two. */
  readonly description: string;
  /** Adds operands and options; the global ones are there already. */
  define?(command: Command): void;
  /** `--format` values; the first is the default. Absent: the command has one form only. */
  readonly formats?: readonly string[];
  /** It writes several forms in one run: `--format NAME=FILE` is accepted, and `CommandContext.results` has them all. */
  readonly severalFormats?: boolean;
  readonly examples: readonly Example[];
  /** What the exit codes mean here, where it says more than the general table. */
  readonly exitCodes?: Partial<Record<ExitCode, string>>;
  /** Further text of the help, below the options: what to know before using it. */
  readonly notes?: string;
  /** Which groups of global options its help lists; the others are accepted all the same. Default: both. */
  readonly shows?: readonly ('input' | 'output')[];
  /** Commands below this one, in order of the help. */
  readonly subcommands?: Readonly<Record<string, CommandDefinition>>;
  /** Words that may complete an operand, for shell completion. */
  operands?(): Promise<readonly string[]>;
  /**
   * Words that may complete the value of an option (`--rule`), for shell completion, where its description does not list them.
   * One that ends in `=` or `:` goes on.
   */
  readonly completes?: Readonly<Record<string, () => Promise<readonly string[]>>>;
  run?(context: CommandContext, operands: readonly string[], options: GlobalOptions & Options): Promise<ExitCode>;
}

/** Gives a definition its option types and hides them from the program, which handles all commands alike. */
export function defineCommand<Options extends object>(definition: CommandDefinition<Options>): CommandDefinition {
  return definition as unknown as CommandDefinition;
}

/** The commands there are, for help and completion. */
export interface CommandCatalog {
  readonly names: readonly string[];
  /** Full help of a command (`['token', 'decode']`); undefined where there is none of that name. */
  help(path: readonly string[]): Promise<string | undefined>;
  /** Every command with its options and operand words. */
  describe(): Promise<readonly CommandDescription[]>;
  /** auth-cli itself: the options that may stand in front of a command. */
  root(): Promise<CommandDescription>;
}

export interface CommandDescription {
  readonly path: readonly string[];
  readonly summary: string;
  readonly subcommands: readonly string[];
  readonly options: readonly {
    readonly flags: readonly string[];
    readonly takesValue: boolean;
    readonly takesFile: boolean;
    readonly choices: readonly string[];
    readonly about: string;
  }[];
  readonly operands: readonly string[];
  /** An operand may be a file. */
  readonly takesFiles: boolean;
  readonly examples: readonly Example[];
}

/** A form of the result that was asked for, and where it goes. */
export interface ResultTarget {
  readonly format: string;
  /** Of the stream or file it goes to. */
  readonly style: Style;
  print(text: string): Promise<void>;
}

export interface CommandContext {
  readonly host: Host;
  readonly options: GlobalOptions;
  /** Version of auth-cli. */
  readonly version: string;
  /** For what goes to standard output or `--output`. */
  readonly style: Style;
  /** For what goes to standard error. */
  readonly errStyle: Style;
  /** `--format` after defaults and checks; `''` for a command without formats. */
  readonly format: string;
  /** The forms to write; the first one is that of `format`, `style` and `print`, the others go to files of their own. */
  readonly results: readonly ResultTarget[];
  readonly catalog: CommandCatalog;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The reader of the results went away, and nothing else is written: stop producing. */
  readonly closed: boolean;
  /** Part of the result: standard output, or the file of `--output`. Awaiting it keeps memory small. */
  print(text: string): Promise<void>;
  /** About the run, for people: standard error, silent with `--quiet`. One line or several, without the last line break. */
  note(text: string): Promise<void>;
  /** Like `note`, with `--verbose` only. */
  detail(text: string): Promise<void>;
  /** About the run, and to be seen even with `--quiet`: standard error. */
  warn(text: string): Promise<void>;
  /** An error that does not end the run (one of several inputs); in the look of all errors. */
  report(error: unknown): Promise<ExitCode>;
}
