/**
 * The command tree: which commands there are, how a call is taken apart, how help is put together. A command's module is loaded
 * only when it is called (or its help is wanted).
 */
import { Command, CommanderError } from 'commander';
import type { CommandCatalog, CommandDefinition, CommandDescription, Example } from './commands/command.js';
import { addGlobalOptions, GLOBAL_VALUE_OPTIONS, GLOBAL_WORDS, type GlobalOptions } from './commands/flags.js';
import { EXIT_CODES, UsageError } from './errors.js';
import { closest } from './text/suggest.js';
import { wrapText } from './text/width.js';

interface CommandEntry {
  readonly name: string;
  readonly group: 'Check' | 'Try' | 'Make' | 'More';
  /** Operands as the list of commands shows them. */
  readonly usage: string;
  readonly summary: string;
  load(): Promise<CommandDefinition>;
}

/** Every command: one line, its module imported when it is called. */
// biome-ignore format: one line a command
const COMMANDS: readonly CommandEntry[] = [
  { name: 'validate', group: 'Check', usage: '[FILE...]', summary: 'check configuration against the option tables and the rules', load: async () => (await import('./commands/validate.js')).default },
  { name: 'show', group: 'Check', usage: '[FILE...]', summary: 'the effective configuration, and where each value comes from', load: async () => (await import('./commands/show.js')).default },
  { name: 'diff', group: 'Check', usage: 'OLD NEW', summary: 'who gains or loses what when the configuration changes from OLD to NEW', load: async () => (await import('./commands/diff.js')).default },
  { name: 'why', group: 'Check', usage: 'TEXT|FILE|-', summary: 'from an error, log line or login address to the causes and the next check', load: async () => (await import('./commands/why.js')).default },
  { name: 'explain', group: 'Check', usage: '[NAME]', summary: 'describe a rule or an option; without a name, list all', load: async () => (await import('./commands/explain.js')).default },
  { name: 'discover', group: 'Try', usage: '[ISSUER]', summary: "read an issuer's discovery document, check it, print the settings it implies", load: async () => (await import('./commands/discover.js')).default },
  { name: 'test-login', group: 'Try', usage: '', summary: 'log in through a browser and show what the product would make of it', load: async () => (await import('./commands/test-login.js')).default },
  { name: 'eval-role', group: 'Try', usage: 'PAYLOAD...', summary: 'dry-run the login decision on recorded or sample payloads', load: async () => (await import('./commands/eval-role.js')).default },
  { name: 'eval', group: 'Try', usage: '[EXPRESSION] [PAYLOAD]', summary: 'evaluate one JMESPath expression the way Grafana does', load: async () => (await import('./commands/eval.js')).default },
  { name: 'token', group: 'Try', usage: 'decode|verify|sign', summary: 'look into a JWT, verify it, make one for tests', load: async () => (await import('./commands/token.js')).default },
  { name: 'demo-idp', group: 'Try', usage: '', summary: 'a local OpenID provider with sample users, for trying everything without one', load: async () => (await import('./commands/demo-idp.js')).default },
  { name: 'init', group: 'Make', usage: '[PRODUCT]', summary: 'write a configuration: presets, discovery, a table of roles', load: async () => (await import('./commands/init.js')).default },
  { name: 'convert', group: 'Make', usage: 'FILE...', summary: 'write the same settings in another form: Helm, Compose, Terraform …', load: async () => (await import('./commands/convert.js')).default },
  { name: 'completion', group: 'More', usage: '<SHELL>', summary: 'completion script for bash, zsh, fish or PowerShell', load: async () => (await import('./commands/completion.js')).default },
  { name: 'help', group: 'More', usage: '[COMMAND|TOPIC]', summary: 'help on a command, or on exit-codes, environment, formats', load: async () => (await import('./commands/help.js')).default },
];

const GROUPS = ['Check', 'Try', 'Make', 'More'] as const;
const NAMES = COMMANDS.map((entry) => entry.name);

/** Help is written for terminals of this width, and does not grow with wider ones. */
const HELP_WIDTH = 100;

export type Call =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      /** `['token', 'decode']`. */
      readonly path: readonly string[];
      readonly definition: CommandDefinition;
      readonly operands: readonly string[];
      readonly options: GlobalOptions;
    };

/** A wrong call, with the help that tells the right one. */
export class CallError extends UsageError {
  readonly see: string;

  constructor(path: readonly string[], message: string, options?: ConstructorParameters<typeof UsageError>[1]) {
    super(message, options);
    this.see = ['auth-cli', ...path, '--help'].join(' ');
  }
}

