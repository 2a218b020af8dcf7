/**
 * The dry run of a request to `/auth/sso` of Dashboard: is JWT login on, where does the request go, does the token pass, who
 * is the person afterwards. Source: the login code of the releases concerned; `productMessage` is the server's exact text.
 */
import type { DashboardInput, DashboardResolution, DashboardUser } from './answer.js';
import { Answer } from './answer.js';
import { NumberText } from './java-number.js';
import type { JsonObject, JsonValue } from './json.js';
import { isJsonObject, toPlain } from './json.js';
import { findPerson } from './person.js';
import type { EmbeddingClient } from './request.js';
import { embeddingClient, identityProviderUrl, refusedReturn, unsafeReturn } from './request.js';
import { whyDisabled } from './settings-view.js';
import { hasFeature } from './state.js';
import type { TokenFailure } from './token.js';
import { checkSignature, checkTimes, endOfLife, MAX_AGE } from './token.js';

/** Resolves one request. */
export function resolveDashboard(input: DashboardInput): DashboardResolution {
  const answer = new Answer(input);
  const { view, profile, state, request } = input;
  if (profile.note !== undefined) answer.step({ field: 'config', status: 'ignored', note: profile.note });
  const off = whyDisabled(view, profile, hasFeature(state, 'sso-jwt'));
  answer.step(
    off === undefined
      ? {
          field: 'config',
          option: 'MB_JWT_ENABLED',
          result: true,
          status: 'matched',
          note: 'JWT login is on and configured',
        }
      : { field: 'config', option: 'MB_JWT_ENABLED', result: false, status: 'error', note: off },
  );
  if (state.saml && (off !== undefined || request.token === undefined)) {
    const preferred = request.query['preferred_method'];
    if (off !== undefined || preferred !== 'jwt' || !profile.knowsPreferredMethod) return toSaml(answer, preferred);
    answer.step({
      field: 'method',
      result: 'jwt',
      status: 'matched',
      note: 'SAML is on too; preferred_method=jwt asks for JWT',
    });
  }
  if (off !== undefined)
    return answer.refuse('disabled', `JWT login is off: ${off}`, {
      status: 400,
      productMessage: 'SSO has not been enabled and/or configured',
      statusKey: 'error-sso-disabled',
      json: true,
    });
  if (request.method === 'POST')
    return answer.refuse('method', 'the request is a POST; the token must come by GET', {
      status: profile.postStatus,
      productMessage: 'POST not valid for JWT SSO requests',
      ...(profile.postStatusKey === null ? {} : { statusKey: profile.postStatusKey }),
      json: true,
    });
  return request.token === undefined ? firstLeg(answer) : secondLeg(answer);
}

function toSaml(answer: Answer, preferred: string | undefined): DashboardResolution {
  answer.step({
    field: 'method',
    result: 'saml',
    status: 'matched',
    note:
      preferred === 'jwt' && !answer.input.profile.knowsPreferredMethod
        ? 'SAML is on too and takes requests without a jwt parameter; preferred_method is known from v55 on'
        : 'SAML takes requests without a jwt parameter',
  });
  return answer.result('redirect', null, null, { status: 302, to: 'saml' });
}

/** No token: the browser, or the embedding client, is told where the identity provider is. */
function firstLeg(answer: Answer): DashboardResolution {
  const { view, profile, request } = answer.input;
  wrongPlaces(answer);
  const client = embeddingClient(request, profile);
  if (client === 'sdk' || client === 'simple') {
    const refused = embeddingOff(answer, client);
    if (refused !== undefined) return refused;
  }
  const redirect = request.query['redirect'];
  if (view.uri === '') {
    answer.step({
      field: 'redirect',
      option: 'MB_JWT_IDENTITY_PROVIDER_URI',
      status: 'empty',
      certainty: 'undetermined',
      note: 'no identity provider URI is set, which this version allows for embedding; where a browser is sent is not documented',
    });
    return answer.result('redirect', null, null, { status: null, to: 'idp' });
  }
  const location = identityProviderUrl(view.uri, redirect);
  answer.step({
    field: 'redirect',
    option: 'MB_JWT_IDENTITY_PROVIDER_URI',
    result: location,
    status: 'matched',
    note: [`no token: sent on to the identity provider`, ...redirectNotes(view.uri, redirect)].join('; '),
  });
  if (request.query['return_to'] !== undefined)
    answer.step({
      field: 'redirect',
      status: 'ignored',
      note: 'return_to is not forwarded; on this leg the parameter is called redirect',
    });
  if (client === undefined || client === 'parameter')
    return answer.result('redirect', null, null, { status: 302, location, to: 'idp' });
  return answer.result('redirect', null, null, {
    status: 200,
    body: { url: location, method: 'jwt', ...(profile.sdkHash ? { hash: '<hash>' } : {}) },
    to: 'idp',
  });
}

