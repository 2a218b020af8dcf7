/**
 * Every request of a login and its answer, in order, redacted as they are written down. The caller gets the real answer, the
 * record never holds a credential unless the person asked to keep them.
 */
import type { Host, HttpRequest, HttpResponse, HttpTls } from '../host.js';
import { redactBody, redactHeaders, redactUrl, SecretStore } from './redact.js';

export interface Exchange {
  readonly step: string;
  /** Milliseconds since the login began. */
  readonly at: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly truncated?: true;
  };
  readonly error?: { readonly message: string; readonly code?: string };
  /** Milliseconds. */
  readonly elapsed: number;
}

export interface Send {
  readonly step: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** No TLS options and no secrets of the configuration: discovery and keys of the issuer. */
  readonly tls?: HttpTls;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly truncated: boolean;
  readonly elapsed: number;
}

export interface RecorderOptions {
  /** Milliseconds for one exchange. */
  readonly timeout: number;
  readonly tls?: HttpTls;
  readonly resolve?: readonly string[];
  readonly signal?: AbortSignal;
  /** Keep credentials in the record (`--show-tokens`). */
  readonly keepSecrets?: boolean;
  readonly onExchange?: (exchange: Exchange) => void;
}

/** golang.org/x/oauth2 reads no more than this of a token answer; it bounds every answer here. */
export const MAX_ANSWER_BYTES = 1 << 20;

export class Recorder {
  readonly exchanges: Exchange[] = [];
  readonly secrets = new SecretStore();
  readonly #host: Host;
  readonly #options: RecorderOptions;
  readonly #began: number;

  constructor(host: Host, options: RecorderOptions) {
    this.#host = host;
    this.#options = options;
    this.#began = host.now();
  }

  /** Sends one request, without following redirects. Rejects where the exchange failed; the failure is recorded too. */
  async send(send: Send): Promise<Received> {
    const headers = { accept: 'application/json', 'user-agent': 'auth-cli', ...send.headers };
    const at = this.#host.now() - this.#began;
    const record = (rest: Pick<Exchange, 'elapsed'> & Partial<Exchange>) => {
      const exchange: Exchange = {
        step: send.step,
        at,
        request: {
          method: send.method,
          url: this.#keep(send.url, (text) => redactUrl(text, this.secrets)),
          headers: this.#options.keepSecrets ? headers : redactHeaders(headers, this.secrets),
          ...(send.body === undefined
            ? {}
            : {
                body: this.#keep(send.body, (text) =>
                  redactBody(text, send.headers?.['content-type'] ?? '', this.secrets),
                ),
              }),
        },
        ...rest,
      };
      this.exchanges.push(exchange);
      this.#options.onExchange?.(exchange);
    };
    let answer: HttpResponse;
    try {
      answer = await this.#host.request({
        method: send.method,
        url: send.url,
        headers,
        timeout: this.#options.timeout,
        maxBytes: MAX_ANSWER_BYTES,
        ...(send.body === undefined ? {} : { body: send.body }),
        ...((send.tls ?? this.#options.tls) ? { tls: send.tls ?? this.#options.tls! } : {}),
        ...(this.#options.resolve ? { resolve: this.#options.resolve } : {}),
        ...(this.#options.signal ? { signal: this.#options.signal } : {}),
      });
    } catch (error) {
      const message = this.secrets.clean(error instanceof Error ? error.message : String(error));
      const code = errorCode(error);
      record({
        elapsed: this.#host.now() - this.#began - at,
        error: { message, ...(code === undefined ? {} : { code }) },
      });
      throw error;
    }
    const text = new TextDecoder().decode(answer.body);
    this.#learn(text, answer.headers['content-type'] ?? '');
    record({
      elapsed: answer.elapsed,
      response: {
        status: answer.status,
        headers: this.#options.keepSecrets ? answer.headers : redactHeaders(answer.headers, this.secrets),
        body: this.#keep(text, (body) => redactBody(body, answer.headers['content-type'] ?? '', this.secrets)),
        ...(answer.truncated ? { truncated: true } : {}),
      },
    });
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      bytes: answer.body,
      truncated: answer.truncated,
      elapsed: answer.elapsed,
    };
  }

  /** The same for code that speaks of requests only: they are recorded under one step. */
  sender(step: string): (request: HttpRequest) => Promise<HttpResponse> {
    return async ({ method, url, headers }) => {
      const received = await this.send({ step, method, url, headers });
      return { ...received, body: received.bytes };
    };
  }

  #keep(text: string, redact: (text: string) => string): string {
    return this.#options.keepSecrets ? text : redact(text);
  }

  /** Tokens of an answer become known secrets before anything of it is written down. */
  #learn(text: string, contentType: string): void {
    let fields: Record<string, unknown> = {};
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) fields = parsed as typeof fields;
    } catch {
      if (/form-urlencoded|text\/plain/.test(contentType)) fields = Object.fromEntries(new URLSearchParams(text));
    }
    this.secrets.add(fields['access_token'], fields['refresh_token'], fields['id_token']);
  }
}

/** Node's code of a network error (`ECONNREFUSED`, `ENOTFOUND`, …), also where it is the cause of the error. */
export function errorCode(error: unknown): string | undefined {
  for (let current = error, depth = 0; typeof current === 'object' && current !== null && depth < 10; depth++) {
    const { code, cause } = current as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    current = cause;
  }
  return undefined;
}