/**
 * Takes a call apart. Options may stand before or behind the command.
 * @throws CallError for a call that cannot be understood.
 */
export async function parseCall(argv: readonly string[]): Promise<Call> {
  const { name, rest, stray } = findCommand(argv);
  if (name === undefined) {
    if (stray !== undefined)
      throw new CallError([], `unknown command "${stray}"`, { suggestions: closest(stray, NAMES) });
    return parseBare(argv);
  }
  const definition = await load(name);
  return parseFor([name], definition, rest);
}

async function load(name: string): Promise<CommandDefinition> {
  return COMMANDS.find((entry) => entry.name === name)!.load();
}

/**
 * Finds the word that is the command. Words that may be the value of an option in front of it are not taken for one:
 * `auth-cli --fail-on warning validate`.
 */
function findCommand(argv: readonly string[]): { name?: string; rest: readonly string[]; stray?: string } {
  let stray: string | undefined;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') break;
    if (word.startsWith('-') && word !== '-') {
      if (GLOBAL_VALUE_OPTIONS.has(word)) at++;
      continue;
    }
    if (NAMES.includes(word)) return { name: word, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] };
    const before = argv[at - 1];
    const maybeValue = before?.startsWith('--') && !before.includes('=') && !GLOBAL_FLAGS.has(before);
    if (!maybeValue) return { rest: argv, stray: word };
    stray ??= word;
  }
  return { rest: argv, ...(stray === undefined ? {} : { stray }) };
}

const GLOBAL_FLAGS = new Set(['--env', '--json', '--quiet', '--verbose', '--help', '--version']);

async function parseBare(argv: readonly string[]): Promise<Call> {
  const command = newCommand('auth-cli', 'auth-cli');
  addGlobalOptions(command);
  let full = false;
  command.option('--help').option('-h').option('--version').option('-V');
  command.helpOption(false);
  let options: Record<string, unknown> = {};
  command.argument('[command]').action((_operand, given) => {
    options = given;
  });
  await parse(command, [], argv);
  if (options['version'] || options['V']) return { kind: 'version' };
  full = Boolean(options['help'] || options['h']);
  return { kind: 'help', text: full ? fullHelp() : shortHelp() };
}

async function parseFor(
  path: readonly string[],
  definition: CommandDefinition,
  words: readonly string[],
): Promise<Call> {
  const below = definition.subcommands;
  if (below !== undefined) {
    const at = subcommandAt(words, definition);
    const word = at === undefined ? undefined : words[at]!;
    if (word !== undefined && Object.hasOwn(below, word))
      return parseFor([...path, word], below[word]!, [...words.slice(0, at), ...words.slice(at! + 1)]);
    if (word !== undefined && definition.run === undefined)
      throw new CallError(path, `unknown command "${[...path, word].join(' ')}"`, {
        suggestions: closest(word, Object.keys(below)),
      });
    if (definition.run === undefined && !words.some((entry) => entry === '--help' || entry === '-h'))
      return { kind: 'help', text: commandHelp(path, definition) };
  }
  const command = buildCommand(path, definition);
  let call: Call | undefined;
  command.action(() => {
    call = {
      kind: 'run',
      path,
      definition,
      operands: command.args,
      options: command.opts<GlobalOptions & Record<string, unknown>>(),
    };
  });
  if (words.includes('--version') && !words.includes('--')) return { kind: 'version' };
  const helpText = await parse(command, path, words);
  return helpText === undefined ? call! : { kind: 'help', text: commandHelp(path, definition) };
}

function subcommandAt(words: readonly string[], definition: CommandDefinition): number | undefined {
  const names = Object.keys(definition.subcommands ?? {});
  const found = words.findIndex((word) => names.includes(word));
  if (found !== -1) return found;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (GLOBAL_VALUE_OPTIONS.has(word)) at++;
    else if (!word.startsWith('-')) return at;
  }
  return undefined;
}

function newCommand(name: string, usageName: string): Command {
  const command = new Command(name);
  command
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .helpOption('-h, --help', 'show this help');
  command.configureHelp({
    helpWidth: HELP_WIDTH,
    commandUsage: () => `${usageName} ${command.usage()}`,
    // Descriptions say themselves what holds without the option.
    optionDescription: (option) => option.description,
  });
  return command;
}

