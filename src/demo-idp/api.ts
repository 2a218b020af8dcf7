/** What an access token opens: UserInfo, /emails, /teams, /orgs, the user document of grafana.com, and sign-out. */
import { compactVerify, createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { factsOf, type Moment, userinfoClaims } from './claims.js';
import {
  type Context,
  type Exchange,
  has,
  isLoopback,
  momentOf,
  oauthError,
  redirect,
  send,
  sendHtml,
  sendJson,
} from './context.js';
import { errorPage, signedOutPage } from './pages.js';
import { sign } from './token-endpoint.js';
import type { DemoUser } from './users.js';

interface Bearer {
  readonly user: DemoUser;
  readonly moment: Moment;
}

/** Who the access token of a request belongs to; answers 401 where that is nobody. */
async function bearer(context: Context, { request, response }: Exchange): Promise<Bearer | undefined> {
  const token = /^(?:Bearer|token) (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const signIn = token === undefined ? undefined : await context.inner.signInOf(await opaqueToken(context, token));
  const user = context.users.find((one) => one.id === signIn?.user);
  if (!signIn || !user) {
    const problem = {
      error: 'invalid_token',
      error_description: token ? 'the access token is unknown or over' : 'no access token',
    };
    sendJson(response, 401, problem, { 'www-authenticate': `Bearer error="${problem.error}"` });
    return undefined;
  }
  return { user, moment: momentOf(context, signIn) };
}

/** JWT access tokens carry the real one as jti. */
async function opaqueToken(context: Context, token: string): Promise<string> {
  if (token.split('.').length !== 3) return token;
  try {
    const now = new Date(context.now() * 1000);
    const { payload } = await jwtVerify(token, ownKeys(context), { currentDate: now });
    return payload.jti ?? '';
  } catch {
    return '';
  }
}

const ownKeys = (context: Context) => createLocalJWKSet({ keys: [context.key.publicJwk] });

export async function userinfo(context: Context, exchange: Exchange): Promise<void> {
  const found = await bearer(context, exchange);
  if (!found) return;
  const { preset } = context;
  const { response } = exchange;
  const noOpenid = preset.openidForUserinfo && !found.moment.scopes.includes('openid');
  if (noOpenid || has(context, 'userinfo-403')) {
    const problem = oauthError(preset.errors.userinfo, 'insufficient_scope', 'openid scope is missing');
    sendJson(response, 403, problem, { 'www-authenticate': `Bearer error="insufficient_scope"` });
    return;
  }
  const claims = userinfoClaims(preset, found.user, found.moment);
  if (has(context, 'numeric-sub')) claims['sub'] = 4711;
  if (has(context, 'userinfo-other-sub')) claims['sub'] = 'somebody-else';
  if (has(context, 'userinfo-jwt')) {
    const token = await sign(context, { ...claims, iss: context.issuer, aud: context.clientId });
    send(response, 200, 'application/jwt; charset=utf-8', token);
    return;
  }
  sendJson(response, 200, claims);
}

export async function emails(context: Context, exchange: Exchange): Promise<void> {
  const found = await bearer(context, exchange);
  if (found) sendJson(exchange.response, 200, found.user.emails);
}

export async function teams(context: Context, exchange: Exchange): Promise<void> {
  const found = await bearer(context, exchange);
  if (found) sendJson(exchange.response, 200, found.user.teams);
}

export async function orgs(context: Context, exchange: Exchange): Promise<void> {
  const found = await bearer(context, exchange);
  if (found)
    sendJson(
      exchange.response,
      200,
      found.user.orgs.map((login) => ({ login })),
    );
}

/** An endpoint only this preset has. */
export async function presetEndpoint(context: Context, exchange: Exchange, path: string): Promise<void> {
  const found = await bearer(context, exchange);
  const answer = context.preset.endpoints?.[path];
  if (found && answer) sendJson(exchange.response, 200, answer(factsOf(context.preset, found.user, found.moment)));
}

/** The user document of grafana.com: `/api/oauth2/user`. */
export async function grafanaComUser(context: Context, exchange: Exchange): Promise<void> {
  const found = await bearer(context, exchange);
  if (!found) return;
  const { user, moment } = found;
  const role = user.role === 'GrafanaAdmin' ? 'Admin' : (user.role ?? '');
  sendJson(exchange.response, 200, {
    id: factsOf(context.preset, user, moment).number,
    name: user.name,
    username: user.login,
    email: user.email ?? '',
    role,
    orgs: user.orgs.map((login) => ({ login, role })),
  });
}

/** Sign-out in the provider's own way: which parameters it wants, and what it says without them. */
export async function endSession(context: Context, { url, request, response, form }: Exchange): Promise<void> {
  const asked = request.method === 'POST' ? form : url.searchParams;
  const habit = context.preset.endSession;
  const hint = asked.get('id_token_hint');
  const hintFits = hint !== null && (await hintOfOurs(context, hint));
  const refuse = (text: string) => sendHtml(response, 400, errorPage('The sign-out was refused', text));
  const parameter =
    habit === 'cognito'
      ? 'logout_uri'
      : habit === 'redirect-uri'
        ? 'redirect_uri'
        : habit === 'target-resource'
          ? 'TargetResource'
          : 'post_logout_redirect_uri';
  const target = asked.get(parameter);

  if (habit === 'id-token-hint' && !hintFits) return refuse('Missing or invalid id_token_hint');
  if (
    habit === 'id-token-hint-or-client' &&
    target !== null &&
    !hintFits &&
    asked.get('client_id') !== context.clientId
  ) {
    return refuse('Missing parameters: id_token_hint');
  }
  if (habit === 'cognito' && (asked.get('client_id') !== context.clientId || target === null)) {
    return refuse('client_id and logout_uri are required');
  }
  if (target === null) return sendHtml(response, 200, signedOutPage());
  if (!isLoopback(target) && !context.redirectUris?.some((uri) => sameOrigin(uri, target))) {
    return refuse(`${parameter} is not registered`);
  }
  const location = new URL(target);
  const state = asked.get('state');
  if (state !== null) location.searchParams.set('state', state);
  redirect(response, location.href);
}

/** Signed by this provider; an ID token that is over is good enough here (OpenID Connect RP-Initiated Logout, section 4). */
async function hintOfOurs(context: Context, token: string): Promise<boolean> {
  try {
    await compactVerify(token, ownKeys(context));
    return decodeJwt(token).iss === context.issuer;
  } catch {
    return false;
  }
}

function sameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}
