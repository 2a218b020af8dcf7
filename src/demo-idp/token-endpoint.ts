/** The token endpoint: client authentication as the imitated provider does it, and the answer as it words it. */
import { timingSafeEqual } from 'node:crypto';
import { CompactEncrypt, decodeJwt, generateSecret, SignJWT, UnsecuredJWT } from 'jose';
import { accessTokenClaims, halfHash, idTokenClaims, type Moment } from './claims.js';
import { type Context, type Exchange, has, momentOf, oauthError, sendJson } from './context.js';
import { processKey } from './keys.js';
import { errorPage } from './pages.js';
import type { SignIn, TokenAnswer } from './provider.js';

type Method = 'client_secret_basic' | 'client_secret_post';

interface Credentials {
  readonly method: Method;
  readonly id: string;
  readonly secret: string;
}

/** Headers and body to hand on; undefined where the request has been answered here. */
export async function checkTokenRequest(
  context: Context,
  { request, response, form }: Exchange,
): Promise<{ readonly headers: Record<string, string>; readonly body: string } | undefined> {
  const { preset } = context;
  const found = credentials(request.headers.authorization, form);
  const enforced = preset.clientAuth.enforced && found && !preset.clientAuth.methods.includes(found.method);
  const known =
    found !== undefined && !enforced && found.id === context.clientId && equal(found.secret, context.clientSecret);
  if (!known) {
    const code = form.get('code');
    if (code !== null && (preset.clientAuth.burnsCode || has(context, 'burnt-code'))) {
      // Such a provider looks at the code first: the second failure is about the code, whatever the credentials are.
      if (!(await context.inner.burn(code))) {
        const spent = oauthError(preset.errors.code, 'invalid_grant', 'the code is not valid any more');
        sendJson(response, errors200(context) ? 200 : 400, spent);
        return undefined;
      }
    }
    const problem = enforced
      ? {
          error: 'invalid_client',
          error_description: `this client must use ${preset.clientAuth.methods[0]}; ${found?.method} was used`,
        }
      : oauthError(preset.errors.client, 'invalid_client', 'client authentication failed');
    const status = errors200(context) ? 200 : 401;
    sendJson(response, status, problem, found?.method === 'client_secret_basic' ? { 'www-authenticate': 'Basic' } : {});
    return undefined;
  }
  const inner = new URLSearchParams(form);
  inner.delete('client_id');
  inner.delete('client_secret');
  if (preset.pkce === 'ignored') inner.delete('code_verifier');
  // The provider behind knows no scopes of the imitated one; a service gets what is its own, whatever it asks for.
  if (form.get('grant_type') === 'client_credentials') inner.delete('scope');
  const pair = `${encodeURIComponent(context.clientId)}:${encodeURIComponent(context.clientSecret)}`;
  return {
    headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
    body: inner.toString(),
  };
}

/** Basic (RFC 6749 2.3.1: both parts form-encoded) or the two body parameters. */
function credentials(authorization: string | undefined, form: URLSearchParams): Credentials | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (basic !== undefined) {
    const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    return { method: 'client_secret_basic', id: formDecode(id), secret: formDecode(rest.join(':')) };
  }
  const id = form.get('client_id');
  return id === null ? undefined : { method: 'client_secret_post', id, secret: form.get('client_secret') ?? '' };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const errors200 = (context: Context) => context.preset.errorsWith200 || has(context, 'error-200');

const JSON_TYPE = 'application/json; charset=utf-8';