function buildCommand(path: readonly string[], definition: CommandDefinition): Command {
  const command = newCommand(path.at(-1)!, ['auth-cli', ...path].join(' '));
  command.description(definition.description);
  command.optionsGroup('Options:');
  definition.define?.(command);
  addGlobalOptions(command, definition.shows);
  command.optionsGroup('Options:');
  if (definition.formats && definition.formats.length > 0) {
    const format = command.options.find((option) => option.long === '--format')!;
    format.description = `form of the result: ${definition.formats.join(', ')} (default: ${definition.formats[0]})`;
    if (definition.severalFormats) {
      format.flags = '--format <name[=file]>';
      format.description += '; repeatable';
    }
  } else {
    for (const option of command.options) if (option.long === '--format' || option.long === '--json') option.hideHelp();
  }
  return command;
}

/**
 * Runs commander over the words.
 * @returns a text where help was asked for, otherwise nothing.
 */
async function parse(command: Command, path: readonly string[], words: readonly string[]): Promise<true | undefined> {
  try {
    await command.parseAsync([...words], { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') return true;
      throw callError(path, error, command);
    }
    if (error instanceof UsageError && !(error instanceof CallError))
      throw new CallError(path, error.message, {
        suggestions: error.suggestions,
        ...(error.because === undefined ? {} : { because: error.because }),
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        cause: error,
      });
    throw error;
  }
}

/** Commander's wording is kept but for quotes; its suggestions are replaced by ours, which know the option may stand anywhere. */
function callError(path: readonly string[], error: CommanderError, command: Command): CallError {
  const message = error.message
    .replace(/^error: /, '')
    .split('\n')[0]!
    .replace(/'([^']*)'/g, '"$1"');
  if (error.code === 'commander.unknownOption') {
    const typed = /"(--?[^"=]*)/.exec(message)?.[1] ?? '';
    return new CallError(path, message, {
      suggestions: closest(
        typed,
        command.options.flatMap((option) => (option.long ? [option.long] : [])),
      ),
    });
  }
  return new CallError(path, message);
}

// Help

const ABOUT =
  'auth-cli tells what a single sign-on configuration will really do: validate it, log in with it, dry-run it.';

function listOfCommands(): string {
  const width = Math.max(...COMMANDS.map((entry) => entry.name.length + entry.usage.length + 1)) + 2;
  return GROUPS.map((group) => {
    const lines = COMMANDS.filter((entry) => entry.group === group).map(
      (entry) => `  ${`${entry.name} ${entry.usage}`.padEnd(width)}${entry.summary}`,
    );
    return lines.length === 0 ? '' : `${group}:\n${lines.join('\n')}\n`;
  })
    .filter((text) => text !== '')
    .join('\n');
}

function shortHelp(): string {
  return `${ABOUT}

  auth-cli validate grafana.ini                        what is wrong in it, why, and what to do
  auth-cli eval-role person.json --config grafana.ini  who gets in, with which role, and why
  auth-cli test-login --demo                           a real login, without any server of your own

${listOfCommands()}
More: auth-cli COMMAND --help, auth-cli --help
`;
}

function fullHelp(): string {
  const command = newCommand('auth-cli', 'auth-cli');
  command.usage('COMMAND [OPTIONS] [OPERANDS]');
  command.description(ABOUT);
  command.optionsGroup('Options:');
  command.option('-V, --version', 'show the version');
  addGlobalOptions(command);
  const format = command.options.find((option) => option.long === '--format')!;
  format.description = 'form of the result; each command tells its own';
  const [usage, ...parts] = command.helpInformation().split('\n\n');
  return `${usage}

${parts[0]}

${listOfCommands()}
${parts.slice(1).join('\n\n').trimEnd()}

Options may stand before or behind the command.

${exampleText([
  { command: 'auth-cli validate fixtures/demo/grafana.ini', note: 'check a configuration', status: 1 },
  { command: 'auth-cli show fixtures/demo/grafana.ini', note: 'what Grafana runs with' },
])}
${exitText({})}`;
}

function exampleText(examples: readonly Example[]): string {
  const lines = examples.map((example) => {
    const status = example.status ? `, exit ${example.status}` : '';
    return `${shellLines(example.command)}\n      ${example.note}${status}\n`;
  });
  return `Examples:\n${lines.join('')}`;
}

/** A call as it can be pasted, broken before an option where it is too long for one line. */
function shellLines(command: string): string {
  const lines = [''];
  for (const part of command.split(/ (?=--?[a-z])/)) {
    const last = lines.at(-1)!;
    if (last === '') lines[lines.length - 1] = part;
    else if (last.length + part.length + 5 <= HELP_WIDTH) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(`    ${part}`);
  }
  return lines.map((line) => `  ${line}`).join(' \\\n');
}

