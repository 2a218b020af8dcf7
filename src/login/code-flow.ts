/**
 * One login by authorization code: browser, callback, code exchange, then every address the product itself would ask. Ends with
 * what was recorded, also when it failed half-way.
 */
import type { Resolution } from '../claims/trace.js';
import { CliError, InterruptedError, RemoteError } from '../errors.js';
import type { Host } from '../host.js';
import { type AuthorizationRequest, authorizationRequest, base64url, type OAuthClient } from './authorize.js';
import { type Callback, startCallbackServer } from './callback-server.js';
import { explainAuthorizationError, explainNetworkError, explainTokenError } from './explain.js';
import { type Page, renderPage } from './page.js';
import { errorCode, type Recorder } from './recorder.js';
import type { HttpAnswer } from './session.js';
import type { LoginFailure, LoginStep } from './steps.js';
import { CallbackError, exchangeCode, type TokenResult, type TokenTry } from './token-request.js';

/** How the browser's way back reaches us. */
export type Return =
  | { readonly kind: 'loopback'; readonly hostname: string; readonly port: number; readonly path: string }
  /** The person pastes the address the browser ended on. */
  | { readonly kind: 'paste'; read(): Promise<string> };

export interface CodeFlowInput {
  readonly host: Host;
  /** Its redirect URI may say port 0: the port is put in once it is known. */
  readonly client: OAuthClient;
  readonly recorder: Recorder;
  readonly back: Return;
  /** Milliseconds to wait for the browser. */
  readonly loginTimeout: number;
  /** Sends the person to the provider; undefined: only print the address. A text returned is the address the browser ended on. */
  readonly visit?: (url: string) => Promise<string | undefined>;
  /** Send a nonce, as a strict OpenID client does. */
  readonly nonce: boolean;
  readonly signal: AbortSignal;
  onStep(step: LoginStep): void;
  /** Called once the address is known, before waiting. */
  onAuthorize(request: AuthorizationRequest, redirectUri: string): Promise<void>;
  /** After the code exchange: the further requests and the verdict; gives the page to show. */
  afterToken(result: CodeFlowTokens): Promise<Page>;
}

export interface CodeFlowTokens {
  readonly client: OAuthClient;
  readonly request: AuthorizationRequest;
  readonly callback: URL;
  readonly result: TokenResult & { readonly token: Readonly<Record<string, unknown>> };
}

/** Undefined: everything went through. */
export async function codeFlow(input: CodeFlowInput): Promise<LoginFailure | undefined> {
  const { host, recorder } = input;
  const server = input.back.kind === 'loopback' ? await startCallbackServer(input.back) : undefined;
  try {
    const client = server === undefined ? input.client : withPort(input.client, server.port);
    const request = await newRequest(client, host, input.nonce);
    recorder.secrets.add(client.clientSecret, request.codeVerifier);
    await input.onAuthorize(request, client.redirectUri);
    input.onStep({ step: 'authorize', ok: true, request: `GET ${client.authUrl}`, notes: authorizeNotes(request) });

    const began = host.now();
    let callback: Callback;
    let failure: LoginFailure | undefined;
    if (server !== undefined) {
      const arrival = server.wait(input.loginTimeout, input.signal);
      arrival.catch(() => {});
      const ended = await visit(input, request.url);
      if (ended.failure !== undefined) return ended.failure;
      if (ended.url !== undefined && !sameEndpoint(ended.url, client.redirectUri)) {
        return wrongReturn(ended.url, client.redirectUri, recorder);
      }
      callback = await arrival;
    } else {
      const ended = await visit(input, request.url);
      if (ended.failure !== undefined) return ended.failure;
      const text = ended.url?.href ?? (input.back.kind === 'paste' ? await input.back.read() : '');
      callback = { url: pastedCallback(text, client.redirectUri), respond: () => {} };
    }
    recorder.secrets.add(callback.url.searchParams.get('code'));

    let page: Page | undefined;
    try {
      const result = await exchangeCode(client, request, callback.url, recorder).catch((error: unknown) => {
        if (error instanceof CallbackError) failure = callbackFailure(error, recorder);
        else throw error;
      });
      const waited = host.now() - began;
      if (failure !== undefined || result === undefined) {
        input.onStep({ step: 'callback', ok: false, elapsed: waited, notes: [failure?.message ?? 'refused'] });
      } else {
        input.onStep({ step: 'callback', ok: true, elapsed: waited, notes: callbackNotes(callback.url) });
        for (const step of tokenSteps(client, result.tries)) input.onStep(step);
        if (result.token === undefined) failure = tokenFailure(result.tries, recorder);
        else
          page = await input.afterToken({
            client,
            request,
            callback: callback.url,
            result: { ...result, token: result.token },
          });
      }
    } finally {
      page ??= {
        ok: false,
        title: 'The login failed',
        text: failure === undefined ? 'Something went wrong; the terminal says what.' : `${failure.message}.`,
        rows: [],
      };
      callback.respond(failure === undefined ? 200 : 400, renderPage(page));
    }
    return failure;
  } finally {
    await server?.close();
  }
}

