/**
 * `test-login` for Dashboard: the tool stands in for the server on loopback. It sends the browser to the authentication app,
 * takes the token that comes back, and resolves it as the server would, so that the whole round trip can be seen before the
 * server is touched.
 */

import type { PreparedResolver } from '../claims/resolver.js';
import type { Resolution } from '../claims/trace.js';
import { CliError, InterruptedError, RemoteError } from '../errors.js';
import type { Host } from '../host.js';
import { waitLimit } from './callback-server.js';
import { explainNetworkError } from './explain.js';
import { thrownFailure } from './flow-failures.js';
import { startRecord } from './login-record.js';
import { type LoopbackReply, type LoopbackRequest, startLoopbackServer } from './loopback.js';
import { renderPage } from './page.js';
import { type Exchange, errorCode, type Recorder } from './recorder.js';
import type { LoginFlags, LoginOutcome } from './report.js';
import { type LoginEnvelope, plainPayload, withoutSignature } from './session.js';
import { shownToken } from './shown-token.js';
import type { LoginFailure, LoginStep } from './steps.js';

export interface DashboardLoginInput {
  readonly host: Host;
  readonly resolver: PreparedResolver;
  readonly version: string;
  /** The identity provider URI of the configuration; empty where it is not set. */
  readonly identityProviderUri: string;
  readonly siteUrl: string;
  readonly flags: LoginFlags;
  readonly signal: AbortSignal;
  /** Told the address the stand-in answers at, before anybody comes. */
  onListen?(origin: string): void;
  visit(url: string): Promise<string | undefined>;
  paste(): Promise<string>;
  onStep(step: LoginStep): void;
  onExchange(exchange: Exchange): void;
  onAuthorize(request: { readonly url: string }, redirectUri: string): Promise<void>;
  note(text: string): Promise<void>;
}

/** What the browser first asks for, as in the documented flow. */
const DESTINATION = '/question/1-superb-question';

/** Query parameters of a request, decoded once, as the server decodes them. */
function queryOf(url: URL): Record<string, string> {
  return Object.fromEntries(url.searchParams);
}

/** Further than the server goes: what a browser would take to another site, although the server lets it pass. */
export function leavesSite(returnTo: string, origin: string): boolean {
  return !URL.canParse(returnTo, origin) || new URL(returnTo, origin).origin !== new URL(origin).origin;
}

class StandIn {
  resolution: Resolution | undefined;
  token: string | undefined;
  readonly #input: DashboardLoginInput;
  readonly #recorder: Recorder;
  readonly #onStep: (step: LoginStep) => void;
  #ended: ((failure?: LoginFailure) => void) | undefined;
  /** Ends the waiting where nobody will come any more. */
  stop = () => {};
  origin = '';

  constructor(input: DashboardLoginInput, recorder: Recorder, onStep: (step: LoginStep) => void) {
    this.#input = input;
    this.#recorder = recorder;
    this.#onStep = onStep;
  }

