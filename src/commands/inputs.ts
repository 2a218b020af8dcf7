/**
 * Reading what a call names: files, folders, patterns, standard input, the conventional places, variables.
 */
import { parseEnvFile } from '../document/env-file.js';
import { CliError, EXIT, type ExitCode, UsageError, worst } from '../errors.js';
import type { FormFacts } from '../forms/types.js';
import type { FileInfo } from '../host.js';
import { productOfConfig } from '../products/index.js';
import { compileGlob, isGlob } from '../text/glob.js';
import type { SourceFile } from '../text/source.js';
import type { CommandContext } from './command.js';
import type { GlobalOptions } from './flags.js';

export const STDIN = '-';

/** Places Grafana's packages and archives keep a configuration in, in the order they are tried. */
const CONVENTIONAL = ['grafana.ini', 'custom.ini', 'conf/grafana.ini', 'conf/custom.ini', '/etc/grafana/grafana.ini'];

/** Names of files that may hold a configuration in another form than INI. */
const OTHER_FORMS = /\.(?:ya?ml|env|json|tf|nix|conf|service)$|(?:^|\/)(?:\.env[^/]*|grafana-server)$/i;

/** Folders nobody keeps configuration in. */
const SKIPPED_FOLDERS = new Set(['node_modules', '.git', '.hg', '.svn']);

/** @throws UsageError where standard input is named more than once among all the files of a call. */
export function checkStdin(operands: readonly string[], options: Pick<GlobalOptions, 'config' | 'envFile'>): void {
  const named = [
    ...operands.filter((path) => path === STDIN).map((_path, at) => `operand ${at + 1}`),
    ...options.config.filter((path) => path === STDIN).map(() => '--config -'),
    ...options.envFile.filter((path) => path === STDIN).map(() => '--env-file -'),
  ];
  if (named.length > 1) throw new UsageError(`standard input can be read once only, not as ${named.join(' and as ')}`);
}

