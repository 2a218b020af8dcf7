/**
 * One login by authorization code: browser, callback, code exchange, then every address the product itself would ask. Ends with
 * what was recorded, also when it failed half-way.
 */
import { CliError, InterruptedError, RemoteError } from '../errors.js';
import type { Host } from '../host.js';
import { difference } from '../token/words.js';
import { type AuthorizationRequest, authorizationRequest, base64url, type OAuthClient } from './authorize.js';
import { type Callback, startCallbackServer } from './callback-server.js';
import { callbackFailure, thrownFailure, tokenFailure, wrongReturn } from './flow-failures.js';
import { type Page, renderPage } from './page.js';
import { inWordsOfProvider } from './provider-errors.js';
import type { Recorder } from './recorder.js';
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
  /** The issuer the product knows; absent: it knows none and ignores `iss` of the callback. */
  readonly issuer?: string;
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
    let failure: LoginFailure | undefined;
    const arrival = server?.wait(input.loginTimeout, input.signal);
    arrival?.catch(() => {});
    const ended = await visit(input, request.url);
    if (ended.failure !== undefined) return ended.failure;
    if (arrival !== undefined && ended.url !== undefined && !sameEndpoint(ended.url, client.redirectUri)) {
      return wrongReturn(ended.url, client.redirectUri, recorder);
    }
    let callback: Callback;
    try {
      callback = arrival === undefined ? await pasted(input.back, ended.url, client.redirectUri) : await arrival;
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      failure = thrownFailure('callback', error);
      input.onStep({ step: 'callback', ok: false, elapsed: host.now() - began, notes: [failure.message] });
      return failure;
    }
    recorder.secrets.add(callback.url.searchParams.get('code'));

    let page: Page | undefined;
    try {
      const result = await exchangeCode(client, request, callback.url, recorder).catch((error: unknown) => {
        if (error instanceof CallbackError) failure = callbackFailure(error, client, recorder);
        else throw error;
      });
      const waited = host.now() - began;
      if (failure !== undefined || result === undefined) {
        input.onStep({ step: 'callback', ok: false, elapsed: waited, notes: [failure?.message ?? 'refused'] });
      } else {
        input.onStep({ step: 'callback', ok: true, elapsed: waited, notes: callbackNotes(callback.url, input.issuer) });
        for (const step of tokenSteps(client, result.tries)) input.onStep(step);
        if (result.token === undefined) failure = tokenFailure(result.tries, client, recorder);
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
    return failure && inWordsOfProvider(failure, client);
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

async function pasted(back: Return, ended: URL | undefined, redirectUri: string): Promise<Callback> {
  const text = ended?.href ?? (back.kind === 'paste' ? await back.read() : '');
  return { url: pastedCallback(text, redirectUri), respond: () => {} };
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

function callbackNotes(url: URL, issuer: string | undefined): string[] {
  const notes = ['came back with a code, the state matches'];
  const said = url.searchParams.get('iss');
  if (said === null) return notes;
  if (issuer === undefined) notes.push(`iss=${said} (Grafana ignores it; RFC 9207 clients compare it)`);
  else if (said === issuer) notes.push(`iss=${said}, the issuer of the configuration`);
  else
    notes.push(
      `iss=${said} is another issuer: ${difference(issuer, said)}; a client that compares (RFC 9207) stops here`,
    );
  return notes;
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