  /** Resolves when the browser reached a page that ends the round trip. */
  wait(timeout: number, signal: AbortSignal): Promise<LoginFailure | undefined> {
    return new Promise((resolve, reject) => {
      const stop = waitLimit(timeout, signal, reject);
      this.stop = stop;
      this.#ended = (failure) => {
        stop();
        resolve(failure);
      };
    });
  }

  async handle(request: LoopbackRequest): Promise<LoopbackReply> {
    const { pathname } = request.url;
    if (request.method !== 'GET' && pathname !== '/auth/sso')
      return { status: 405, body: 'Only GET is answered here.' };
    if (pathname === '/auth/sso' || pathname === '/auth/sso/') return this.#sso(request);
    if (pathname === '/favicon.ico') return { status: 404, body: 'not found' };
    if (this.resolution?.outcome === 'allowed') return this.#destination(`${pathname}${request.url.search}`);
    // Somebody who is not logged in is sent on, and the way back is kept.
    const wanted = `${pathname}${request.url.search}`;
    const location = `/auth/sso?redirect=${encodeURIComponent(wanted)}`;
    this.#onStep({
      step: 'redirect',
      ok: true,
      request: `GET ${wanted}`,
      status: 302,
      notes: [`not logged in: on to ${location}`],
    });
    return { status: 302, location };
  }

  async #sso(request: LoopbackRequest): Promise<LoopbackReply> {
    const query = queryOf(request.url);
    const jwt = query['jwt'];
    if (jwt !== undefined) this.#recorder.secrets.add(jwt);
    const resolution = await this.resolve(request.method, query, request.headers);
    const response = resolution['response'] as { status: number | null; location?: string; body?: unknown };
    if (jwt === undefined) return this.#firstLeg(query, response);
    this.resolution = resolution;
    this.token = jwt;
    const status = response.status ?? 500;
    const allowed = resolution.outcome === 'allowed';
    this.#onStep({
      step: 'callback',
      ok: allowed,
      request: `${request.method} /auth/sso?jwt=[redacted]${query['return_to'] === undefined ? '' : `&return_to=${query['return_to']}`}`,
      ...(response.status === null ? {} : { status: response.status }),
      notes: allowed ? [`verified; on to ${response.location}`] : [resolution.denial?.message ?? 'refused'],
    });
    if (!allowed) {
      this.#ended?.();
      return { status: status >= 300 && status < 400 ? 400 : status, body: page(resolution, this.#recorder) };
    }
    if (response.location === undefined) {
      this.#ended?.();
      return { status, json: response.body ?? {} };
    }
    if (leavesSite(response.location, this.origin)) {
      this.#ended?.({
        step: 'return',
        message: `the server would send the browser to ${response.location}, which leaves Dashboard`,
        usually: 'the authentication app passes on a return_to it did not check; the server compares too little of it',
        try: 'have the app refuse a return_to that is no path of one slash',
        remote: false,
      });
      return { status: 400, body: page(resolution, this.#recorder, `not followed: ${response.location}`) };
    }
    return { status: 302, location: response.location };
  }

  #firstLeg(
    query: Readonly<Record<string, string>>,
    response: { status: number | null; location?: string; body?: unknown },
  ): LoopbackReply {
    const status = response.status ?? 500;
    if (response.location === undefined) {
      if (response.body !== undefined && status === 200) return { status, json: response.body };
      this.#ended?.({
        step: 'redirect',
        message: 'Dashboard would not send the browser to the authentication app',
        usually: 'JWT login is off or not configured',
        try: 'auth-cli validate shows what is missing',
        remote: false,
      });
      return {
        status: status >= 300 && status < 400 ? 400 : status,
        body: 'SSO has not been enabled and/or configured',
      };
    }
    const notes = [`on to ${response.location}`];
    const redirect = query['redirect'];
    if (redirect !== undefined && /[&#]/.test(redirect)) {
      notes.push(
        'the server does not encode return_to again: what follows & or # in it does not reach the app as part of it',
      );
    }
    if (redirect !== undefined && /[%+]/.test(redirect)) {
      notes.push('the server does not encode return_to again: the app decodes % and + in it once more');
    }
    this.#onStep({
      step: 'redirect',
      ok: true,
      request: `GET /auth/sso${redirect === undefined ? '' : `?redirect=${redirect}`}`,
      status: 302,
      notes,
    });
    return { status: 302, location: response.location };
  }

  /** The page the login ended on; where it is not the one first asked for, the app lost it on the way. */
  #destination(reached: string): LoopbackReply {
    const back = reached === DESTINATION;
    this.#onStep({
      step: 'return',
      ok: back,
      request: `GET ${reached}`,
      status: 200,
      notes: back
        ? ['back where the person wanted to be']
        : [`logged in, but not back at ${DESTINATION}: the app did not pass on return_to as it got it`],
    });
    this.#ended?.();
    return { status: 200, body: page(this.resolution!, this.#recorder) };
  }

  /** What the server makes of a request to `/auth/sso`. */
  async resolve(
    method: string,
    query: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Resolution> {
    const client = headers['x-metabase-client'];
    return this.#input.resolver.resolve({
      ...(query['jwt'] === undefined ? {} : { id_token: query['jwt'] }),
      request: {
        method,
        path: '/auth/sso',
        query: { ...query, ...(query['jwt'] === undefined ? {} : { jwt: '<jwt>' }) },
        ...(client === undefined ? {} : { headers: { 'x-metabase-client': client } }),
      },
    });
  }
}

