/**
 * The loopback listener the browser comes back to: one address, one use, loopback only, closed afterwards.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InterruptedError, RemoteError, UsageError } from '../errors.js';

export interface CallbackServerOptions {
  /** `127.0.0.1`, `::1`, or `localhost` (both). */
  readonly hostname: string;
  /** 0: any free port. */
  readonly port: number;
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

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  connection: 'close',
};

/**
 * Listens on loopback.
 * @throws UsageError where the port is taken or may not be used.
 */
export async function startCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  let arrived: ((callback: Callback) => void) | undefined;
  let used = false;
  const open = new Set<ServerResponse>();

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    const answer = (status: number, text: string, extra: Record<string, string> = {}) => {
      if (response.headersSent) return;
      response.writeHead(status, { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8', ...extra });
      response.end(`${text}\n`);
    };
    // A page of another site whose name was pointed at this address would send its own Host (DNS rebinding).
    if (!allowedHost(request.headers.host, port)) return answer(421, 'This address is for the login of auth-cli only.');
    const url = requestUrl(request);
    if (url?.pathname !== options.path) return answer(404, 'Not here. The login comes back to another path.');
    if (request.method !== 'GET') return answer(405, 'Only GET is answered here.', { allow: 'GET' });
    if (used) return answer(410, 'This login was already completed. Start auth-cli test-login again for another one.');
    used = true;
    arrived?.({
      url,
      respond(status, html) {
        if (response.headersSent || response.destroyed) return;
        response.writeHead(status, PAGE_HEADERS);
        response.end(html);
      },
    });
  };

  const servers: Server[] = [];
  let port = options.port;
  const addresses =
    options.hostname === 'localhost' ? ['127.0.0.1', '::1'] : [options.hostname.replace(/^\[|\]$/g, '')];
  for (const address of addresses) {
    const server = createServer({ maxHeaderSize: 65_536 }, handle);
    try {
      await listen(server, port, address);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // Without IPv6 `localhost` is 127.0.0.1 alone.
      if (address === '::1' && servers.length > 0 && code !== 'EADDRINUSE') continue;
      await Promise.all(servers.map(closeServer));
      throw portError(code, port, error);
    }
    servers.push(server);
    port = (server.address() as AddressInfo).port;
  }

  return {
    port,
    wait(timeout, signal) {
      return new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          arrived = undefined;
        };
        const onAbort = () => {
          done();
          reject(new InterruptedError());
        };
        const timer = setTimeout(() => {
          done();
          reject(
            new RemoteError(
              `nobody came back from the identity provider within ${Math.round(timeout / 1000)} seconds`,
              {
                because: 'the login was not finished in the browser, or the provider sent it to another address',
                hint: 'compare the redirect URI registered at the provider; --login-timeout SECONDS waits longer',
              },
            ),
          );
        }, timeout);
        arrived = (callback) => {
          done();
          resolve(callback);
        };
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    async close() {
      // A page that is being sent is let through; everything else is dropped.
      await Promise.all([...open].map((response) => (response.headersSent ? finished(response) : response.destroy())));
      await Promise.all(servers.map(closeServer));
    },
  };
}

function requestUrl(request: IncomingMessage): URL | undefined {
  const address = `http://${request.headers.host}${request.url}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

function finished(response: ServerResponse): Promise<void> {
  return response.writableFinished || response.destroyed
    ? Promise.resolve()
    : new Promise((resolve) => {
        response.once('finish', () => resolve());
        response.once('close', () => resolve());
      });
}

function allowedHost(host: string | undefined, port: number): boolean {
  const allowed = ['127.0.0.1', 'localhost', '[::1]'];
  return allowed.some(
    (name) => host?.toLowerCase() === `${name}:${port}` || (port === 80 && host?.toLowerCase() === name),
  );
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portError(code: string | undefined, port: number, cause: unknown): UsageError {
  if (code === 'EADDRINUSE') {
    return new UsageError(`port ${port} is in use`, {
      because: 'another program listens there, perhaps the Grafana whose root_url names this port',
      hint: `stop it (lsof -i :${port} tells what it is), or register a redirect URI with another port and pass --port`,
      cause,
    });
  }
  if (code === 'EACCES') {
    return new UsageError(`port ${port} may not be used by this account`, {
      hint: 'ports below 1024 need rights; pass --port, or --paste to log in with the redirect URI as it is',
      cause,
    });
  }
  return new UsageError(`cannot listen on port ${port}${code === undefined ? '' : ` (${code})`}`, { cause });
}
