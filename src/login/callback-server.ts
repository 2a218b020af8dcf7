/**
 * The loopback listener the browser comes back to: one address, one use, closed afterwards.
 */
import { InterruptedError, RemoteError } from '../errors.js';
import { type LoopbackOptions, type LoopbackReply, startLoopbackServer } from './loopback.js';

export interface CallbackServerOptions extends LoopbackOptions {
  /** The one path that is answered. */
  readonly path: string;
}

export interface Callback {
  /** The whole address the browser asked for. */
  readonly url: URL;
  /** Sends the page; a second call does nothing. */
  respond(status: number, html: string): void;
}

export interface CallbackServer {
  readonly port: number;
  /** Resolves with the first callback; rejects when the time is over or the signal is aborted. */
  wait(timeout: number, signal: AbortSignal): Promise<Callback>;
  /** Frees the port and drops every connection. */
  close(): Promise<void>;
}

/**
 * Listens on loopback.
 * @throws UsageError where the port is taken or may not be used.
 */
export async function startCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  let arrived: ((callback: Callback) => void) | undefined;
  let used = false;
  let stopWaiting = () => {};
  const server = await startLoopbackServer(options, ({ method, url }) => {
    if (url.pathname !== options.path) return { status: 404, body: 'Not here. The login comes back to another path.' };
    if (method !== 'GET') return { status: 405, body: 'Only GET is answered here.', headers: { allow: 'GET' } };
    if (used)
      return {
        status: 410,
        body: 'This login was already completed. Start auth-cli test-login again for another one.',
      };
    used = true;
    return new Promise<LoopbackReply>((resolve) => {
      arrived?.({ url, respond: (status, body) => resolve({ status, body }) });
    });
  });
  return {
    port: server.port,
    wait: (timeout, signal) =>
      new Promise((resolve, reject) => {
        const stop = waitLimit(timeout, signal, (error) => {
          arrived = undefined;
          reject(error);
        });
        stopWaiting = stop;
        arrived = (callback) => {
          stop();
          arrived = undefined;
          resolve(callback);
        };
      }),
    close() {
      stopWaiting();
      return server.close();
    },
  };
}

/** Calls `fail` when the time is over or the person interrupts; the function returned ends the waiting. */
export function waitLimit(timeout: number, signal: AbortSignal, fail: (error: Error) => void): () => void {
  const stop = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  const onAbort = () => {
    stop();
    fail(new InterruptedError());
  };
  const timer = setTimeout(() => {
    stop();
    fail(
      new RemoteError(`nobody came back from the identity provider within ${Math.round(timeout / 1000)} seconds`, {
        because: 'the login was not finished in the browser, or the provider sent it to another address',
        hint: 'compare the address registered at the provider; --login-timeout SECONDS waits longer',
      }),
    );
  }, timeout);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return stop;
}