function page(resolution: Resolution, recorder: Recorder, text?: string): string {
  const user = (resolution.user ?? {}) as Readonly<Record<string, unknown>>;
  const rows = [
    ['e-mail', user['email']],
    ['name', [user['firstName'], user['lastName']].filter((part) => typeof part === 'string' && part !== '').join(' ')],
    ['groups', Array.isArray(user['groups']) ? user['groups'].join(', ') : ''],
  ]
    .filter((row): row is [string, string] => typeof row[1] === 'string' && row[1] !== '')
    .map(([label, value]) => ({ label, value }));
  const ok = resolution.outcome === 'allowed' && text === undefined;
  return renderPage({
    ok,
    title: ok ? 'Logged in' : 'Dashboard would refuse this login',
    text: recorder.secrets.clean(text ?? resolution.denial?.message ?? 'This is what Dashboard would make of it.'),
    rows,
  });
}

/** Always resolves with what was recorded, unless the person interrupted before anything was. */
export async function dashboardLogin(input: DashboardLoginInput): Promise<LoginOutcome> {
  const { flags } = input;
  const { recorder, steps, onStep, recordedAt } = startRecord(input);
  const standIn = new StandIn(input, recorder, onStep);
  let failure: LoginFailure | undefined;
  try {
    if (flags.token !== undefined) await given(standIn, flags.token, onStep);
    else if (flags.paste) failure = await pasted(input, standIn, onStep);
    else if (flags.embedding) failure = await embedding(standIn, recorder, onStep);
    else failure = await roundTrip(input, standIn);
  } catch (error) {
    if (error instanceof InterruptedError) failure = { step: 'interrupted', message: 'Cancelled.', remote: false };
    else throw error;
  }
  return {
    envelope: {
      formatVersion: 1,
      kind: 'auth-cli session',
      recordedAt,
      product: 'dashboard',
      section: '',
      ...recordedToken(standIn.token, flags.showTokens),
      http: {},
      exchanges: recorder.exchanges,
    },
    report: {
      formatVersion: 1,
      target: { product: 'dashboard', version: input.version },
      steps,
      checks: [],
      strict: null,
      tokens:
        standIn.token === undefined
          ? null
          : {
              id_token: shownToken(standIn.token, flags.showTokens),
              access_token: null,
              refresh_token: null,
              other: {},
            },
      userinfo: null,
      claims: [],
      refresh: null,
      logout: null,
      resolution: standIn.resolution ?? null,
      failedAt: failure?.step ?? null,
      failure: failure ?? null,
    },
  };
}

/** Without its signature a token could not be verified again; its claims count as correctly signed. */
function recordedToken(token: string | undefined, keep: boolean): Pick<LoginEnvelope, 'token' | 'id_token_claims'> {
  if (token === undefined) return { token: {} };
  if (keep) return { token: { id_token: token } };
  const claims = plainPayload(token);
  return claims === undefined
    ? { token: { id_token: withoutSignature(token) } }
    : { token: {}, id_token_claims: claims };
}

async function given(standIn: StandIn, token: string, onStep: (step: LoginStep) => void): Promise<void> {
  standIn.token = token;
  standIn.resolution = await standIn.resolve('GET', { jwt: token });
  onStep({
    step: 'callback',
    ok: standIn.resolution.outcome === 'allowed',
    notes: ['a token given instead of a login'],
  });
}

/** The whole documented flow: destination, `/auth/sso`, app, token, destination. */
async function roundTrip(input: DashboardLoginInput, standIn: StandIn): Promise<LoginFailure | undefined> {
  const site = loopbackSite(input.siteUrl);
  const port = input.flags.port ?? site?.port ?? 0;
  const hostname = site?.hostname ?? '127.0.0.1';
  const server = await startLoopbackServer({ hostname, port }, (request) => standIn.handle(request));
  const origin = `http://${hostname}:${server.port}`;
  standIn.origin = origin;
  try {
    if (site === undefined && input.siteUrl !== '') {
      await input.note(
        `Dashboard itself is ${input.siteUrl}; here the authentication app must send the browser to ${origin}/auth/sso. Where it cannot be told so, use --paste`,
      );
    }
    input.onListen?.(origin);
    const start = `${origin}${DESTINATION}`;
    const ended = standIn.wait(input.flags.loginTimeout, input.signal);
    ended.catch(() => {});
    await input.onAuthorize({ url: start }, `${origin}/auth/sso`);
    try {
      await input.visit(start);
    } catch (error) {
      if (error instanceof InterruptedError || !(error instanceof CliError)) throw error;
      return {
        step: 'app',
        message: error.message,
        ...(error.because === undefined ? {} : { server: error.because }),
        remote: true,
      };
    }
    return await ended.catch((error: unknown) => {
      if (error instanceof RemoteError) return thrownFailure('app', error);
      throw error;
    });
  } finally {
    standIn.stop();
    await server.close();
  }
}

