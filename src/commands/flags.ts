/**
 * Options that all commands share, and their reading. Names are those of the contract and the same everywhere.
 */
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { FORMS } from '../forms/names.js';
import { versionProfile } from '../settings/versions.js';
import { closest } from '../text/suggest.js';

export const PRODUCTS = ['grafana', 'grafana-cloud', 'dashboard', 'gem'] as const;
export type ProductName = (typeof PRODUCTS)[number];

export interface GlobalOptions {
  /** Configuration files, in order; later ones win. */
  readonly config: readonly string[];
  /** Form of the configuration files, where name and content do not tell. */
  readonly form?: string;
  /** Version of the Grafana Helm chart. */
  readonly chartVersion?: string;
  readonly section?: string;
  readonly product?: ProductName;
  readonly grafanaVersion?: string;
  readonly dashboardVersion?: string;
  readonly gemVersion?: string;
  /** Apply variables of this process. */
  readonly env?: boolean;
  readonly envFile: readonly string[];
  /** As typed: `NAME`, or `NAME=FILE`. */
  readonly format?: readonly string[];
  readonly json?: boolean;
  readonly output?: string;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export const COLOR_MODES = ['auto', 'always', 'never'] as const;

/** Adds a value to a repeatable option. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** An option with a fixed list of values; what is typed must be one of them. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, `${description} (${choices.join(', ')})`).argParser((value) => {
    if (choices.includes(value)) return value;
    throw unknownValue(flags, value, choices);
  });
}

/** An option that takes a whole number, 0 or more. */
export function countOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value) => {
    if (!/^\d{1,9}$/.test(value))
      throw new UsageError(`${longName(flags)} needs a whole number, 0 or more, not "${value}"`);
    return Number(value);
  });
}

/** An option that takes a version; Grafana's are checked, those of the other products by the product. */
export function versionOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return longName(flags).includes('grafana')
    ? option.argParser((value) => grafanaVersion(value, longName(flags)))
    : option;
}

export function unknownValue(flags: string, value: string, choices: readonly string[]): UsageError {
  return new UsageError(`${longName(flags)} cannot be "${value}"`, {
    suggestions: closest(value, choices),
    because: `it is one of ${choices.join(', ')}`,
  });
}

function longName(flags: string): string {
  return /--[a-z][a-z0-9-]*/.exec(flags)?.[0] ?? flags;
}

function grafanaVersion(value: string, flag = '--grafana-version'): string {
  if (versionProfile(value) === undefined)
    throw new UsageError(`${flag} cannot be "${value}"`, {
      because: 'a version is a number such as 9.4, 11 or 12.1',
    });
  return value;
}

function chartVersion(value: string): string {
  if (!/^\d+\.\d+(?:\.\d+)?$/.test(value))
    throw new UsageError(`--chart-version cannot be "${value}"`, { because: 'a version is a number such as 8.5.2' });
  return value;
}

export function chartVersionOption(description: string): Option {
  return new Option('--chart-version <x.y.z>', description).argParser(chartVersion);
}

export function grafanaVersionOption(description: string): Option {
  return new Option('--grafana-version <x.y>', description).argParser((value) => grafanaVersion(value));
}

const INPUT_GROUP = 'Configuration:';
const OUTPUT_GROUP = 'Output:';

/** The global options of the contract, in the order help shows them. `shows` hides the others from the help. */
export function addGlobalOptions(command: Command, shows: readonly ('input' | 'output')[] = ['input', 'output']): void {
  const add = (group: string, shown: boolean, ...options: Option[]) => {
    // A command may give an option a meaning of its own.
    for (const option of options)
      if (!command.options.some(({ long }) => long === option.long))
        command.addOption(option.helpGroup(group).hideHelp(!shown));
  };
  add(
    INPUT_GROUP,
    shows.includes('input'),
    new Option('-c, --config <file>', 'configuration file; repeatable, later ones win').argParser(collect).default([]),
    choiceOption(
      '--form <form>',
      'form of the configuration files, where name and content do not tell',
      FORMS,
    ).hideHelp(),
    new Option('--section <name>', 'section to look at, such as auth.generic_oauth'),
    choiceOption('--product <name>', 'product, where it cannot be found from the input', PRODUCTS),
    grafanaVersionOption('behave as this version of Grafana (default: the newest known)'),
    new Option('--dashboard-version <n>', 'behave as this version of Dashboard'),
    new Option('--gem-version <x.y>', 'behave as this version of Grafana Enterprise Metrics'),
    chartVersionOption('Helm values are rendered as this version of the Grafana chart does'),
    new Option('--env', 'apply GF_* and MB_JWT_* variables of this environment, as the product does'),
    new Option('--env-file <file>', 'apply the variables of a file; repeatable').argParser(collect).default([]),
  );
  add(
    OUTPUT_GROUP,
    shows.includes('output'),
    new Option('--format <name>', 'form of the result').argParser(collect),
    new Option('--json', 'short for --format json'),
    new Option('-o, --output <file>', 'write the result to a file; - is standard output'),
    choiceOption('--color <when>', 'colours; default auto', COLOR_MODES).default('auto'),
    new Option('-q, --quiet', 'results and errors only: no notes, no progress, no summary'),
    new Option('-v, --verbose', 'say what is read, skipped and asked'),
  );
}

