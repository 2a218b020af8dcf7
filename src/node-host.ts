/**
 * The host of the real program: Node's process, clock, file system and network. What only few commands need is loaded when it is used:
 * `node:crypto`, `node:fs/promises`, `node:net` and streams cost more time to load than checking a configuration takes.
 */
import {
  accessSync,
  closeSync,
  constants,
  createReadStream,
  fchmodSync,
  fchownSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InterruptedError } from './errors.js';
import type { FileInfo, FileSink, Host, HostInput, HostOutput } from './host.js';

export interface NodeHost extends Host {
  /** Why results could not be written, other than a reader that went away. */
  readonly outputFailure: Error | undefined;
}

/** Exit status of a second Ctrl-C, which does not wait for anything. */
const INTERRUPTED = 130;

export function createNodeHost(): NodeHost {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort(new InterruptedError());
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let failure: Error | undefined;
  const onFailure = (error: Error) => {
    failure ??= error;
  };
  const signal = controller.signal;
  return {
    stdin: new NodeInput(signal),
    stdout: new NodeOutput(1, () => process.stdout, onFailure),
    // Where standard error itself fails there is nobody left to tell.
    stderr: new NodeOutput(
      2,
      () => process.stderr,
      () => {},
    ),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.version,
    signal,
    get outputFailure() {
      return failure;
    },
    hostname,
    now: () => Date.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    // Synchronous: thousands of small files are read several times faster than through the thread pool.
    readFile: async (path) => readFileSync(path),
    readChunks: (path) => createReadStream(path, { highWaterMark: 1 << 18, signal }),
    async stat(path) {
      const found = statOf(path);
      return found && { kind: kindOf(found), size: found.size };
    },
    async readDir(path) {
      return readdirSync(path, { withFileTypes: true }).map((entry) => {
        const target = entry.isSymbolicLink() ? statOf(join(path, entry.name)) : entry;
        return { name: entry.name, kind: target ? kindOf(target) : 'other' };
      });
    },
    async writeFile(path, data, options) {
      const file = await createFile(path, options);
      try {
        await file.write(data);
        await file.commit();
      } catch (error) {
        await file.discard();
        throw error;
      }
    },
    createFile,
    async request(request) {
      const { nodeRequest } = await import('./node-request.js');
      return nodeRequest(request, process.env, signal);
    },
    async openBrowser(url) {
      const { openBrowser } = await import('./node-terminal.js');
      return openBrowser(url, process.env);
    },
    async *lines(prompt, options) {
      const { lines } = await import('./node-terminal.js');
      yield* lines(prompt, options);
    },
    async ask(question) {
      const { ask } = await import('./node-terminal.js');
      return ask(question);
    },
    sleep: (milliseconds, stop) =>
      new Promise((resolve) => {
        if (stop?.aborted) return resolve();
        const done = () => {
          clearTimeout(timer);
          stop?.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        stop?.addEventListener('abort', done, { once: true });
      }),
  };
}

/** Undefined where nothing is there. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): FileInfo['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** Milliseconds to wait for a reader of a pipe that is full. */
const FULL_PIPE_PAUSE = 5;

/**
 * A standard stream. Only a terminal gets Node's stream; files and pipes are written to directly, which needs no stream and no socket
 * to be loaded, and leaves nothing behind that could be cut off at the end of the process.
 */
class NodeOutput implements HostOutput {
  readonly #descriptor: number;
  readonly #open: () => NodeJS.WriteStream;
  readonly #onFailure: (error: Error) => void;
  readonly #mayBeTerminal: boolean;
  #stream: NodeJS.WriteStream | undefined;
  #closed = false;

  constructor(descriptor: number, open: () => NodeJS.WriteStream, onFailure: (error: Error) => void) {
    this.#descriptor = descriptor;
    this.#open = open;
    this.#onFailure = onFailure;
    this.#mayBeTerminal = process.platform === 'win32' || isCharacterDevice(descriptor);
  }

  get #terminal(): NodeJS.WriteStream | undefined {
    if (this.#stream === undefined && this.#mayBeTerminal) {
      this.#stream = this.#open();
      // Without a listener a reader that went away would end the program with a stack trace.
      this.#stream.on('error', (error) => this.#fail(error));
    }
    return this.#stream;
  }

  get isTTY(): boolean {
    return this.#terminal?.isTTY === true;
  }

  get columns(): number | undefined {
    return this.#terminal?.columns;
  }

  get closed(): boolean {
    return this.#closed;
  }

  #fail(error: unknown): void {
    const code = codeOf(error);
    if (code !== 'EPIPE' && code !== 'EOF' && !this.#closed) this.#onFailure(error as Error);
    this.#closed = true;
  }

  async write(text: string): Promise<void> {
    if (this.#closed || text === '') return;
    const stream = this.#terminal;
    if (stream) await new Promise<void>((resolve) => stream.write(text, () => resolve()));
    else await this.#writeAll(Buffer.from(text));
  }

  async #writeAll(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(this.#descriptor, bytes, at);
      } catch (error) {
        if (codeOf(error) !== 'EAGAIN') return this.#fail(error);
        // Somebody made the pipe non-blocking and it is full.
        await new Promise((resolve) => setTimeout(resolve, FULL_PIPE_PAUSE));
      }
    }
  }
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

