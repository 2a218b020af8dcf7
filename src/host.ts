/**
 * The outside world, as one object. Nothing but `bin/`, `cli.ts` and `node-host.ts` touches process, clock, network or
 * file system; tests pass a host of their own and run the whole program in process.
 */

export interface HostOutput {
  readonly isTTY: boolean;
  /** Width in columns where the stream is a terminal that tells it. */
  readonly columns: number | undefined;
  /** Resolves when more may be written (backpressure); never rejects, a closed pipe only sets `closed`. */
  write(text: string): Promise<void>;
  /** The reader went away (EPIPE): stop producing. */
  readonly closed: boolean;
}

export interface HostInput {
  readonly isTTY: boolean;
  /** It comes from a file, so that reading it ends by itself; a pipe may stay open for ever. */
  readonly isFile: boolean;
  /** Everything up to the end, as bytes. */
  read(): Promise<Uint8Array>;
  /** Pieces as they arrive. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface FileInfo {
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
}

/** A file being written under a temporary name. */
export interface FileSink {
  write(text: string): Promise<void>;
  /** Gives the file its name. */
  commit(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until the whole exchange must be over. */
  readonly timeout: number;
  /** Answers longer than this many bytes are cut and marked `truncated`. */
  readonly maxBytes: number;
  readonly tls?: HttpTls;
  /** `host:address` pairs: connect there instead of asking DNS. */
  readonly resolve?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface HttpTls {
  /** PEM texts. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly skipVerify?: boolean;
}

/** Redirects are not followed. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly truncated: boolean;
  /** Milliseconds from start to the last byte. */
  readonly elapsed: number;
}

/** One question to a person; answered on a terminal only. */
export interface Question {
  readonly type: 'input' | 'password' | 'select' | 'confirm' | 'checkbox';
  readonly message: string;
  readonly choices?: readonly { readonly name: string; readonly value: string; readonly description?: string }[];
  readonly default?: string | boolean;
  readonly validate?: (answer: string) => true | string;
}

export interface LineOptions {
  /** Whole lines that may become of what is typed so far, for the tabulator key. */
  readonly complete?: (typed: string) => readonly string[];
}

export interface Host {
  readonly stdin: HostInput;
  readonly stdout: HostOutput;
  readonly stderr: HostOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** As Node names it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  readonly arch: string;
  readonly nodeVersion: string;
  /** Aborted by SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  hostname(): string;
  /** Milliseconds since 1970. */
  now(): number;
  randomBytes(count: number): Uint8Array;
  /** Bytes of a file; rejects with Node's error codes (`ENOENT`, `EISDIR`, `EACCES`). */
  readFile(path: string): Promise<Uint8Array>;
  /** Pieces of a file, for inputs too large to hold. */
  readChunks(path: string): AsyncIterable<Uint8Array>;
  /** Undefined where nothing is there. */
  stat(path: string): Promise<FileInfo | undefined>;
  readDir(path: string): Promise<readonly { readonly name: string; readonly kind: FileInfo['kind'] }[]>;
  /** Written to a temporary file beside it and renamed, so nothing is ever half-written. */
  writeFile(path: string, data: string | Uint8Array, options?: { mode?: number }): Promise<void>;
  /** The same for what is too large to hold: nothing is at `path` before `commit`. */
  createFile(path: string, options?: { mode?: number }): Promise<FileSink>;
  request(request: HttpRequest): Promise<HttpResponse>;
  /** False where no browser could be started. */
  openBrowser(url: string): Promise<boolean>;
  /** Rejects with InterruptedError on Ctrl-C. The prompt is drawn on standard error. */
  ask(question: Question): Promise<string | boolean | string[]>;
  /**
   * Lines a person types on the terminal, one after the other, with the earlier ones at the arrow keys. Ends with Ctrl-D.
   * Throws InterruptedError on Ctrl-C. The prompt is drawn on standard error.
   */
  lines(prompt: string, options?: LineOptions): AsyncIterable<string>;
  /** Resolves after the time, or as soon as `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