/** A token somewhere it is not looked for. */
function wrongPlaces(answer: Answer): void {
  const { request } = answer.input;
  for (const name of ['access_token', 'id_token', 'token', 'code'])
    if (request.query[name] !== undefined && !(name === 'token' && request.query[name] === 'true'))
      answer.step({ field: 'token', status: 'ignored', note: `the parameter "${name}" is not read: only jwt is` });
  if (request.headers['authorization'] !== undefined)
    answer.step({
      field: 'token',
      status: 'ignored',
      note: 'an Authorization header is not read: only the parameter jwt is',
    });
}

function secondLeg(answer: Answer): DashboardResolution {
  const { view, profile, request } = answer.input;
  const returnTo = request.query['return_to'];
  if (returnTo !== undefined) {
    const because = refusedReturn(returnTo, view.siteUrl, profile.redirectCheck);
    if (because !== undefined) {
      answer.step({ field: 'return_to', option: 'MB_SITE_URL', result: returnTo, status: 'error', note: because });
      return answer.refuse('return_to', `return_to is refused: ${because}`, {
        status: 400,
        productMessage: 'Invalid redirect URL',
        plain: profile.plainRedirectError,
      });
    }
    const unsafe = unsafeReturn(returnTo, view.siteUrl);
    answer.step({
      field: 'return_to',
      option: 'MB_SITE_URL',
      result: returnTo,
      status: 'matched',
      ...(unsafe === undefined ? {} : { note: `the server lets it pass, but it should not be followed: ${unsafe}` }),
    });
  }
  const client = embeddingClient(request, profile);
  if (client !== undefined && profile.sdkCheckedFirst) {
    const refused = embeddingOff(answer, client);
    if (refused !== undefined) return refused;
  }
  const checked = checkedClaims(answer);
  if ('outcome' in checked) return checked;
  const person = findPerson(answer, checked.claims);
  return 'outcome' in person ? person : login(answer, checked.claims, person.user, client, returnTo);
}

function embeddingOff(answer: Answer, client: EmbeddingClient): DashboardResolution | undefined {
  const { view } = answer.input;
  const simple = client === 'simple';
  const option = simple ? 'MB_ENABLE_EMBEDDING_SIMPLE' : 'MB_ENABLE_EMBEDDING_SDK';
  const on = simple ? view.embeddingSimple : view.embeddingSdk;
  answer.step({ field: 'embedding', option, result: on, status: on ? 'matched' : 'error' });
  if (on) return undefined;
  return answer.refuse('sdk', `${option} is not true`, {
    status: 402,
    productMessage: null,
    statusKey: simple ? 'error-embedding-simple-disabled' : 'error-embedding-sdk-disabled',
    json: true,
  });
}

