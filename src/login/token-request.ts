/**
 * The code exchange: openid-client checks the callback and drives the grant, one fetch of ours makes it behave as
 * golang.org/x/oauth2 does (client authentication, encoding, odd answers), so that what works here works in Grafana and what
 * fails there fails here.
 */
import type { AuthorizationRequest, OAuthClient } from './authorize.js';
import { goFormEncode, goQueryEscape } from './authorize.js';
import type { Received, Recorder } from './recorder.js';
import { readTokenAnswer, type TokenAnswer } from './token-answer.js';

export interface TokenTry {
  /** How the client authenticated. */
  readonly style: 'InHeader' | 'InParams';
  readonly status?: number;
  readonly answer?: TokenAnswer;
  /** The exchange failed in transport. */
  readonly error?: Error;
  readonly elapsed: number;
}

export interface TokenResult {
  readonly tries: readonly TokenTry[];
  /** The answer that counts, where one did. */
  readonly token?: Readonly<Record<string, unknown>>;
  /** The server's Date header, for judging clock skew. */
  readonly date?: string;
  /** Objections of a strict client. */
  readonly notes: readonly string[];
  /** The answer as it came, for showing it to a strict client too. */
  readonly raw?: Received;
}

/**
 * Client authentication as golang.org/x/oauth2 does it: HTTP Basic with both parts query-escaped, or both in the body
 * (the secret only if it is not empty).
 */
export function authenticate(
  client: Pick<OAuthClient, 'clientId' | 'clientSecret'>,
  style: 'InHeader' | 'InParams',
  form: Readonly<Record<string, string>>,
): { headers: Record<string, string>; body: string } {
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (style === 'InHeader') {
    const pair = `${goQueryEscape(client.clientId)}:${goQueryEscape(client.clientSecret)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
    return { headers, body: goFormEncode(form) };
  }
  const secret: Record<string, string> = client.clientSecret === '' ? {} : { client_secret: client.clientSecret };
  return { headers, body: goFormEncode({ ...form, client_id: client.clientId, ...secret }) };
}

/** Sends one form to the token endpoint with the client's `auth_style`; AutoDetect tries the header, then on any error the body. */
export async function requestToken(
  client: OAuthClient,
  recorder: Recorder,
  form: Readonly<Record<string, string>>,
  step = 'token',
): Promise<TokenResult> {
  const styles = client.authStyle === 'AutoDetect' ? (['InHeader', 'InParams'] as const) : [client.authStyle];
  const tries: TokenTry[] = [];
  for (const style of styles) {
    const { headers, body } = authenticate(client, style, form);
    recorder.secrets.add(headers['authorization']?.slice('Basic '.length));
    let received: Received;
    try {
      received = await recorder.send({ step, method: 'POST', url: client.tokenUrl, headers, body });
    } catch (error) {
      tries.push({ style, error: error instanceof Error ? error : new Error(String(error)), elapsed: 0 });
      continue;
    }
    const answer = received.truncated
      ? ({
          ok: false,
          message: 'the answer is longer than 1 MiB; Grafana reads no more and fails to parse it',
        } as const)
      : readTokenAnswer(received.status, received.headers['content-type'] ?? '', received.text);
    tries.push({ style, status: received.status, answer, elapsed: received.elapsed });
    if (answer.ok) {
      recorder.secrets.add(answer.token['access_token'], answer.token['refresh_token'], answer.token['id_token']);
      recorder.secrets.add(answer.token[client.idTokenAttributeName]);
      const date = received.headers['date'];
      return {
        tries,
        token: answer.token,
        notes: answer.notes,
        raw: received,
        ...(date === undefined ? {} : { date }),
      };
    }
  }
  return { tries, notes: [] };
}

/** The callback was refused before any token request: what is wrong with it. */
export class CallbackError extends Error {
  readonly kind: 'state-missing' | 'state-mismatch' | 'provider-error' | 'code-missing' | 'other';
  /** `error` of the provider, verbatim. */
  readonly error: string | undefined;
  readonly description: string | undefined;

  constructor(kind: CallbackError['kind'], message: string, details: { error?: string; description?: string } = {}) {
    super(message);
    this.name = 'CallbackError';
    this.kind = kind;
    this.error = details.error;
    this.description = details.description;
  }
}

/**
 * Callback address → token answer. `callback` is the whole address the browser ended on.
 * @throws CallbackError where the callback itself is refused; nothing is sent then.
 */
export async function exchangeCode(
  client: OAuthClient,
  request: AuthorizationRequest,
  callback: URL,
  recorder: Recorder,
): Promise<TokenResult> {
  checkCallback(callback, request.state);
  recorder.secrets.add(callback.searchParams.get('code'), request.codeVerifier);
  const oidc = await import('openid-client');
  let result: TokenResult | undefined;
  const config = new oidc.Configuration(
    { issuer: client.tokenUrl, authorization_endpoint: client.authUrl, token_endpoint: client.tokenUrl },
    client.clientId,
    undefined,
    oidc.None(),
  );
  oidc.allowInsecureRequests(config);
  config[oidc.customFetch] = async (_url, options) => {
    const form = Object.fromEntries(new URLSearchParams(String(options.body ?? '')));
    // The library sends what it parsed; Grafana sends its own text. client_id goes where auth_style says.
    delete form['client_id'];
    form['redirect_uri'] = client.redirectUri;
    result = await requestToken(client, recorder, form);
    return normalised(result);
  };
  const url = new URL(callback);
  // Grafana ignores `iss` (RFC 9207); the library would compare it with an issuer Grafana does not know.
  url.searchParams.delete('iss');
  try {
    await oidc.authorizationCodeGrant(config, url, {
      expectedState: request.state,
      ...(request.codeVerifier === undefined ? {} : { pkceCodeVerifier: request.codeVerifier }),
    });
  } catch (error) {
    // What the token endpoint did is in `result`; anything else went wrong before it was asked.
    if (result === undefined) throw new CallbackError('other', error instanceof Error ? error.message : String(error));
  }
  if (result === undefined) throw new CallbackError('other', 'no token request was made');
  return result;
}

function checkCallback(callback: URL, state: string): void {
  const query = callback.searchParams;
  // Grafana looks at `error` first, then at the state.
  const error = query.get('error');
  if (error !== null && error !== '') {
    const description = query.get('error_description');
    throw new CallbackError('provider-error', 'the identity provider refused the login', {
      error,
      ...(description === null ? {} : { description }),
    });
  }
  const received = query.get('state');
  if (received === null || received === '') throw new CallbackError('state-missing', 'the callback carries no state');
  if (!sameText(received, state)) throw new CallbackError('state-mismatch', 'the callback carries another state');
  if ((query.get('code') ?? '') === '') throw new CallbackError('code-missing', 'the callback carries no code');
}

/** Compares in a time that depends on the lengths only. */
export function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at % Math.max(b.length, 1));
  return difference === 0;
}

/** What openid-client is shown: a plain, conforming answer without the ID token, which Grafana takes unverified and so do we. */
function normalised(result: TokenResult): Response {
  const headers = { 'content-type': 'application/json' };
  if (result.token === undefined) {
    return new Response(JSON.stringify({ error: 'invalid_grant' }), { status: 400, headers });
  }
  const plain = { access_token: result.token['access_token'], token_type: 'bearer' };
  return new Response(JSON.stringify(plain), { status: 200, headers });
}
