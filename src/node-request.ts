/**
 * One HTTP exchange with Node's own client: no redirects, a limit for time and size, TLS settings of the product, fixed addresses,
 * and the proxy variables that Go programs obey (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, upper or lower case).
 */
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import tls from 'node:tls';
import { InterruptedError } from './errors.js';
import type { HttpRequest, HttpResponse, HttpTls } from './host.js';

/**
 * Sends a request and reads the answer.
 * Rejects with Node's error (its `code`, such as `ENOTFOUND`), with code `ETIMEDOUT` when the time is over, and with InterruptedError
 * when `stop` aborts.
 */
export async function nodeRequest(
  request: HttpRequest,
  env: NodeJS.ProcessEnv,
  stop: AbortSignal,
): Promise<HttpResponse> {
  const started = performance.now();
  const limit = AbortSignal.timeout(request.timeout);
  const signal = AbortSignal.any([limit, stop, ...(request.signal ? [request.signal] : [])]);
  try {
    const url = new URL(request.url);
    const response = await send(url, request, env, signal);
    const { body, truncated } = await readBody(response, request.maxBytes);
    return {
      status: response.statusCode ?? 0,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : (value ?? ''),
        ]),
      ),
      body,
      truncated,
      elapsed: performance.now() - started,
    };
  } catch (error) {
    if (stop.aborted) throw new InterruptedError();
    if (limit.aborted)
      throw Object.assign(new Error(`no answer within ${request.timeout} ms`, { cause: error }), { code: 'ETIMEDOUT' });
    throw error;
  }
}

async function send(
  url: URL,
  request: HttpRequest,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:')
    throw Object.assign(new Error(`unsupported protocol scheme "${url.protocol.slice(0, -1)}"`), {
      code: 'ERR_INVALID_PROTOCOL',
    });
  const lookup = fixedLookup(request.resolve ?? []);
  const proxy = proxyFor(url, env);
  const options: https.RequestOptions = {
    method: request.method,
    headers: {
      ...request.headers,
      ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
    },
    signal,
    agent: false,
    ...(lookup ? { lookup } : {}),
    ...(secure ? tlsOptions(request.tls) : {}),
  };
  if (proxy && secure) options.createConnection = await tunnel(proxy, url, request.tls, signal);
  return new Promise((resolve, reject) => {
    const outgoing =
      proxy && !secure
        ? http.request(proxy, {
            ...options,
            path: url.href,
            headers: { host: url.host, ...proxyAuthorization(proxy), ...options.headers },
          } as http.RequestOptions)
        : (secure ? https : http).request(url, options);
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(request.body);
  });
}

/** A CA given replaces the system's own, as `RootCAs` does in Go. */
function tlsOptions(settings: HttpTls | undefined): tls.SecureContextOptions & { rejectUnauthorized?: boolean } {
  return {
    ...(settings?.ca === undefined ? {} : { ca: settings.ca }),
    ...(settings?.cert === undefined ? {} : { cert: settings.cert }),
    ...(settings?.key === undefined ? {} : { key: settings.key }),
    ...(settings?.skipVerify ? { rejectUnauthorized: false } : {}),
  };
}

async function readBody(
  response: http.IncomingMessage,
  maxBytes: number,
): Promise<{ body: Uint8Array; truncated: boolean }> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > maxBytes) {
      response.destroy();
      return { body: Buffer.concat(pieces).subarray(0, maxBytes), truncated: true };
    }
  }
  return { body: Buffer.concat(pieces), truncated: false };
}

/** `host:address` pairs as a lookup; undefined without pairs. */
function fixedLookup(pairs: readonly string[]): LookupFunction | undefined {
  if (pairs.length === 0) return undefined;
  const known = new Map<string, string>();
  for (const pair of pairs) {
    const colon = pair.indexOf(':');
    known.set(pair.slice(0, colon).toLowerCase(), pair.slice(colon + 1).replace(/^\[|\]$/g, ''));
  }
  return (host, options, callback) => {
    const address = known.get(host.toLowerCase());
    if (address !== undefined) {
      const family = isIP(address);
      if (options.all) callback(null, [{ address, family }]);
      else callback(null, address, family);
      return;
    }
    void import('node:dns').then((dns) => dns.lookup(host, options, callback as never));
  };
}

// Proxies, as Go's http.ProxyFromEnvironment reads them.

export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const read = (name: string) => env[name] || env[name.toLowerCase()];
  const text = url.protocol === 'https:' ? read('HTTPS_PROXY') : read('HTTP_PROXY');
  if (!text) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return undefined;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  for (const entry of (read('NO_PROXY') ?? '').split(','))
    if (matchesNoProxy(entry.trim(), host, port)) return undefined;
  const proxy = URL.canParse(text) && /^https?:/.test(text) ? new URL(text) : new URL(`http://${text}`);
  return proxy;
}

function matchesNoProxy(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const [, name, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase())!;
  if (wantedPort !== undefined && wantedPort !== port) return false;
  if (isIP(host)) return name === host || inNetwork(host, name!);
  const bare = name!.replace(/^\*?\./, '');
  const subdomainsOnly = name !== bare;
  return host.endsWith(`.${bare}`) || (!subdomainsOnly && host === bare);
}

function inNetwork(address: string, network: string): boolean {
  const match = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(network);
  if (!match || isIP(address) !== 4) return false;
  const number = (text: string) => text.split('.').reduce((all, part) => all * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(match[2]));
  return Math.floor(number(address) / size) === Math.floor(number(match[1]!) / size);
}

function proxyAuthorization(proxy: URL): Record<string, string> {
  if (!proxy.username) return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A connection to the target through CONNECT, ready for `createConnection`. */
async function tunnel(
  proxy: URL,
  target: URL,
  settings: HttpTls | undefined,
  signal: AbortSignal,
): Promise<() => tls.TLSSocket> {
  const authority = `${target.hostname}:${target.port || 443}`;
  const socket = await new Promise<import('node:net').Socket>((resolve, reject) => {
    const outgoing = (proxy.protocol === 'https:' ? https : http).request(proxy, {
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      agent: false,
      signal,
    });
    outgoing.once('connect', (response, connected) => {
      if (response.statusCode === 200) return resolve(connected);
      connected.destroy();
      reject(
        Object.assign(new Error(`the proxy ${proxy.host} answered ${response.statusCode} to CONNECT ${authority}`), {
          code: 'ERR_PROXY_TUNNEL',
        }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
  const host = target.hostname.replace(/^\[|\]$/g, '');
  return () => tls.connect({ socket, ...(isIP(host) ? {} : { servername: host }), ...tlsOptions(settings) });
}
