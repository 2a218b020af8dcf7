/** What the parts of the demo provider share while it runs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Moment } from './claims.js';
import type { SigningKey } from './keys.js';
import type { FaultName, Misbehaviour } from './misbehave.js';
import type { DemoPreset } from './presets/index.js';
import type { InnerProvider, SignIn } from './provider.js';
import type { DemoUser } from './users.js';

export interface Context {
  readonly preset: DemoPreset;
  readonly issuer: string;
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly users: readonly DemoUser[];
  readonly key: SigningKey;
  readonly misbehaviours: readonly Misbehaviour[];
  /** Exact addresses; undefined: any loopback address. */
  readonly redirectUris: readonly string[] | undefined;
  /** Seconds. */
  readonly ttl: number;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly inner: InnerProvider;
}

export function has(context: Pick<Context, 'misbehaviours'>, fault: FaultName): boolean {
  return context.misbehaviours.some((one) => one.fault === fault);
}

/** What the claims of a sign-in depend on besides the person. */
export function momentOf(context: Context, signIn: SignIn): Moment {
  return {
    issuer: context.issuer,
    origin: context.origin,
    client: context.clientId,
    now: context.now(),
    ttl: context.ttl,
    session: signIn.session,
    scopes: signIn.scopes,
  };
}

/** One request with everything read. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: string;
  readonly form: URLSearchParams;
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers?: Record<string, string>) {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body), headers);
}

export function sendHtml(response: ServerResponse, status: number, body: string): void {
  send(response, status, 'text/html; charset=utf-8', body, {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  });
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'content-length': '0', 'cache-control': 'no-store' });
  response.end();
}

/** `invalid_grant: Code not valid` as the two members of an OAuth error; a text without a code is the error itself. */
export function oauthError(
  text: string | undefined,
  fallback: string,
  description: string,
): { error: string; error_description?: string } {
  if (text === undefined) return { error: fallback, error_description: description };
  const match = /^([a-z_]+): (.+)$/s.exec(text);
  return match ? { error: match[1]!, error_description: match[2]! } : { error: text };
}

/** An address this machine only can reach. */
export function isLoopback(address: string): boolean {
  try {
    return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
  } catch {
    return false;
  }
}
