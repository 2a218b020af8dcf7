/**
 * The host of the real program: Node's process, clock, file system and network. What only few commands need is loaded when it is used.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
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
    stdout: new NodeOutput(() => process.stdout, onFailure),
    // Where standard error itself fails there is nobody left to tell.
    stderr: new NodeOutput(
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
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    // Synchronous: thousands of small files are read several times faster than through the thread pool.
    readFile: async (path) => readFileSync(path),
    readChunks: (path) => createReadStream(path, { highWaterMark: 1 << 18, signal }),
    async stat(path) {
      try {
        const found = await stat(path);
        return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other', size: found.size };
      } catch (error) {
        if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
        throw error;
      }
    },
    async readDir(path) {
      const entries = await readdir(path, { withFileTypes: true });
      return Promise.all(
        entries.map(async (entry) => {
          const at = join(path, entry.name);
          const target = entry.isSymbolicLink() ? await stat(at).catch(() => undefined) : entry;
          const kind: FileInfo['kind'] = target?.isFile() ? 'file' : target?.isDirectory() ? 'directory' : 'other';
          return { name: entry.name, kind };
        }),
      );
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

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

class NodeOutput implements HostOutput {
  readonly #open: () => NodeJS.WriteStream;
  readonly #onFailure: (error: Error) => void;
  #stream: NodeJS.WriteStream | undefined;
  #closed = false;

  constructor(open: () => NodeJS.WriteStream, onFailure: (error: Error) => void) {
    this.#open = open;
    this.#onFailure = onFailure;
  }

  get #target(): NodeJS.WriteStream {
    if (this.#stream === undefined) {
      this.#stream = this.#open();
      // Without a listener a reader that went away would end the program with a stack trace.
      this.#stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE' && error.code !== 'EOF' && !this.#closed) this.#onFailure(error);
        this.#closed = true;
      });
    }
    return this.#stream;
  }

  get isTTY(): boolean {
    return this.#target.isTTY === true;
  }

  get columns(): number | undefined {
    return this.#target.columns;
  }

  get closed(): boolean {
    return this.#closed;
  }

  write(text: string): Promise<void> {
    if (this.#closed || text === '') return Promise.resolve();
    return new Promise((resolve) => {
      this.#target.write(text, () => resolve());
    });
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

/** A file that appears under its name only when it is complete. An existing file keeps its permissions unless a mode is given. */
async function createFile(
  path: string,
  options: { mode?: number } = {},
): Promise<FileSink & { write(data: string | Uint8Array): Promise<void> }> {
  const existing = await stat(path).catch(() => undefined);
  // Devices and pipes (/dev/stdout, /dev/null) cannot be replaced, only written to.
  if (existing && !existing.isFile() && !existing.isDirectory()) return openInPlace(path);
  if (existing?.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const mode = options.mode ?? (existing ? existing.mode & 0o7777 : 0o666);
  await mkdir(folder, { recursive: true });
  const file = await open(temporary, 'wx', mode);
  let ended = false;
  return {
    write: async (data) => {
      await file.writeFile(data);
    },
    commit: async () => {
      if (options.mode !== undefined) await file.chmod(options.mode);
      await file.close();
      ended = true;
      await rename(temporary, path);
    },
    discard: async () => {
      if (ended) return;
      ended = true;
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}

async function openInPlace(path: string): Promise<FileSink & { write(data: string | Uint8Array): Promise<void> }> {
  const file = await open(path, 'w');
  return {
    write: async (data) => {
      await file.writeFile(data);
    },
    commit: () => file.close(),
    discard: () => file.close().catch(() => undefined),
  };
}
