/**
 * A listener on loopback that a browser comes to: Host header checked, pages without scripts, every connection dropped at the end.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../errors.js';

export interface LoopbackRequest {
  readonly method: string;
  /** The whole address the browser asked for. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LoopbackReply {
  readonly status: number;
  /** HTML where it begins with `<`, JSON where `json` is set, else plain text. */
  readonly body?: string;
  readonly json?: unknown;
  readonly location?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoopbackServer {
  readonly port: number;
  /** Frees the port; pages being sent are let through, everything else is dropped. */
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** `127.0.0.1`, `::1`, or `localhost` (both). */
  readonly hostname: string;
  /** 0: any free port. */
  readonly port: number;
}

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  connection: 'close',
};

/**
 * Listens on loopback and answers with what `handle` gives; a handler that never answers keeps its browser waiting.
 * @throws UsageError where the port is taken or may not be used.
 */
export async function startLoopbackServer(
  options: LoopbackOptions,
  handle: (request: LoopbackRequest) => Promise<LoopbackReply> | LoopbackReply,
): Promise<LoopbackServer> {
  const open = new Set<ServerResponse>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    // A page of another site whose name was pointed at this address would send its own Host (DNS rebinding).
    const reply = allowedHost(request.headers.host, port)
      ? await replyTo(request, handle)
      : { status: 421, body: 'This address is for the login of auth-cli only.' };
    if (!response.headersSent && !response.destroyed) write(response, reply);
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  };

  const servers: Server[] = [];
  let port = options.port;
  const addresses =
    options.hostname === 'localhost' ? ['127.0.0.1', '::1'] : [options.hostname.replace(/^\[|\]$/g, '')];
  for (const address of addresses) {
    const server = createServer({ maxHeaderSize: 65_536 }, listener);
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
    async close() {
      // A reply given just now is written in this turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([...open].map((response) => (response.headersSent ? finished(response) : response.destroy())));
      await Promise.all(servers.map(closeServer));
    },
  };
}

async function replyTo(
  request: IncomingMessage,
  handle: (request: LoopbackRequest) => Promise<LoopbackReply> | LoopbackReply,
): Promise<LoopbackReply> {
  const address = `http://${request.headers.host}${request.url}`;
  if (!URL.canParse(address)) return { status: 404, body: 'Not here.' };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return handle({ method: request.method ?? 'GET', url: new URL(address), headers });
}

function write(response: ServerResponse, reply: LoopbackReply): void {
  const json = reply.json !== undefined;
  const body = json ? `${JSON.stringify(reply.json)}\n` : (reply.body ?? '');
  const type = json ? 'application/json' : body.startsWith('<') ? 'text/html' : 'text/plain';
  response.writeHead(reply.status, {
    ...HEADERS,
    'content-type': `${type}; charset=utf-8`,
    ...(reply.location === undefined ? {} : { location: reply.location }),
    ...reply.headers,
  });
  response.end(type === 'text/plain' && body !== '' ? `${body}\n` : body);
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