async function newRequest(client: OAuthClient, host: Host, nonce: boolean): Promise<AuthorizationRequest> {
  // 96 random bytes are the 128 characters Grafana's verifier has; 32 bytes its state.
  const codeVerifier = client.usePkce ? base64url(host.randomBytes(96)) : undefined;
  const oidc = await import('openid-client');
  return authorizationRequest(client, {
    state: base64url(host.randomBytes(32)),
    ...(codeVerifier === undefined
      ? {}
      : { codeVerifier, codeChallenge: await oidc.calculatePKCECodeChallenge(codeVerifier) }),
    ...(nonce ? { nonce: base64url(host.randomBytes(32)) } : {}),
  });
}

function withPort(client: OAuthClient, port: number): OAuthClient {
  return { ...client, redirectUri: client.redirectUri.replace(/^(https?:\/\/[^/]*?):0(?=\/|$)/, `$1:${port}`) };
}

async function visit(input: CodeFlowInput, url: string): Promise<{ url?: URL; failure?: LoginFailure }> {
  if (input.visit === undefined) return {};
  try {
    const ended = await input.visit(url);
    return ended === undefined ? {} : { url: new URL(ended) };
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    if (error instanceof CliError) {
      return {
        failure: {
          step: 'authorize',
          message: error.message,
          ...(error.because === undefined ? {} : { server: error.because }),
          remote: true,
        },
      };
    }
    throw error;
  }
}

function sameEndpoint(url: URL, redirectUri: string): boolean {
  const wanted = new URL(redirectUri);
  return url.origin === wanted.origin && url.pathname === wanted.pathname;
}

function wrongReturn(url: URL, redirectUri: string, recorder: Recorder): LoginFailure {
  return {
    step: 'authorize',
    message: 'the provider did not send the browser back to the redirect URI',
    server: recorder.secrets.clean(`it ended on ${url.origin}${url.pathname}`),
    usually: 'the redirect URI is not registered, or the provider shows an error page of its own',
    try: `register exactly ${redirectUri}`,
    remote: true,
  };
}

