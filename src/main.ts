/**
 * The whole program as a function: words of a call and a world in, exit code out. Nothing outside this call is touched but through
 * the host, so tests run it in process.
 */
import type { CommandContext, ResultTarget } from './commands/command.js';
import { chooseFormats, type Target } from './commands/flags.js';
import { CliError, EXIT, type ExitCode, InterruptedError, UsageError } from './errors.js';
import type { FileSink, Host } from './host.js';
import { type Call, CallError, catalog, parseCall } from './program.js';
import { formatBug, formatError } from './report/problem.js';
import { type ColorMode, createStyle, type Style } from './report/style.js';
import { VERSION } from './version.js';

/**
 * Runs one call of auth-cli.
 * @param argv the words behind `auth-cli`
 * @returns the exit code; never rejects
 */
export async function main(argv: readonly string[], host: Host): Promise<ExitCode> {
  const errStyle = await createStyle(typedColor(argv), host.stderr, host.env, host.platform);
  const report = (error: unknown): Promise<ExitCode> => reportError(error, host, errStyle);
  let outputs: readonly Output[] = [];
  try {
    const call = await parseCall(argv);
    if (call.kind === 'help') {
      await host.stdout.write(call.text);
      return EXIT.ok;
    }
    if (call.kind === 'version') {
      await host.stdout.write(`auth-cli ${VERSION}\n`);
      return EXIT.ok;
    }
    const { options, definition } = call;
    const [main, ...others] = chooseFormats(options, definition.formats ?? [], definition.severalFormats);
    outputs = [options.output === undefined ? main : { ...main, path: options.output }, ...others].map((target) =>
      openOutput(target, host),
    );
    const context = await makeContext(call, host, errStyle, outputs, report);
    const code = await interruptible(definition.run!(context, call.operands, options), host);
    for (const output of outputs) await output.finish();
    return code;
  } catch (error) {
    for (const output of outputs) await output.discard();
    return report(host.signal.aborted ? new InterruptedError() : error);
  }
}

/** The colour mode as typed, for errors of calls that cannot be taken apart. */
function typedColor(argv: readonly string[]): ColorMode {
  const at = argv.findLastIndex((word) => word === '--color' || word.startsWith('--color='));
  const value = at === -1 ? undefined : argv[at]!.includes('=') ? argv[at]!.slice(8) : argv[at + 1];
  return value === 'always' || value === 'never' ? value : 'auto';
}

/** Time for a command to clean up after Ctrl-C before it is left behind, in milliseconds. */
const GRACE = 1500;

/** Ends with InterruptedError when the person stops the run, even where the command does not look at the signal. */
async function interruptible(running: Promise<ExitCode>, host: Host): Promise<ExitCode> {
  let onAbort: (() => void) | undefined;
  const { signal } = host;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      const stop = () => reject(new InterruptedError());
      Promise.race([running, host.sleep(GRACE)]).then(stop, stop);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([running, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

async function reportError(error: unknown, host: Host, style: Style): Promise<ExitCode> {
  if (error instanceof InterruptedError) {
    await host.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof CliError) {
    const see = error instanceof CallError ? error.see : undefined;
    await host.stderr.write(`${formatError(error, style, see)}\n`);
    return error.exitCode;
  }
  const environs = { version: VERSION, nodeVersion: host.nodeVersion, platform: `${host.platform} ${host.arch}` };
  await host.stderr.write(`${formatBug(error, environs, style)}\n`);
  return EXIT.remote;
}

type RunCall = Extract<Call, { kind: 'run' }>;

async function makeContext(
  call: RunCall,
  host: Host,
  errStyle: Style,
  outputs: readonly Output[],
  report: (error: unknown) => Promise<ExitCode>,
): Promise<CommandContext> {
  const { options } = call;
  const results: ResultTarget[] = [];
  for (const output of outputs) {
    const facts = output.toFile ? { isTTY: false, columns: undefined } : host.stdout;
    const style = await createStyle(options.color, facts, host.env, host.platform);
    results.push({ format: output.format, style, print: (text) => output.write(text) });
  }
  const [main] = results as [ResultTarget, ...ResultTarget[]];
  const toError = (text: string) => host.stderr.write(text === '' ? '' : `${text}\n`);
  return {
    host,
    options,
    version: VERSION,
    style: main.style,
    errStyle,
    format: main.format,
    results,
    catalog,
    signal: host.signal,
    get closed() {
      return host.stdout.closed && outputs.every((output) => !output.toFile);
    },
    print: main.print,
    note: async (text) => {
      if (!options.quiet) await toError(text);
    },
    detail: async (text) => {
      if (options.verbose) await toError(text);
    },
    warn: toError,
    report,
  };
}

interface Output {
  readonly format: string;
  readonly toFile: boolean;
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Standard output, or a file, which gets its name only when the run is over. */
function openOutput({ format, path }: Target, host: Host): Output {
  if (path === undefined || path === '-')
    return {
      format,
      toFile: false,
      write: (text) => host.stdout.write(text),
      finish: async () => {},
      discard: async () => {},
    };
  let sink: FileSink | undefined;
  const open = async () => {
    try {
      sink ??= await host.createFile(path);
    } catch (error) {
      throw new UsageError(`cannot write ${path}`, { because: reason(error), cause: error });
    }
    return sink;
  };
  return {
    format,
    toFile: true,
    write: async (text) => (await open()).write(text),
    finish: async () => (await open()).commit(),
    discard: async () => sink?.discard(),
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
