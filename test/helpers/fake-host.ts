/**
 * A world in memory: files, variables, terminal, answers to requests and questions. Files not given are read from the project's
 * `fixtures/` folder; nothing is ever written to disk.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InterruptedError } from '../../src/errors.js';
import type { FileInfo, Host, HostOutput, HttpRequest, HttpResponse, Question } from '../../src/host.js';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface World {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Paths that are there and cannot be read. */
  readonly unreadable?: readonly string[];
  /** Paths that cannot be written. */
  readonly unwritable?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Which streams are terminals. */
  readonly terminal?: boolean;
  readonly columns?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
  /** The reader of standard output goes away after so many characters. */
  readonly closeAfter?: number;
  readonly request?: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
  readonly openBrowser?: (url: string) => boolean;
  readonly answer?: (question: Question) => string | boolean | string[];
  /** Lines a person types. */
  readonly typed?: readonly string[];
}

export interface FakeHost extends Host {
  readonly out: () => string;
  readonly err: () => string;
  /** Files written by the run, by path. */
  readonly written: ReadonlyMap<string, string>;
  /** What Ctrl-C does. */
  interrupt(): void;
}

class TextOutput implements HostOutput {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  text = '';
  closed = false;
  readonly #closeAfter: number;

  constructor(world: World, closeAfter = Number.POSITIVE_INFINITY) {
    this.isTTY = world.terminal ?? false;
    this.columns = world.columns ?? (this.isTTY ? 100 : undefined);
    this.#closeAfter = closeAfter;
  }

  async write(text: string): Promise<void> {
    if (this.closed) return;
    this.text += text;
    if (this.text.length >= this.#closeAfter) this.closed = true;
  }
}

function failure(code: string, path: string): Error {
  const texts: Record<string, string> = {
    ENOENT: 'no such file or directory',
    EISDIR: 'illegal operation on a directory',
    EACCES: 'permission denied',
  };
  return Object.assign(new Error(`${code}: ${texts[code]}, open '${path}'`), { code });
}

export function createFakeHost(world: World = {}): FakeHost {
  const controller = new AbortController();
  const stdout = new TextOutput(world, world.closeAfter);
  const stderr = new TextOutput(world);
  const written = new Map<string, string>();
  const encode = (data: string | Uint8Array) => (typeof data === 'string' ? new TextEncoder().encode(data) : data);
  const own = new Map(Object.entries(world.files ?? {}).map(([path, data]) => [path, encode(data)]));
  const normal = (path: string) => path.replace(/^(\.\/)+/, '').replace(/\/+$/, '') || '.';
  const isFixture = (path: string) => /^fixtures(\/|$)/.test(path) && !path.includes('..');

  const read = (given: string): Uint8Array => {
    const path = normal(given);
    if (world.unreadable?.includes(path)) throw failure('EACCES', given);
    const data = written.has(path) ? encode(written.get(path)!) : own.get(path);
    if (data) return data;
    if (kind(path) === 'directory') throw failure('EISDIR', given);
    if (isFixture(path)) {
      try {
        return readFileSync(ROOT + path);
      } catch {
        throw failure('ENOENT', given);
      }
    }
    throw failure('ENOENT', given);
  };
  const kind = (path: string): FileInfo['kind'] | undefined => {
    if (own.has(path) || written.has(path) || world.unreadable?.includes(path)) return 'file';
    const names = [...own.keys(), ...written.keys(), ...(world.unreadable ?? [])];
    if (path === '.' || names.some((name) => name.startsWith(`${path}/`))) return 'directory';
    if (!isFixture(path)) return undefined;
    const found = statSync(ROOT + path, { throwIfNoEntry: false });
    return found?.isFile() ? 'file' : found?.isDirectory() ? 'directory' : undefined;
  };
  const stop = () => {
    if (controller.signal.aborted) throw new InterruptedError();
  };

  const input = () => encode(world.stdin ?? '');
  return {
    stdin: {
      isTTY: world.terminal === true && world.stdin === undefined,
      isFile: world.stdin !== undefined,
      read: async () => input(),
      async *chunks() {
        const bytes = input();
        for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
      },
    },
    stdout,
    stderr,
    env: world.env ?? {},
    cwd: '/home/user',
    platform: 'linux',
    arch: 'x64',
    nodeVersion: 'v20.17.0',
    signal: controller.signal,
    hostname: () => 'host.example',
    now: () => world.now ?? Date.UTC(2025, 0, 15, 12),
    // Not random: outputs must be the same in every run.
    randomBytes: (count) => Uint8Array.from({ length: count }, (_, at) => (at * 37 + 11) & 255),
    readFile: async (path) => read(path),
    async *readChunks(path) {
      const bytes = read(path);
      for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
    },
    async stat(given) {
      const path = normal(given);
      const found = kind(path);
      return (
        found && { kind: found, size: found === 'file' && !world.unreadable?.includes(path) ? read(path).length : 0 }
      );
    },
    async readDir(given) {
      const path = normal(given);
      if (kind(path) !== 'directory') throw failure('ENOENT', given);
      const prefix = path === '.' ? '' : `${path}/`;
      const names = new Set<string>();
      for (const name of [...own.keys(), ...written.keys(), ...(world.unreadable ?? [])])
        if (name.startsWith(prefix)) names.add(name.slice(prefix.length).split('/')[0]!);
      if (isFixture(path)) for (const name of readdirSync(ROOT + path)) names.add(name);
      return [...names].sort().map((name) => ({ name, kind: kind(prefix + name)! }));
    },
    async *lines(prompt) {
      for (const line of world.typed ?? []) {
        await stderr.write(`${prompt}${line}\n`);
        yield line;
        stop();
      }
    },
    async writeFile(path, data) {
      if (world.unwritable?.includes(normal(path))) throw failure('EACCES', path);
      written.set(normal(path), typeof data === 'string' ? data : new TextDecoder().decode(data));
    },
    async createFile(path) {
      if (kind(normal(path)) === 'directory') throw failure('EISDIR', path);
      if (world.unwritable?.includes(normal(path))) throw failure('EACCES', path);
      let text = '';
      return {
        write: async (piece) => {
          text += piece;
        },
        commit: async () => {
          written.set(normal(path), text);
        },
        discard: async () => {},
      };
    },
    async request(request) {
      stop();
      if (world.request) return world.request(request);
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${new URL(request.url).hostname}`), { code: 'ENOTFOUND' });
    },
    openBrowser: async (url) => world.openBrowser?.(url) ?? false,
    ask: async (question) => {
      stop();
      if (world.answer) return world.answer(question);
      throw new InterruptedError();
    },
    sleep: async () => {},
    out: () => stdout.text,
    err: () => stderr.text,
    written,
    interrupt: () => controller.abort(new InterruptedError()),
  };
}