/** Bytes of a file or of standard input. @throws UsageError with the reason in words. */
export async function readBytes(context: CommandContext, path: string, what = 'a file'): Promise<Uint8Array> {
  if (path === STDIN) {
    if (context.host.stdin.isTTY) await context.note(`reading ${what} from the terminal; end with Ctrl-D`);
    else await context.detail('reading standard input');
    return context.host.stdin.read();
  }
  try {
    return await context.host.readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

export function unreadable(path: string, error: unknown): Error {
  if (error instanceof CliError) return error;
  const code = error instanceof Error ? (error as Error & { code?: string }).code : undefined;
  const reasons: Record<string, string> = {
    ENOENT: 'no such file',
    ENOTDIR: 'no such file',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'too many links',
    ENAMETOOLONG: 'the name is too long',
    ERR_FS_FILE_TOO_LARGE: 'it is too large to hold in memory',
    ERR_STRING_TOO_LONG: 'it is too large to hold in memory',
  };
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  return new UsageError(`cannot read ${path}`, { because: reasons[code] ?? code, cause: error });
}

/** Why a file cannot be written, in words. */
export function unwritable(path: string, error: unknown): Error {
  if (error instanceof CliError) return error;
  const code = error instanceof Error ? (error as Error & { code?: string }).code : undefined;
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such folder',
    ENOTDIR: 'there is no such folder',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'there is no space left',
    EBUSY: 'it is in use, or mounted as a single file',
    EXDEV: 'it is mounted as a single file',
  };
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  return new UsageError(`cannot write ${path}`, { because: reasons[code] ?? code, cause: error });
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of bytes, byte order mark kept, bytes that are no UTF-8 as U+FFFD. @throws UsageError for what is no text. */
export function decodeText(bytes: Uint8Array, path: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new UsageError(`${path} is UTF-16 text`, { hint: 'save it as UTF-8; nothing that reads it knows UTF-16' });
  const start = bytes.subarray(0, 8192);
  if (start.includes(0)) throw new UsageError(`${path} is a binary file, not text`);
  const text = decoder.decode(bytes);
  const broken = text.slice(0, 4096).split('\ufffd').length - 1;
  if (broken > 8 && broken > Math.min(4096, text.length) / 10)
    throw new UsageError(`${path} is a binary file, not text`);
  return text;
}

/** Reads one configuration file. */
export async function readSource(context: CommandContext, path: string, stdinName = '<stdin>'): Promise<SourceFile> {
  const shown = path === STDIN ? stdinName : path;
  return withForm(context, { path: shown, text: decodeText(await readBytes(context, path, 'a configuration'), shown) });
}

function withForm({ options }: CommandContext, file: SourceFile): SourceFile {
  return options.form === undefined ? file : { ...file, form: options.form };
}

/** What the text of a configuration does not hold: chart version, neighbouring files, and with `--env` the shell's variables. */
export function formFacts({ host, options }: CommandContext): FormFacts {
  return {
    readFile: (path) => host.readFile(path),
    ...(options.chartVersion === undefined ? {} : { chartVersion: options.chartVersion }),
    ...(options.env ? { shell: host.env } : {}),
  };
}

/** The files of `--config`, in order. */
export function readConfigOption(context: CommandContext): Promise<SourceFile[]> {
  return Promise.all(context.options.config.map((path) => readSource(context, path)));
}

/**
 * The variables to apply: of `--env-file` in order, then with `--env` those of this process. Undefined where neither is given, since
 * a result must not depend on the shell it was found in.
 */
export async function readEnvironment(
  context: CommandContext,
): Promise<Readonly<Record<string, string | undefined>> | undefined> {
  const { env, envFile } = context.options;
  if (!env && envFile.length === 0) return undefined;
  const variables = await readEnvFiles(context, envFile);
  return env ? { ...variables, ...context.host.env } : variables;
}

/** Variables of files, later ones over earlier ones; names in them stand for variables of this process only with `--env`. */
export async function readEnvFiles(
  context: CommandContext,
  paths: readonly string[],
): Promise<Record<string, string | undefined>> {
  const variables: Record<string, string | undefined> = {};
  for (const path of paths) {
    const source = await readSource(context, path);
    const { variables: read, problems } = parseEnvFile(source, context.options.env ? context.host.env : {});
    const [problem] = problems;
    if (problem) throw new UsageError(`${source.path}:${problem.line}: ${problem.message}`);
    Object.assign(variables, read);
  }
  return variables;
}

/** The configuration to take where a call names none. @throws UsageError with the places tried. */
export async function conventionalConfig(context: CommandContext): Promise<string> {
  const { host, options } = context;
  // Without --env no answer depends on the shell it was found in.
  const fromVariable = options.env ? host.env['GF_PATHS_CONFIG'] : undefined;
  const places = fromVariable ? [fromVariable, ...CONVENTIONAL] : CONVENTIONAL;
  for (const path of places)
    if ((await host.stat(path))?.kind === 'file') {
      await context.note(
        `using ${path.startsWith('/') ? path : `./${path}`}${path === fromVariable ? ' (GF_PATHS_CONFIG)' : ''}`,
      );
      return path;
    }
  const tried = CONVENTIONAL.map((path) => (path.startsWith('/') ? path : `./${path}`)).join(', ');
  throw new UsageError('no configuration file given and none found', {
    because: `looked for ${options.env ? `$GF_PATHS_CONFIG (${fromVariable || 'not set'}), ${tried}` : `${tried}; with --env also for $GF_PATHS_CONFIG`}`,
    hint: 'name one: auth-cli validate path/to/grafana.ini, or pipe one in: cat grafana.ini | auth-cli validate -',
  });
}

export interface FilesOptions {
  /** Name of standard input in messages. */
  readonly stdinName?: string | undefined;
  /** Whether a file found in a folder that is not `*.ini` is one to read. */
  readonly accepts: (file: SourceFile) => boolean;
  /** Whether a file found in a folder or by a pattern is left out. */
  readonly skips?: (path: string) => boolean;
  /** Patterns are meant as folders are: they take no file that holds no configuration, and none twice. */
  readonly patternsAsFolders?: boolean;
  /** Which files to pass over, also where they are named; then files that are no text are passed over too. */
  readonly ignores?: ((file: SourceFile) => boolean) | undefined;
}

/**
 * The files that operands name, one after the other: files as they are, folders with what is in them, patterns with what matches.
 * What cannot be read is reported and the rest goes on; `code` tells the worst at the end.
 */
export class ConfigFiles {
  code: ExitCode = EXIT.ok;
  unread = 0;
  /** Whether the file given last is standard input. */
  isStdin = false;
  readonly #context: CommandContext;
  readonly #operands: readonly string[];
  readonly #options: FilesOptions;
  readonly #met = new Set<string>();

  constructor(context: CommandContext, operands: readonly string[], options: FilesOptions) {
    this.#context = context;
    this.#operands = operands;
    this.#options = options;
  }

  async *read(): AsyncGenerator<SourceFile> {
    for (const operand of this.#operands) {
      try {
        yield* this.#operand(operand);
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (!(error instanceof CliError) || error.exitCode === EXIT.interrupted) throw error;
    this.unread++;
    this.code = worst([this.code, await this.#context.report(error)]);
  }

  async *#operand(operand: string): AsyncGenerator<SourceFile> {
    const { host } = this.#context;
    let bytes: Uint8Array | undefined;
    try {
      if (operand !== STDIN) bytes = await host.readFile(operand);
    } catch (error) {
      const info = await host.stat(operand).catch(() => undefined);
      if (info?.kind === 'directory') return yield* this.#folder(operand);
      if (info === undefined && isGlob(operand)) return yield* this.#pattern(operand);
      throw unreadable(operand, error);
    }
    if (bytes) {
      const source = this.#decode(bytes, operand);
      if (source && !this.#options.ignores?.(source)) yield source;
      else await this.#context.detail(`${operand} is passed over: it holds no login configuration`);
      return;
    }
    const source = await readSource(this.#context, operand, this.#options.stdinName);
    this.isStdin = true;
    yield source;
    this.isStdin = false;
  }

  /** Undefined for what is no text, where such files are passed over. */
  #decode(bytes: Uint8Array, path: string): SourceFile | undefined {
    try {
      return withForm(this.#context, { path, text: decodeText(bytes, path) });
    } catch (error) {
      if (this.#options.ignores && error instanceof UsageError) return undefined;
      throw error;
    }
  }

  async *#folder(folder: string): AsyncGenerator<SourceFile> {
    const { accepts, ignores } = this.#options;
    let count = 0;
    let skipped = 0;
    for await (const path of this.#walk(folder)) {
      const isIni = /\.ini$/i.test(path);
      if (!isIni && !OTHER_FORMS.test(path)) continue;
      if (this.#isMet(path)) {
        count++;
        continue;
      }
      try {
        const source = await readSource(this.#context, path);
        if ((isIni || accepts(source)) && !ignores?.(source)) {
          count++;
          yield source;
        } else skipped++;
      } catch (error) {
        if (isIni && !ignores) await this.#failed(error);
        else skipped++;
      }
    }
    if (skipped > 0) await this.#context.detail(`${folder}: ${skipped} files skipped that hold no login configuration`);
    if (count === 0)
      throw new UsageError(`there is no configuration in the folder ${folder}`, {
        because: 'looked for *.ini, and for YAML, env, JSON, Terraform, Nix and systemd files with login settings',
      });
  }

  async *#pattern(pattern: string): AsyncGenerator<SourceFile> {
    const { base, matches } = compileGlob(pattern.replace(/^(?:\.\/)+/, ''));
    let count = 0;
    if ((await this.#context.host.stat(base || '.'))?.kind === 'directory')
      for await (const path of this.#walk(base || '.')) {
        if (!matches(path)) continue;
        count++;
        if (this.#isMet(path)) continue;
        try {
          const source = await readSource(this.#context, path);
          const { patternsAsFolders, accepts, ignores } = this.#options;
          if (patternsAsFolders && !/\.ini$/i.test(path) && !accepts(source)) continue;
          if (!ignores?.(source)) yield source;
        } catch (error) {
          await this.#failed(error);
        }
      }
    if (count === 0) throw new UsageError(`no file matches ${pattern}`);
  }

  /** Whether a file has been handed out before, where none is to be handed out twice. */
  #isMet(path: string): boolean {
    if (!this.#options.patternsAsFolders) return false;
    if (this.#met.has(path)) return true;
    this.#met.add(path);
    return false;
  }

  /** Files below a folder, in the order of their names. */
  async *#walk(folder: string): AsyncGenerator<string> {
    const { host } = this.#context;
    let entries: readonly { readonly name: string; readonly kind: FileInfo['kind'] }[];
    try {
      entries = await host.readDir(folder);
    } catch (error) {
      throw unreadable(folder, error);
    }
    const prefix = folder === '.' ? '' : folder.endsWith('/') ? folder : `${folder}/`;
    for (const { name, kind } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = prefix + name;
      if (this.#options.skips?.(path)) continue;
      if (kind === 'file') yield path;
      else if (kind === 'directory' && !SKIPPED_FOLDERS.has(name)) yield* this.#walk(path);
    }
  }
}

/**
 * Whether a text has anything a configuration has: a section, or a name with a value. JSON, HTML and prose have not, where no product
 * claims them.
 */
export function looksLikeConfiguration(text: string): boolean {
  return /^[^\S\n]*(?:\[[^\]\n]+\]?[^\S\n]*\r?$|[;#]?[^\S\n]*(?:export |- )?[A-Za-z][\w.-]{0,60}[^\S\n]*[=:])/m.test(
    text,
  );
}

/** @throws UsageError for a text that is no configuration of any kind; an empty one is. */
export function requireConfiguration(file: SourceFile): void {
  if (isBlank(file.text) || productOfConfig(file) !== undefined) return;
  if (/\.(?:ya?ml|json|tf|nix)$/i.test(file.path))
    throw new UsageError(`${file.path} holds no login configuration that is known`, {
      because:
        'neither settings of Grafana (grafana.ini:, GF_… variables, grafana_sso_settings …) nor of Dashboard or GEM are in it',
      hint: 'where it does, say what it is: --form helm-values, --product gem',
    });
  if (looksLikeConfiguration(file.text)) return;
  throw new UsageError(`${file.path} is no configuration file`, {
    because: 'there is no [section] and no "name = value" in it',
    hint: 'see auth-cli validate --help for the files it reads',
  });
}

/** Whether nothing but blanks and comments stands in a text. */
export function isBlank(text: string): boolean {
  return !/^[^\S\n]*[^\s#;\ufeff]/m.test(text);
}
