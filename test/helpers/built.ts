/** The program as it is shipped, for the few tests that need a process of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './fake-host.js';

export const BIN = join(ROOT, 'bin/auth-cli.js');

/** Builds where the sources are newer than what was built last. */
export function buildIfStale(): void {
  execFileSync(process.execPath, [join(ROOT, '.dev/setup.mjs'), '--no-types'], { cwd: ROOT, stdio: 'pipe' });
}

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What is written to standard input; `open` leaves it open without writing. */
  readonly stdin?: string | 'open';
  readonly cwd?: string;
  /** Called with what standard error holds so far, and a way to signal the process. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Milliseconds before the first byte of standard output is read. */
  readonly readAfter?: number;
}

/** An environment without anything that decides about colours or proxies. */
function cleanEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const keep = ['PATH', 'HOME', 'SystemRoot', 'TMPDIR', 'TEMP'];
  const base = Object.fromEntries(keep.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return { ...base, LANG: 'C.UTF-8', ...more };
}

/** Runs the program, or with `shell` a command line in which `auth-cli` is the program. */
export function run(words: readonly string[] | { readonly shell: string }, options: RunOptions = {}): Promise<Ended> {
  const [file, args] =
    'shell' in words
      ? ['bash', ['-c', `set -o pipefail; auth-cli() { '${process.execPath}' '${BIN}' "$@"; }; ${words.shell}`]]
      : [process.execPath, [BIN, ...words]];
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: options.cwd ?? ROOT, env: cleanEnvironment(options.env) });
    const output = { stdout: '', stderr: '' };
    const read = () => child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    if (options.readAfter === undefined) read();
    else setTimeout(read, options.readAfter);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      options.onStderr?.(output.stderr, (signal) => child.kill(signal));
    });
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...output }));
    if (options.stdin !== 'open') child.stdin.end(options.stdin ?? '');
  });
}
