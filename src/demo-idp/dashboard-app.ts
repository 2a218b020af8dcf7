/**
 * A sample authentication app for Dashboard's JWT login: shows whom one can be, signs the token with the shared key, sends the
 * browser back. Stands where an operator's own app would. Listens on loopback only.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ssoAddress } from '../dashboard/sso-address.js';
import { escapeHtml } from '../text/html.js';
import { listen, readBody } from './http.js';
import { DEMO_USERS, type DemoUser } from './users.js';

export interface DashboardAppOptions {
  readonly port?: number;
  /** Shared key of app and Dashboard. */
  readonly secret: string;
  /** Address of Dashboard in the browser, without a slash at the end; asked for at every login, since it may not be known before. */
  readonly siteUrl: () => string;
  readonly users?: readonly DemoUser[];
  /** Signs this person in without asking. */
  readonly user?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Called when a request was answered; status 0 where its connection was closed instead. */
  readonly onRequest?: (request: { readonly method: string; readonly path: string; readonly status: number }) => void;
}

export interface DashboardApp {
  readonly port: number;
  /** The JWT Identity Provider URI: `http://127.0.0.1:PORT/sso`. */
  readonly uri: string;
  readonly users: readonly DemoUser[];
  signInAs(user: string | undefined): void;
  close(): Promise<void>;
}

/** How long its tokens say they live, in seconds; Dashboard gives up 180 seconds after `iat` all the same. */
const LIFETIME = 600;

/** @throws RemoteError where the port is taken. */
export async function startDashboardApp(options: DashboardAppOptions): Promise<DashboardApp> {
  const users = options.users ?? DEMO_USERS;
  let signedIn = options.user;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname !== '/sso') return send(response, 404, 'text/plain', 'not found\n');
    const form = request.method === 'POST' ? new URLSearchParams(await readBody(request)) : undefined;
    const returnTo = url.searchParams.get('return_to') ?? undefined;
    const wanted = form?.get('user') ?? signedIn;
    const user = users.find((known) => known.id === wanted);
    if (user === undefined) return send(response, 200, 'text/html', page(users, returnTo));
    const jwt = await sign(user, options.secret, (options.now ?? Date.now)());
    // The embedding SDK asks for JSON and carries the token itself.
    if (url.searchParams.get('response') === 'json')
      return send(response, 200, 'application/json', `${JSON.stringify({ jwt })}\n`);
    response.writeHead(302, {
      location: ssoAddress(options.siteUrl(), jwt, returnTo),
      'cache-control': 'no-store',
    });
    response.end();
  };
  const server = createServer((request, response) => {
    response.on('close', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      options.onRequest?.({
        method: request.method ?? 'GET',
        path: pathname,
        status: response.writableFinished ? response.statusCode : 0,
      });
    });
    handle(request, response).catch(() => response.destroy());
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    uri: `http://127.0.0.1:${port}/sso`,
    users,
    signInAs(user) {
      signedIn = user;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function sign(user: DemoUser, secret: string, now: number): Promise<string> {
  const { SignJWT } = await import('jose');
  const seconds = Math.floor(now / 1000);
  return new SignJWT({
    ...(user.email === undefined ? {} : { email: user.email }),
    first_name: user.givenName,
    last_name: user.familyName,
    groups: [...user.groups],
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + LIFETIME)
    .sign(new TextEncoder().encode(secret));
}

function page(users: readonly DemoUser[], returnTo: string | undefined): string {
  const action = returnTo === undefined ? '/sso' : `/sso?return_to=${encodeURIComponent(returnTo)}`;
  const people = users
    .map(
      (user) =>
        `<li><button type="submit" name="user" value="${escapeHtml(user.id)}"><strong>${escapeHtml(user.id)}</strong> – ${escapeHtml(user.name)}, ${escapeHtml(user.summary)}</button></li>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign in · sample authentication app</title></head>
<body>
<main>
<h1>Sample authentication app</h1>
<p>Who do you want to be at Dashboard? No password is needed.</p>
<form method="post" action="${escapeHtml(action)}">
<ul>
${people}
</ul>
</form>
</main>
</body>
</html>
`;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}