/** The answer of the provider behind, in the words and with the tokens of the imitated one. */
export async function tokenAnswer(
  context: Context,
  inner: Readonly<Record<string, unknown>>,
  status: number,
  signIn: SignIn | undefined,
): Promise<TokenAnswer> {
  if (has(context, 'html-token')) {
    return { status: 200, type: 'text/html; charset=utf-8', body: errorPage('Maintenance', 'Please come back later.') };
  }
  const user = context.users.find((one) => one.id === signIn?.user);
  if (status < 400 && signIn === undefined && inner['access_token'] !== undefined) return serviceAnswer(context, inner);
  if (status >= 400 || !signIn || !user) {
    const problem =
      inner['error'] === 'invalid_grant'
        ? oauthError(context.preset.errors.code, 'invalid_grant', String(inner['error_description'] ?? ''))
        : inner;
    return { status: errors200(context) ? 200 : status, type: JSON_TYPE, body: JSON.stringify(problem) };
  }

  const opaque = String(inner['access_token']);
  const nonce = typeof inner['id_token'] === 'string' ? decodeJwt(inner['id_token'])['nonce'] : undefined;
  const moment: Moment = {
    ...momentOf(context, signIn),
    nonce: typeof nonce === 'string' ? nonce : undefined,
  };
  const claims = accessTokenClaims(context.preset, user, moment);
  const accessToken = claims ? await sign(context, { ...claims, jti: opaque }, 'at+jwt') : opaque;
  const idClaims = idTokenClaims(context.preset, user, { ...moment, accessToken });
  const answer: Record<string, unknown> = {
    access_token: has(context, 'no-access-token') ? undefined : accessToken,
    token_type: 'Bearer',
    expires_in: context.ttl,
    refresh_token: has(context, 'no-refresh-token') ? undefined : inner['refresh_token'],
    scope: signIn.scopes.length > 0 ? signIn.scopes.join(' ') : undefined,
    id_token: idClaims && (await idToken(context, idClaims)),
  };
  if (context.preset.tokenAnswer === 'form' || has(context, 'form-token')) {
    const fields = Object.entries(answer).filter(([, value]) => value !== undefined);
    return {
      status: 200,
      type: 'application/x-www-form-urlencoded; charset=utf-8',
      body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)])).toString(),
    };
  }
  return {
    status: 200,
    type: has(context, 'text-token') ? 'text/plain; charset=utf-8' : JSON_TYPE,
    body: JSON.stringify(answer),
  };
}

/** Groups of the client itself, when it logs in without a person. */
const SERVICE_GROUPS: readonly string[] = ['services', 'grafana-editors'];

/** The answer to client credentials (RFC 6749, section 4.4): a JWT about the client (RFC 9068), no ID token, no refresh token. */
async function serviceAnswer(context: Context, inner: Readonly<Record<string, unknown>>): Promise<TokenAnswer> {
  const now = context.now();
  const claims = {
    iss: context.issuer,
    sub: context.clientId,
    aud: context.clientId,
    client_id: context.clientId,
    iat: now,
    exp: now + context.ttl,
    jti: inner['access_token'],
    groups: SERVICE_GROUPS,
  };
  const accessToken = has(context, 'no-access-token') ? undefined : await faultyToken(context, claims, 'at+jwt');
  const answer = { access_token: accessToken, token_type: 'Bearer', expires_in: context.ttl };
  return { status: 200, type: JSON_TYPE, body: JSON.stringify(answer) };
}

export function sign(context: Context, claims: Record<string, unknown>, type = 'JWT'): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: context.key.alg, kid: context.key.kid, typ: type })
    .sign(context.key.privateKey);
}

async function idToken(context: Context, honest: Record<string, unknown>): Promise<string | undefined> {
  return has(context, 'no-id-token') ? undefined : faultyToken(context, honest);
}

/** A token with the faults that were asked for. */
async function faultyToken(context: Context, honest: Record<string, unknown>, type = 'JWT'): Promise<string> {
  if (has(context, 'garbage-id-token')) return 'this is not a token';
  const now = context.now();
  const claims = { ...honest };
  if (has(context, 'wrong-issuer')) claims['iss'] = 'https://somebody-else.example.com';
  if (has(context, 'wrong-audience')) claims['aud'] = 'another-client';
  if (has(context, 'expired')) Object.assign(claims, { iat: now - 7200, exp: now - 3600 });
  if (has(context, 'not-yet-valid')) Object.assign(claims, { iat: now + 3600, nbf: now + 3600, exp: now + 7200 });
  if (has(context, 'wrong-nonce')) claims['nonce'] = 'nobody-sent-this';
  if (has(context, 'wrong-at-hash')) claims['at_hash'] = halfHash('another access token');
  if (has(context, 'numeric-sub')) claims['sub'] = 4711;

  if (has(context, 'alg-none')) return new UnsecuredJWT(claims).encode();
  if (has(context, 'hs256-public-key')) {
    const secret = new TextEncoder().encode(JSON.stringify(context.key.publicJwk));
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: context.key.kid, typ: type }).sign(secret);
  }
  if (has(context, 'wrong-key') || has(context, 'unknown-kid')) {
    const other = await processKey('nobody');
    const kid = has(context, 'unknown-kid') ? 'not-in-the-jwks' : context.key.kid;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: type }).sign(other.privateKey);
  }
  const signed = await sign(context, claims, type);
  if (has(context, 'encrypted-id-token')) {
    return new CompactEncrypt(new TextEncoder().encode(signed))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
      .encrypt(await generateSecret('A256GCM'));
  }
  return signed;
}