/** The claims of a token that passes all checks. */
function checkedClaims(answer: Answer): { readonly claims: JsonObject } | DashboardResolution {
  const { view, request, now } = answer.input;
  let claims: JsonObject;
  if (request.token === 'given' || request.token === undefined) {
    claims = isJsonObject(answer.input.claims) ? answer.input.claims : new Map();
    answer.step({
      field: 'signature',
      source: 'id_token',
      status: 'skipped',
      note: 'claims are given: they count as rightly signed',
    });
  } else {
    const checked = checkSignature(request.token.text, view.secret);
    if (!checked.ok) return tokenRefused(answer, checked.failure);
    claims = checked.claims;
    const alg = checked.header.get('alg') ?? null;
    answer.step({
      field: 'signature',
      source: 'id_token',
      option: 'MB_JWT_SHARED_SECRET',
      result: toPlain(alg),
      status: 'matched',
      ...(alg === 'HS256'
        ? {}
        : {
            note: `the header says ${JSON.stringify(toPlain(alg))}; the server never reads it and verifies HMAC-SHA256`,
          }),
    });
  }
  if (now === undefined) {
    answer.step({ field: 'age', status: 'skipped', note: 'no time was given: exp, nbf and age are not checked' });
    return { claims };
  }
  const failure = checkTimes(claims, now);
  if (failure !== undefined) return tokenRefused(answer, failure);
  const end = endOfLife(claims);
  answer.step({
    field: 'age',
    source: 'id_token',
    result: end ?? null,
    status: end === undefined ? 'skipped' : 'matched',
    note: lifeNote(claims, end, Math.floor(now)),
  });
  return { claims };
}

function tokenRefused(answer: Answer, failure: TokenFailure): DashboardResolution {
  const { profile } = answer.input;
  const note = failure.hint === undefined ? failure.because : `${failure.because}; ${failure.hint}`;
  answer.step({
    field: failure.check === 'token' || failure.check === 'signature' ? 'signature' : 'age',
    source: 'id_token',
    status: 'error',
    note,
  });
  return answer.refuse('token', note, {
    status: 401,
    productMessage: failure.productMessage,
    plain: profile.plainErrors,
  });
}

function login(
  answer: Answer,
  claims: JsonObject,
  user: DashboardUser,
  client: EmbeddingClient | undefined,
  returnTo: string | undefined,
): DashboardResolution {
  const { profile, request } = answer.input;
  if (client === undefined) {
    const location = returnTo ?? '/';
    answer.step({
      field: 'access',
      result: location,
      status: 'matched',
      note: 'a session is made, and the browser sent on',
    });
    return answer.result('allowed', user, null, { status: 302, location });
  }
  if (!profile.sdkCheckedFirst) {
    const refused = embeddingOff(answer, client);
    if (refused !== undefined) return refused;
  }
  if (profile.sdkHash && request.headers['x-metabase-sdk-jwt-hash'] === undefined)
    answer.step({
      field: 'embedding',
      status: 'ignored',
      certainty: 'undetermined',
      note: 'these versions hand out a hash that has to come back in x-metabase-sdk-jwt-hash within 300 s; the request has none, and what follows is not documented',
    });
  const times = { iat: plainTime(claims.get('iat')), exp: plainTime(claims.get('exp')) };
  const body = client === 'parameter' ? { id: '<session>', ...times } : { status: 'ok', id: '<session>', ...times };
  answer.step({
    field: 'access',
    status: 'matched',
    note: 'a session is made; the embedding client gets its key as JSON',
  });
  return answer.result('allowed', user, null, { status: 200, body });
}

function redirectNotes(uri: string, redirect: string | undefined): string[] {
  const notes: string[] = [];
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri))
    notes.push('the URI has no scheme: the browser stays inside the Dashboard site');
  if (redirect === undefined) return notes;
  if (uri.includes('#'))
    notes.push('the URI has a fragment: return_to lands in it and never reaches the identity provider');
  if (/[&]/.test(redirect))
    notes.push('the value is not encoded again: what stands behind its & becomes parameters of their own');
  if (redirect.includes('#')) notes.push('the value is not encoded again: what stands behind its # is cut off');
  return notes;
}

function lifeNote(claims: JsonObject, end: number | undefined, now: number): string {
  if (end === undefined) return 'neither iat nor exp: the token never expires and can be used again and again';
  const notes = [`accepted for ${end - now} s more (exp, or iat and ${MAX_AGE} s)`];
  for (const name of ['iat', 'exp'])
    if (isMilliseconds(claims.get(name))) notes.push(`${name} looks like milliseconds, which voids this limit`);
  return notes.join('; ');
}

function isMilliseconds(value: JsonValue | undefined): boolean {
  return value instanceof NumberText && value.value >= 1e11;
}

function plainTime(value: JsonValue | undefined): unknown {
  return value === undefined ? null : toPlain(value);
}