function exitText(own: CommandDefinition['exitCodes']): string {
  const lines = EXIT_CODES.map(({ code, meaning }) => wrap(own?.[code] ?? meaning, `  ${String(code).padEnd(5)}`));
  return `Exit codes:\n${lines.join('\n')}\n`;
}

function wrap(text: string, lead: string): string {
  const lines: string[] = [];
  let line = lead;
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > HELP_WIDTH && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = ' '.repeat(lead.length);
    }
    line += `${word} `;
  }
  lines.push(line.trimEnd());
  return lines.join('\n');
}

/** Notes, wrapped; indented lines stand as they are. */
function notesText(notes: string): string {
  return notes
    .trim()
    .split('\n')
    .map((line) => (line.startsWith(' ') ? line : wrapText(line, HELP_WIDTH).join('\n')))
    .join('\n');
}

/** The full help of a command. */
export function commandHelp(path: readonly string[], definition: CommandDefinition): string {
  const command = buildCommand(path, definition);
  const below = Object.entries(definition.subcommands ?? {});
  if (below.length > 0) command.usage(`${below.map(([name]) => name).join('|')} [options]`);
  const own = command.helpInformation().trimEnd();
  const subcommands =
    below.length === 0
      ? ''
      : `\n\nCommands:\n${below
          .map(([name, entry]) => wrap(entry.description.split(/(?<=[.:;])\s/)[0]!, `  ${name.padEnd(12)}`))
          .join('\n')}`;
  const notes = definition.notes === undefined ? '' : `\n\n${notesText(definition.notes)}`;
  return `${own}${subcommands}${notes}\n\n${exampleText(definition.examples)}\n${exitText(definition.exitCodes)}`;
}

/** The commands as help and completion see them. */
export const catalog: CommandCatalog = {
  names: NAMES,
  async help(path) {
    const [name, ...below] = path;
    if (path.length === 0) return fullHelp();
    if (name === undefined || !NAMES.includes(name)) return undefined;
    let definition: CommandDefinition | undefined = await load(name);
    for (const word of below) definition = definition?.subcommands?.[word];
    return definition && commandHelp(path, definition);
  },
  async describe() {
    const all: CommandDescription[] = [];
    for (const entry of COMMANDS) await describe([entry.name], await entry.load(), entry.summary, all);
    return all;
  },
  async root() {
    const command = newCommand('auth-cli', 'auth-cli');
    command.option('-V, --version', 'show the version');
    addGlobalOptions(command);
    return {
      path: [],
      summary: ABOUT,
      subcommands: NAMES,
      options: await describeOptions(command, {}),
      operands: [],
      takesFiles: false,
      examples: [],
    };
  },
};

/** Names of operands that are files, or may be. */
const FILE_OPERAND = /^(?:file|folder|payload|old|new|text|token|claims)$/;

async function describe(
  path: readonly string[],
  definition: CommandDefinition,
  summary: string,
  into: CommandDescription[],
): Promise<void> {
  const below = Object.entries(definition.subcommands ?? {});
  const command = buildCommand(path, definition);
  into.push({
    path,
    summary,
    subcommands: below.map(([name]) => name),
    options: await describeOptions(command, definition),
    operands: (await definition.operands?.()) ?? [],
    takesFiles: command.registeredArguments.some((argument) => FILE_OPERAND.test(argument.name())),
    examples: definition.examples,
  });
  for (const [name, entry] of below) await describe([...path, name], entry, entry.description, into);
}

async function describeOptions(
  command: Command,
  definition: Pick<CommandDefinition, 'formats' | 'severalFormats' | 'completes'>,
): Promise<CommandDescription['options']> {
  const described: CommandDescription['options'][number][] = [];
  for (const option of command.createHelp().visibleOptions(command)) {
    const listed = /\(([a-z0-9-]+(?:, [a-z0-9-]+)+)\)$/.exec(option.description)?.[1]?.split(', ');
    const long = option.long ?? '';
    const isFormat = long === '--format';
    const formats = definition.formats ?? [];
    described.push({
      flags: [option.short, option.long].filter((flag) => flag !== undefined),
      takesValue: Boolean(option.required || option.optional),
      takesFile: /<(?:file|folder)\b/.test(option.flags),
      choices: isFormat
        ? [...formats, ...(definition.severalFormats ? formats.map((format) => `${format}=`) : [])]
        : ((await (definition.completes?.[long] ?? GLOBAL_WORDS[long])?.()) ?? listed ?? []),
      about: option.description,
    });
  }
  return described;
}
