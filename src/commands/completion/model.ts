/** The command tree as completion scripts need it: every word is safe to stand in quotes of any shell. */
import type { CommandDescription } from '../command.js';

export interface CompletedOption {
  /** `-c`, `--config`. */
  readonly flags: readonly string[];
  readonly about: string;
  readonly takesValue: boolean;
  /** The value may be a file. */
  readonly files: boolean;
  /** Values; one that ends in `=` or `:` goes on. */
  readonly words: readonly string[];
}

export interface CompletedCommand {
  /** `token decode`; `''` is auth-cli itself. */
  readonly name: string;
  readonly about: string;
  readonly subcommands: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly CompletedOption[];
  /** Words an operand may be. */
  readonly operands: readonly string[];
  /** An operand may be a file. */
  readonly files: boolean;
}

/** What needs no quoting or care in any shell; other words are left out. */
const SAFE = /^[\w.:=@/+-]+$/;

export function completionModel(
  root: CommandDescription,
  commands: readonly CommandDescription[],
): readonly CompletedCommand[] {
  return [root, ...commands].map((command) => ({
    name: command.path.join(' '),
    about: plain(command.summary),
    subcommands: command.subcommands.map((name) => ({
      name,
      about: plain(commands.find(({ path }) => path.join(' ') === [...command.path, name].join(' '))?.summary ?? ''),
    })),
    options: command.options.map(({ flags, takesValue, takesFile, choices, about }) => ({
      flags,
      about: plain(about),
      takesValue,
      files: takesFile,
      words: choices.filter((word) => SAFE.test(word)),
    })),
    operands: command.operands.filter((word) => SAFE.test(word)),
    files: command.takesFiles,
  }));
}

/** First sentence on one line, without signs that mean something in a quoted text of some shell. */
function plain(text: string): string {
  return text
    .split(/(?<=[.:;])\s/)[0]!
    .replace(/["'`$\\%\r\n[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** All long options, and the short ones behind them. */
export function flagsOf({ options }: CompletedCommand): readonly string[] {
  return options
    .flatMap(({ flags }) => flags)
    .sort((a, b) => Number(!a.startsWith('--')) - Number(!b.startsWith('--')));
}

export const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Options that take a value, those with the same values together. */
export function valueGroups(
  command: CompletedCommand,
): readonly { readonly flags: readonly string[]; readonly words: readonly string[]; readonly files: boolean }[] {
  const groups = new Map<string, { flags: string[]; words: readonly string[]; files: boolean }>();
  for (const { flags, takesValue, words, files } of command.options) {
    if (!takesValue) continue;
    const key = JSON.stringify([words, files]);
    const group = groups.get(key);
    if (group) group.flags.push(...flags);
    else groups.set(key, { flags: [...flags], words, files });
  }
  return [...groups.values()];
}
