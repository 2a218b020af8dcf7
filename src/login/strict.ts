/**
 * The same answer seen by a strict OpenID client: openid-client with all its own checks, the signature of the ID token included.
 * The code can be exchanged once only, so the client is handed the answer that was recorded.
 */
import type { ServerMetadata } from 'openid-client';
import type { AuthorizationRequest, OAuthClient } from './authorize.js';
import type { Received, Recorder } from './recorder.js';

export interface StrictView {
  readonly accepted: boolean;
  /** Why not, in one line. */
  readonly because?: string;
  /** openid-client's stable code (`OAUTH_JWT_CLAIM_COMPARISON_FAILED`, …). */
  readonly code?: string;
}

export interface StrictInput {
  readonly client: OAuthClient;
  /** The issuer's discovery document. */
  readonly metadata: ServerMetadata;
  readonly callback: URL;
  readonly request: AuthorizationRequest;
  readonly answer: Received;
  readonly recorder: Recorder;
}

/** Never throws: whatever a strict client stumbles over is the answer. */
export async function strictView(input: StrictInput): Promise<StrictView> {
  const oidc = await import('openid-client');
  const config = new oidc.Configuration(
    { ...input.metadata },
    input.client.clientId,
    { client_secret: input.client.clientSecret || undefined },
    oidc.None(),
  );
  oidc.allowInsecureRequests(config);
  oidc.enableNonRepudiationChecks(config);
  config[oidc.customFetch] = async (url, options) => {
    if (options.method === 'POST') return replay(input.answer);
    return replay(await input.recorder.send({ step: 'jwks', method: 'GET', url }));
  };
  try {
    const tokens = await oidc.authorizationCodeGrant(config, input.callback, {
      expectedState: input.request.state,
      idTokenExpected: input.client.scopes.includes('openid'),
      ...(input.request.nonce === undefined ? {} : { expectedNonce: input.request.nonce }),
      ...(input.request.codeVerifier === undefined ? {} : { pkceCodeVerifier: input.request.codeVerifier }),
    });
    const hash = await accessTokenHash(tokens.claims()?.['at_hash'], tokens.id_token, tokens.access_token);
    return hash === undefined ? { accepted: true } : { accepted: false, because: hash };
  } catch (error) {
    return refusal(error, input.recorder);
  }
}

function replay(answer: Received): Response {
  const headers = new Headers();
  const type = answer.headers['content-type'];
  if (type !== undefined) headers.set('content-type', type);
  // A Response of the Fetch standard has a body for no status below 200 and for neither 204 nor 304.
  const bodyless = answer.status === 204 || answer.status === 304;
  return new Response(bodyless ? null : answer.text, { status: answer.status < 200 ? 502 : answer.status, headers });
}

/** at_hash (OpenID Connect Core 3.1.3.6): left half of the access token's hash, by the algorithm of the ID token's signature. */
async function accessTokenHash(
  claimed: unknown,
  idToken: string | undefined,
  accessToken: string,
): Promise<string | undefined> {
  if (typeof claimed !== 'string' || idToken === undefined) return undefined;
  const { createHash } = await import('node:crypto');
  const header = JSON.parse(Buffer.from(idToken.split('.')[0]!, 'base64url').toString('utf8')) as { alg?: string };
  const bits = /(256|384|512)$/.exec(header.alg ?? '')?.[1];
  if (bits === undefined) return undefined;
  const digest = createHash(`sha${bits}`).update(accessToken, 'ascii').digest();
  const expected = digest.subarray(0, digest.length / 2).toString('base64url');
  return expected === claimed ? undefined : 'at_hash does not fit the access token';
}

function refusal(error: unknown, recorder: Recorder): StrictView {
  const messages: string[] = [];
  let code: string | undefined;
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (!messages.includes(current.message)) messages.push(current.message);
    code ??= (current as { code?: string }).code;
  }
  const detail = claimOf(error);
  const because = recorder.secrets.clean([...messages, ...(detail === undefined ? [] : [detail])].join(': '));
  return { accepted: false, because, ...(code === undefined ? {} : { code }) };
}

/** openid-client tells in the cause which claim differed. */
function claimOf(error: unknown): string | undefined {
  for (let current = error; typeof current === 'object' && current !== null; ) {
    const { claim, cause } = current as { claim?: unknown; cause?: unknown };
    if (typeof claim === 'string') return `claim "${claim}"`;
    current = cause;
  }
  return undefined;
}