/** The pasted text as callback address: a whole URL, or only its query or fragment. */
export function pastedCallback(text: string, redirectUri: string): URL {
  const trimmed = text.trim().replace(/^["'<]+|[>"']+$/g, '');
  let url: URL;
  if (/^https?:\/\//i.test(trimmed)) {
    try {
      url = new URL(trimmed);
    } catch (cause) {
      throw new RemoteError('the pasted address is no URL', {
        cause,
        hint: 'copy the whole address from the address bar',
      });
    }
  } else {
    url = new URL(redirectUri);
    url.search = trimmed.replace(/^[?#]/, '');
  }
  // Some providers answer in the fragment; there the server would see nothing, a person can still copy it.
  if (url.search === '' && url.hash.length > 1) url.search = url.hash.slice(1);
  url.hash = '';
  const wanted = new URL(redirectUri);
  wanted.search = url.search;
  return wanted;
}

function authorizeNotes(request: AuthorizationRequest): string[] {
  return Object.entries(request.parameters).map(([name, value]) => `${name}=${value}`);
}

function callbackNotes(url: URL): string[] {
  const notes = ['came back with a code, the state matches'];
  const issuer = url.searchParams.get('iss');
  if (issuer !== null) notes.push(`iss=${issuer} (Grafana ignores it; RFC 9207 clients compare it)`);
  return notes;
}

function callbackFailure(error: CallbackError, recorder: Recorder): LoginFailure {
  const base = { step: 'callback', message: error.message } as const;
  switch (error.kind) {
    case 'provider-error': {
      const explanation = explainAuthorizationError(error.error ?? '');
      return {
        ...base,
        server: recorder.secrets.clean(
          `error=${error.error}${error.description === undefined ? '' : ` "${error.description}"`}`,
        ),
        ...(explanation === undefined
          ? {}
          : { usually: explanation.usually, try: explanation.try, lookAt: explanation.options }),
        productMessage: 'Login provider denied login request',
        remote: true,
      };
    }
    case 'state-missing':
    case 'state-mismatch':
      return {
        ...base,
        usually: 'the answer belongs to another login attempt, or something on the way changed the address',
        try: 'start again and finish in the window that was opened',
        productMessage: 'Provided state does not match stored state',
        remote: true,
      };
    case 'code-missing':
      return {
        ...base,
        usually: 'the client is registered for another flow (implicit), or the answer came in the fragment',
        try: 'enable the authorization code flow for this client at the provider',
        remote: true,
      };
    default:
      return { ...base, remote: true };
  }
}

function tokenSteps(client: OAuthClient, tries: readonly TokenTry[]): LoginStep[] {
  return tries.map((attempt, index) => {
    const style =
      attempt.style === 'InHeader'
        ? 'client credentials in the Authorization header'
        : 'client credentials in the body';
    const notes = [
      tries.length > 1 || client.authStyle === 'AutoDetect' ? `AutoDetect, try ${index + 1}: ${style}` : style,
    ];
    if (attempt.error !== undefined) notes.push(attempt.error.message);
    else if (attempt.answer !== undefined && !attempt.answer.ok) {
      const { error, description, message } = attempt.answer;
      notes.push(
        error === undefined ? message : `error=${error}${description === undefined ? '' : ` "${description}"`}`,
      );
    } else if (attempt.answer?.ok) notes.push(...attempt.answer.notes);
    return {
      step: 'token',
      ok: attempt.answer?.ok ?? false,
      request: `POST ${client.tokenUrl}`,
      ...(attempt.status === undefined ? {} : { status: attempt.status }),
      elapsed: attempt.elapsed,
      notes,
    };
  });
}

/** Grafana shows the last error only; here the first one counts where AutoDetect's second try spoils it. */
function tokenFailure(tries: readonly TokenTry[], recorder: Recorder): LoginFailure {
  const last = tries[tries.length - 1]!;
  const first = tries[0]!;
  if (last.error !== undefined) {
    const explanation = explainNetworkError(errorCode(last.error), 'token_url');
    return {
      step: 'token',
      message: 'the token endpoint cannot be reached',
      server: recorder.secrets.clean(last.error.message),
      usually: explanation.usually,
      try: explanation.try,
      lookAt: explanation.options,
      productMessage: 'Failed to get token from provider',
      remote: true,
    };
  }
  const answer = last.answer !== undefined && !last.answer.ok ? last.answer : undefined;
  const firstAnswer = first.answer !== undefined && !first.answer.ok ? first.answer : undefined;
  const spent = tries.length > 1 && answer?.error === 'invalid_grant' && firstAnswer?.error !== 'invalid_grant';
  const explanation = explainTokenError(spent ? firstAnswer?.error : answer?.error, last.status);
  const said = tries
    .map((attempt, index) => {
      if (attempt.answer === undefined || attempt.answer.ok) return '';
      const { error, description, message } = attempt.answer;
      const text =
        error === undefined ? message : `error=${error}${description === undefined ? '' : ` "${description}"`}`;
      return tries.length > 1 ? `try ${index + 1}: ${attempt.status} ${text}` : `${attempt.status} ${text}`;
    })
    .filter((text) => text !== '');
  return {
    step: 'token',
    message: 'the token endpoint refuses the code',
    server: recorder.secrets.clean(said.join('; ')),
    ...(spent
      ? {
          usually:
            'AutoDetect tried the header first; the provider refused it and threw the code away, so the second try could only fail. Grafana shows only the second error',
          try: 'set auth_style = InParams',
          lookAt: ['auth_style', 'client_secret'],
        }
      : explanation === undefined
        ? {}
        : { usually: explanation.usually, try: explanation.try, lookAt: explanation.options }),
    productMessage: 'Failed to get token from provider',
    remote: true,
  };
}

export interface AskInput {
  readonly recorder: Recorder;
  /** Sent along; absent for public documents. */
  readonly accessToken?: string;
  /** Dry run on what is known so far. */
  resolve(http: Readonly<Record<string, HttpAnswer>>): Promise<Resolution>;
  onStep(step: LoginStep): void;
}

/** As many rounds as the product has kinds of requests; the resolution never asks for more. */
const MAX_ROUNDS = 8;

/**
 * Asks every address the resolution wants, until it wants no more: what is requested is decided by the same code that
 * replays it. Redirects are followed on the same host only; elsewhere the access token would travel with them.
 */
export async function askAddresses(
  input: AskInput,
): Promise<{ http: Record<string, HttpAnswer>; resolution: Resolution }> {
  const http: Record<string, HttpAnswer> = {};
  for (let round = 0; ; round++) {
    const resolution = await input.resolve(http);
    const missing = resolution.requests.filter((url) => !Object.hasOwn(http, url));
    if (missing.length === 0 || round === MAX_ROUNDS) return { http, resolution };
    // One at a time: a later request may depend on what an earlier one answered.
    const url = missing[0]!;
    http[url] = await askOne(input, url);
  }
}

async function askOne(input: AskInput, url: string): Promise<HttpAnswer> {
  const headers: Record<string, string> =
    input.accessToken === undefined ? {} : { authorization: `Bearer ${input.accessToken}` };
  const notes: string[] = [];
  let target = url;
  try {
    for (let hop = 0; hop <= 10; hop++) {
      const answer = await input.recorder.send({ step: 'request', method: 'GET', url: target, headers });
      const location = answer.headers['location'];
      if (answer.status >= 300 && answer.status < 400 && location !== undefined && hop < 10) {
        const next = new URL(location, target);
        if (next.origin === new URL(target).origin) {
          notes.push(`redirected to ${next.pathname}`);
          target = next.href;
          continue;
        }
        notes.push(`redirects to ${next.origin}, which is not followed: the access token would go to another host`);
      }
      notes.push(...answerNotes(answer.status, answer.headers['content-type'] ?? '', answer.text));
      input.onStep({
        step: 'request',
        ok: answer.status < 300,
        request: `GET ${url}`,
        status: answer.status,
        elapsed: answer.elapsed,
        notes,
      });
      return { status: answer.status, body: answer.text };
    }
    return { error: 'stopped after 10 redirects' };
  } catch (error) {
    if (input.recorder.exchanges.length === 0) throw error;
    const message = error instanceof Error ? error.message : String(error);
    input.onStep({ step: 'request', ok: false, request: `GET ${url}`, notes: [...notes, message] });
    return { error: message };
  }
}

function answerNotes(status: number, contentType: string, text: string): string[] {
  const type = contentType.split(';')[0]!.trim();
  if (type === 'application/jwt')
    return ['a signed UserInfo answer (application/jwt): Grafana reads JSON only and drops it'];
  if (text.trimStart().startsWith('<')) return ['the answer is a web page, no JSON: Grafana drops it'];
  if (status === 401) return ['401: the provider does not accept this access token here (audience or scope)'];
  if (status === 403) return ['403: often the scope "openid" is missing'];
  return [];
}