const versions = async () => (await import('../settings/versions.js')).PROFILE_IDS;

/** Words for values of options that several commands have, for shell completion. */
export const GLOBAL_WORDS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  '--section': async () => {
    const { catalogSections, CLOUD_SECTIONS } = await import('../settings/catalog.js');
    return [...new Set([...catalogSections(), ...CLOUD_SECTIONS])];
  },
  '--form': async () => FORMS,
  '--grafana-version': versions,
  '--old-grafana-version': versions,
  '--new-grafana-version': versions,
};

/** Names (with dashes) of global options whose value is the next word; the others take none. */
export const GLOBAL_VALUE_OPTIONS: ReadonlySet<string> = new Set([
  '-c',
  '--config',
  '--form',
  '--chart-version',
  '--section',
  '--product',
  '--grafana-version',
  '--dashboard-version',
  '--gem-version',
  '--env-file',
  '--format',
  '-o',
  '--output',
  '--color',
]);

/** One form of the result, and the file it goes to; without one it goes to standard output, or to the file of `--output`. */
export interface Target {
  readonly format: string;
  readonly path?: string;
}

/**
 * The forms asked for: `--format NAME`, `--json`, and where a command writes `several`, `--format NAME=FILE`. The first one is the
 * one for standard output; where only forms for files are named, that is the command's default.
 * @throws UsageError for unknown forms, and for two that would get into each other's way.
 */
export function chooseFormats(
  options: Pick<GlobalOptions, 'format' | 'json' | 'output'>,
  formats: readonly string[],
  several = false,
): readonly [Target, ...Target[]] {
  const words = options.format ?? [];
  if (formats.length === 0 && (words.length > 0 || options.json))
    throw new UsageError('this command has one form only; leave --format out');
  const targets = words.map((word) => readTarget(word, formats, several));
  const files = targets.filter((target) => target.path !== undefined);
  const names = new Set(targets.filter((target) => target.path === undefined).map((target) => target.format));
  const [first, second] = names;
  if (options.json && first !== undefined && first !== 'json')
    throw new UsageError(`--json and --format ${first} exclude each other`);
  if (first !== undefined && second !== undefined)
    throw new UsageError(`--format ${first} and --format ${second} exclude each other`, {
      because: 'one form can go to standard output',
      ...(several ? { hint: `write the other one to a file: --format ${second}=FILE` } : {}),
    });
  const main: Target = { format: first ?? (options.json ? 'json' : (formats[0] ?? '')) };
  const paths = [...files.map((target) => target.path), ...(options.output === '-' ? [] : [options.output])];
  const twice = paths.find((path, at) => path !== undefined && paths.indexOf(path) < at);
  if (twice !== undefined) throw new UsageError(`two forms of the result would be written to ${twice}`);
  return [main, ...files];
}

function readTarget(word: string, formats: readonly string[], several: boolean): Target {
  const at = word.indexOf('=');
  const format = at === -1 ? word : word.slice(0, at);
  if (!formats.includes(format)) throw unknownValue('--format', format, formats);
  if (at === -1) return { format };
  const path = word.slice(at + 1);
  if (path === '') throw new UsageError(`--format ${word} names no file`);
  if (path === '-') return { format };
  if (!several)
    throw new UsageError('this command writes one form of its result', {
      hint: `use --format ${format} --output ${path}`,
    });
  return { format, path };
}