/** The person logs in at the real app and pastes the address it sends the browser to. */
async function pasted(
  input: DashboardLoginInput,
  standIn: StandIn,
  onStep: (step: LoginStep) => void,
): Promise<LoginFailure | undefined> {
  if (input.identityProviderUri !== '') {
    await input.onAuthorize({ url: input.identityProviderUri }, `${input.siteUrl}/auth/sso`);
    await input.visit(input.identityProviderUri);
  }
  const text = (await input.paste()).trim();
  const base = input.siteUrl || 'http://dashboard.invalid';
  const address = /^https?:/i.test(text) ? text : `${base}/auth/sso?${text.replace(/^\?/, '')}`;
  if (!URL.canParse(address)) return { step: 'callback', message: 'the pasted address is no URL', remote: false };
  const query = queryOf(new URL(address));
  if (query['jwt'] === undefined) {
    return {
      step: 'callback',
      message: 'the pasted address has no parameter jwt',
      usually:
        'the app sent the token elsewhere (a fragment, another name); Dashboard looks at jwt in the query only and would send the person to the app again',
      remote: true,
    };
  }
  standIn.token = query['jwt'];
  standIn.resolution = await standIn.resolve('GET', query);
  onStep({
    step: 'callback',
    ok: standIn.resolution.outcome === 'allowed',
    request: 'GET /auth/sso?jwt=[redacted]',
    notes: standIn.resolution.denial === null ? [] : [standIn.resolution.denial.message],
  });
  return undefined;
}

const SDK = { 'x-metabase-client': 'embedding-sdk-react' };

/** The embedding flow: JSON instead of redirects; the SDK carries the token. */
async function embedding(
  standIn: StandIn,
  recorder: Recorder,
  onStep: (step: LoginStep) => void,
): Promise<LoginFailure | undefined> {
  const first = await standIn.resolve('GET', {}, SDK);
  const { body } = first['response'] as { body?: { url?: string } };
  if (first.outcome !== 'redirect' || typeof body?.url !== 'string') {
    standIn.resolution = first;
    return {
      step: 'sdk',
      message: first.denial?.message ?? 'Dashboard gives the SDK no address of the app',
      remote: false,
    };
  }
  onStep({ step: 'sdk', ok: true, request: 'GET /auth/sso', status: 200, notes: [`the SDK asks ${body.url}`] });
  const url = new URL(body.url);
  url.searchParams.set('response', 'json');
  let token: unknown;
  try {
    const answer = await recorder.send({ step: 'app', method: 'GET', url: url.href });
    const ok = answer.status === 200;
    try {
      token = (JSON.parse(answer.text) as { jwt?: unknown }).jwt;
    } catch {
      token = undefined;
    }
    if (typeof token === 'string') recorder.secrets.add(token);
    onStep({
      step: 'app',
      ok: ok && typeof token === 'string',
      request: `GET ${url.href}`,
      status: answer.status,
      elapsed: answer.elapsed,
      notes: [],
    });
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const explanation = explainNetworkError(errorCode(error), 'MB_JWT_IDENTITY_PROVIDER_URI');
    return {
      step: 'app',
      message: 'the authentication app cannot be reached',
      server: error instanceof Error ? error.message : String(error),
      usually: explanation.usually,
      try: explanation.try,
      remote: true,
    };
  }
  if (typeof token !== 'string') {
    return {
      step: 'app',
      message: 'the app does not answer response=json with { "jwt": "…" }',
      usually: 'it shows its login page: the SDK calls it from a browser where the person is signed in',
      remote: true,
    };
  }
  standIn.token = token;
  standIn.resolution = await standIn.resolve('GET', { jwt: token }, SDK);
  const response = standIn.resolution['response'] as { status: number | null };
  onStep({
    step: 'callback',
    ok: standIn.resolution.outcome === 'allowed',
    request: 'GET /auth/sso?jwt=[redacted]',
    ...(response.status === null ? {} : { status: response.status }),
    notes: standIn.resolution.denial === null ? ['a session as JSON'] : [standIn.resolution.denial.message],
  });
  return undefined;
}

function loopbackSite(siteUrl: string): { hostname: string; port: number } | undefined {
  if (!URL.canParse(siteUrl)) return undefined;
  const url = new URL(siteUrl);
  if (url.protocol !== 'http:' || !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return undefined;
  return { hostname: url.hostname, port: url.port === '' ? 80 : Number(url.port) };
}
