/** Which request goes where: the provider's own endpoints, those of the imitation, and the sign-in page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { emails, endSession, grafanaComUser, orgs, presetEndpoint, teams, userinfo } from './api.js';
import { checkAuthorization } from './authorize.js';
import { type Context, type Exchange, has, isLoopback, redirect, send, sendHtml, sendJson } from './context.js';
import { discoveryDocument } from './discovery-document.js';
import type { Endpoint } from './misbehave.js';
import { errorPage, homePage, loginPage } from './pages.js';
import type { DemoPreset } from './presets/index.js';
import { checkTokenRequest } from './token-endpoint.js';

const SESSION_COOKIE = /^_session/;

/** Which part of the provider a path belongs to. */
function endpointAt(preset: DemoPreset, path: string): Endpoint | 'end-session' | 'grafana-com-user' | undefined {
  const { paths } = preset;
  if (path === paths.authorize) return 'authorize';
  if (path === paths.token) return 'token';
  if (path === paths.userinfo) return 'userinfo';
  if (path === paths.jwks) return 'jwks';
  if (path === paths.discovery) return 'discovery';
  if (path === paths.endSession) return 'end-session';
  const below = (name: string) => path === `${paths.userinfo}/${name}` || path === `/${name}`;
  if (below('emails')) return 'emails';
  if (below('teams')) return 'teams';
  if (below('orgs')) return 'orgs';
  // The fixed addresses of the Grafana Cloud login, so that `[grafana_com] url` can point here.
  if (path === '/oauth2/authorize') return 'authorize';
  if (path === '/api/oauth2/token') return 'token';
  if (path === '/api/oauth2/user') return 'grafana-com-user';
  return undefined;
}

/** Answers one request that was read. `signedIn`: who is signed in without being asked. */
export async function answer(
  context: Context,
  exchange: Exchange,
  signedIn: () => string | undefined,
  delay: number,
): Promise<void> {
  const { preset } = context;
  const { request, response, url } = exchange;
  const path = url.pathname;
  if (!isLoopback(`http://${request.headers.host ?? ''}`)) {
    sendHtml(response, 421, errorPage('Wrong address', 'This provider answers on 127.0.0.1 and localhost only.'));
    return;
  }
  const endpoint = endpointAt(preset, path);
  const strikes = context.misbehaviours.filter((one) => one.at === endpoint).map((one) => one.fault);
  if (strikes.includes('slow')) await pause(delay, response);
  if (strikes.includes('hang')) return;
  if (strikes.includes('hang-up')) {
    response.destroy();
    return;
  }
  if (strikes.includes('redirect-loop')) return redirect(response, `${url.pathname}${url.search}`);
  if (strikes.includes('oversized')) {
    return send(response, 200, 'application/json; charset=utf-8', JSON.stringify({ padding: 'x'.repeat(5 << 20) }));
  }
  if (strikes.includes('html-error')) return sendHtml(response, 502, errorPage('Bad gateway', 'Upstream is away.'));
  if (strikes.includes('html-ok')) return sendHtml(response, 200, errorPage('Please sign in', 'Your session is over.'));

  const extra = preset.endpoints && Object.hasOwn(preset.endpoints, path);
  if (extra && request.method === 'GET') return presetEndpoint(context, exchange, path);
  switch (endpoint) {
    case 'authorize': {
      const inside = checkAuthorization(context, exchange);
      if (inside === undefined) return;
      // Every sign-in asks anew who you are: people come here to be several.
      const cookies = (request.headers.cookie ?? '').split(/; */).filter((cookie) => !SESSION_COOKIE.test(cookie));
      return pass(context, exchange, { url: inside, method: 'GET', headers: { cookie: cookies.join('; ') }, body: '' });
    }
    case 'token': {
      if (request.method !== 'POST') return send(response, 405, 'text/plain', 'POST only', { allow: 'POST' });
      const checked = await checkTokenRequest(context, exchange);
      if (checked) pass(context, exchange, { url: preset.paths.token, method: 'POST', ...checked });
      return;
    }
    case 'userinfo':
      return userinfo(context, exchange);
    case 'emails':
      return emails(context, exchange);
    case 'teams':
      return teams(context, exchange);
    case 'orgs':
      return orgs(context, exchange);
    case 'grafana-com-user':
      return grafanaComUser(context, exchange);
    case 'end-session':
      return endSession(context, exchange);
    case 'discovery':
      if (has(context, 'no-discovery')) break;
      return sendJson(response, 200, discoveryDocument(context));
    case 'jwks':
      return sendJson(response, 200, { keys: [context.key.publicJwk] });
    case undefined:
      if (path.startsWith('/interaction/')) return interaction(context, exchange, signedIn());
      // The address the provider behind uses to go on after the sign-in page.
      if (path.startsWith(`${preset.paths.authorize.replace(/\/$/, '')}/`)) {
        return pass(context, exchange, { url: path, method: 'GET', headers: {}, body: '' });
      }
      if (path === '/') return sendHtml(response, 200, homePage(preset.title, context.issuer, context.users));
  }
  sendJson(response, 404, { message: 'Not Found' });
}

async function interaction(context: Context, exchange: Exchange, signedIn: string | undefined): Promise<void> {
  const { request, response, url, form } = exchange;
  let hint: string | undefined;
  try {
    hint = (await context.inner.interaction(request, response)).loginHint;
  } catch {
    sendHtml(response, 400, errorPage('This sign-in is over', 'Start again where you came from.'));
    return;
  }
  if (signedIn !== undefined) return context.inner.finish(request, response, signedIn);
  if (request.method === 'POST') {
    const user = form.get('user') ?? undefined;
    if (form.has('cancel')) return context.inner.finish(request, response, undefined);
    if (context.users.some((one) => one.id === user)) return context.inner.finish(request, response, user);
  }
  const page = loginPage({ action: url.pathname, title: context.preset.title, users: context.users, hint });
  sendHtml(response, 200, page);
}

/** The address the browser goes back to, with the faults that were asked for. */
export function changeRedirect(context: Context, location: string): string {
  if (!URL.canParse(location)) return location;
  const url = new URL(location);
  if (url.origin === context.origin || !(url.searchParams.has('code') || url.searchParams.has('error')))
    return location;
  if (has(context, 'wrong-state')) url.searchParams.set('state', 'not-the-state-you-sent');
  if (has(context, 'wrong-iss-parameter')) url.searchParams.set('iss', 'https://somebody-else.example.com');
  else if (context.preset.kind === 'oauth2') url.searchParams.delete('iss');
  return url.href;
}

/** Hands a request on to the provider behind, with another address, headers and body. */
function pass(
  context: Context,
  { request, response }: Exchange,
  to: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  },
): void {
  const headers = { ...request.headers, ...to.headers, 'content-length': String(Buffer.byteLength(to.body)) };
  const copy = Object.assign(Readable.from(to.body === '' ? [] : [Buffer.from(to.body)]), {
    headers,
    url: to.url,
    method: to.method,
    socket: request.socket,
    httpVersion: request.httpVersion,
  });
  context.inner.handle(copy as unknown as IncomingMessage, response);
}

function pause(milliseconds: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    timer.unref();
    response.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