class NodeInput implements HostInput {
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get isTTY(): boolean {
    return process.stdin.isTTY === true;
  }

  get isFile(): boolean {
    try {
      return fstatSync(0).isFile();
    } catch {
      return false;
    }
  }

  async read(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.chunks()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const stop = () => process.stdin.destroy();
    this.#signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const piece of process.stdin) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
    } catch (error) {
      if (this.#signal.aborted) throw new InterruptedError();
      throw error;
    } finally {
      this.#signal.removeEventListener('abort', stop);
    }
    if (this.#signal.aborted) throw new InterruptedError();
  }
}

/**
 * A file that appears under its name only when it is complete. An existing file keeps its permissions (unless a mode is given) and, as
 * far as that is allowed, its owner; one that may not be written is not replaced either. Behind a link it is the file that changes.
 */
async function createFile(
  given: string,
  options: { mode?: number } = {},
): Promise<FileSink & { write(data: string | Uint8Array): Promise<void> }> {
  const existing = statOf(given);
  // Devices and pipes (/dev/stdout, /dev/null) cannot be replaced, only written to.
  if (existing && kindOf(existing) === 'other') return openInPlace(given);
  if (existing?.isDirectory()) throw Object.assign(new Error(`${given} is a folder`), { code: 'EISDIR' });
  if (existing) accessSync(given, constants.W_OK);
  const path = existing ? realpathSync(given) : given;
  const folder = dirname(path);
  const suffix = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  const temporary = join(folder, `.${basename(path)}.${suffix}.tmp`);
  mkdirSync(folder, { recursive: true });
  const mode = options.mode ?? (existing ? existing.mode & 0o7777 : undefined);
  const file = openSync(temporary, 'wx', mode ?? 0o666);
  let ended = false;
  const end = () => {
    ended = true;
    closeSync(file);
  };
  const discard = async () => {
    if (!ended) end();
    rmSync(temporary, { force: true });
  };
  return {
    write: async (data) => writeFileSync(file, data),
    commit: async () => {
      if (existing) keepOwner(file, existing);
      // The mode asked for at opening is cut by the umask.
      if (mode !== undefined) fchmodSync(file, mode);
      end();
      try {
        renameSync(temporary, path);
      } catch (error) {
        await discard();
        throw error;
      }
    },
    discard,
  };
}

/** Only the superuser may give a file away; for everybody else it becomes the writer's. */
function keepOwner(file: number, { uid, gid }: Stats): void {
  const now = fstatSync(file);
  if (now.uid === uid && now.gid === gid) return;
  try {
    fchownSync(file, uid, gid);
  } catch {}
}

function openInPlace(path: string): FileSink & { write(data: string | Uint8Array): Promise<void> } {
  const file = openSync(path, 'w');
  let ended = false;
  const end = async () => {
    if (!ended) closeSync(file);
    ended = true;
  };
  return { write: async (data) => writeFileSync(file, data), commit: end, discard: end };
}
