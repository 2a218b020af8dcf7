/**
 * `test-login` for Grafana Enterprise Metrics: a token by login, by client credentials or given, validated as GEM would, the
 * credentials to send, and on request one harmless read with them.
 */

import type { PreparedResolver } from '../claims/resolver.js';
import { type Resolution, withoutCredentials } from '../claims/trace.js';
import { InterruptedError, UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { askAddresses } from './ask-addresses.js';
import type { AuthorizationRequest, OAuthClient } from './authorize.js';
import { type CodeFlowTokens, codeFlow } from './code-flow.js';
import { discoveryUrls, fetchJson } from './discovery.js';
import { explainNetworkError, explainTokenError } from './explain.js';
import { explained } from './flow-failures.js';
import { startRecord } from './login-record.js';
import type { Page } from './page.js';
import { type Exchange, errorCode, type Recorder } from './recorder.js';
import type { LoginFlags, LoginOutcome } from './report.js';
import { type HttpAnswer, loginEnvelope } from './session.js';
import { shownTokens } from './shown-token.js';
import type { LoginFailure, LoginStep } from './steps.js';
import { requestToken } from './token-request.js';

export interface GemLoginInput {
  readonly host: Host;
  readonly resolver: PreparedResolver;
  readonly version: string;
  readonly issuer: string;
  readonly flags: LoginFlags;
  readonly signal: AbortSignal;
  visit(url: string): Promise<string | undefined>;
  paste(): Promise<string>;
  onStep(step: LoginStep): void;
  onExchange(exchange: Exchange): void;
  onAuthorize(request: AuthorizationRequest, redirectUri: string): Promise<void>;
  note(text: string): Promise<void>;
}

const SECTION = 'auth.admin.oidc';

/** Always resolves with what was recorded, unless the person interrupted before anything was. */
export async function gemLogin(input: GemLoginInput): Promise<LoginOutcome> {
  const { flags } = input;
  const { recorder, steps, onStep, recordedAt } = startRecord(input);
  recorder.secrets.add(flags.client?.secret);
  const state: {
    token: Readonly<Record<string, unknown>>;
    http: Record<string, HttpAnswer>;
    resolution: Resolution | null;
  } = {
    token: {},
    http: {},
    resolution: null,
  };

  /** GEM looks at the token as it is: its signature must be there, so this runs on the real one. */
  const validate = async (token: Readonly<Record<string, unknown>>): Promise<Resolution> => {
    state.token = token;
    const jwt = jwtOf(token);
    recorder.secrets.add(jwt);
    const asked = await askAddresses({
      recorder,
      onStep,
      nameOf: (url) => (url === discoveryUrls(input.issuer).openid ? 'discovery' : 'jwks'),
      resolve: async (http) =>
        input.resolver.resolve({ id_token: flags.tenant === undefined ? jwt : `${flags.tenant}:${jwt}`, http }),
    });
    state.http = asked.http;
    state.resolution = flags.showTokens ? asked.resolution : withoutCredentials(asked.resolution);
    onStep({
      step: 'verify',
      ok: asked.resolution.outcome === 'allowed',
      notes: asked.resolution.denial === null ? ['GEM would accept this token'] : [asked.resolution.denial.message],
    });
    if (asked.resolution.outcome === 'allowed') await describeHeader(input, jwt);
    if (flags.pushUrl !== undefined) await push(input, flags.pushUrl, jwt, recorder, onStep);
    return asked.resolution;
  };

  let failure: LoginFailure | undefined;
  try {
    if (flags.token !== undefined) {
      const token = flags.token.replace(/^[a-z0-9_-]+:(?=ey)/, '');
      onStep({ step: 'token', ok: true, notes: ['a token given instead of a login'] });
      await validate({ id_token: token });
    } else {
      failure = await obtain(input, recorder, onStep, validate);
    }
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    failure = { step: 'interrupted', message: 'Cancelled.', remote: false };
  }
  const hasToken = Object.keys(state.token).length > 0;
  return {
    envelope: loginEnvelope({
      recordedAt,
      product: 'gem',
      section: SECTION,
      idTokenAttributeName: 'id_token',
      token: state.token,
      // A replay takes claims as they are, so the provider's documents are not asked again.
      http: flags.showTokens ? state.http : {},
      exchanges: recorder.exchanges,
      secrets: recorder.secrets,
      keepTokens: flags.showTokens,
    }),
    report: {
      formatVersion: 1,
      target: { product: 'gem', version: input.version, section: SECTION },
      steps,
      checks: [],
      strict: null,
      tokens: hasToken ? shownTokens(state.token, 'id_token', flags.showTokens) : null,
      userinfo: null,
      claims: [],
      refresh: null,
      logout: null,
      resolution: state.resolution,
      failedAt: failure?.step ?? null,
      failure: failure ?? null,
    },
  };
}

/** The ID token, or the access token of client credentials. */
function jwtOf(token: Readonly<Record<string, unknown>>): string {
  const { id_token: idToken, access_token: accessToken } = token;
  return typeof idToken === 'string' && idToken !== '' ? idToken : String(accessToken ?? '');
}

async function obtain(
  input: GemLoginInput,
  recorder: Recorder,
  onStep: (step: LoginStep) => void,
  validate: (token: Readonly<Record<string, unknown>>) => Promise<Resolution>,
): Promise<LoginFailure | undefined> {
  const { flags } = input;
  if (flags.client === undefined) {
    throw new UsageError('GEM has no client of its own to log in with', {
      hint: 'give --client-id (and --client-secret-file, --client-credentials), or --token FILE',
    });
  }
  const url = discoveryUrls(input.issuer).openid;
  const { document, problem, status, elapsed } = await fetchJson(url, recorder.sender('discovery'));
  onStep({
    step: 'discovery',
    ok: document !== undefined,
    request: `GET ${url}`,
    ...(status === undefined ? {} : { status, elapsed }),
    notes: problem === undefined ? [] : [problem.message],
  });
  if (document === undefined) {
    const explanation =
      problem?.kind === 'unreachable'
        ? explainNetworkError(problem.code, 'auth.admin.oidc.issuer_url')
        : {
            usually: 'issuer_url is not the issuer; GEM needs the document and refuses every token without it',
            try: 'compare issuer_url with the iss claim of a token',
          };
    return {
      step: 'discovery',
      message: `there is no discovery document at ${url}`,
      ...(problem === undefined ? {} : { server: problem.message }),
      usually: explanation.usually,
      try: explanation.try,
      remote: true,
    };
  }
  const { authorization_endpoint: authUrl, token_endpoint: tokenUrl } = document;
  if (typeof tokenUrl !== 'string' || !URL.canParse(tokenUrl)) {
    return { step: 'discovery', message: 'the discovery document names no token endpoint', remote: true };
  }
  const methods = document['token_endpoint_auth_methods_supported'];
  const port = flags.port ?? 0;
  const client: OAuthClient = {
    fromFlags: true,
    section: SECTION,
    clientId: flags.client.id,
    clientSecret: flags.client.secret,
    authUrl: typeof authUrl === 'string' ? authUrl : '',
    tokenUrl,
    scopes: flags.client.scopes,
    usePkce: true,
    authStyle:
      flags.client.secret === '' || (Array.isArray(methods) && !methods.includes('client_secret_basic'))
        ? 'InParams'
        : 'InHeader',
    redirectUri: flags.redirectUri ?? `http://127.0.0.1:${port}/callback`,
    extra: {},
    idTokenAttributeName: 'id_token',
    tls: {},
  };
  if (flags.client.credentials) return clientCredentials(client, recorder, onStep, validate);
  if (client.authUrl === '')
    return { step: 'discovery', message: 'the discovery document names no authorization endpoint', remote: true };
  const back = new URL(client.redirectUri);
  return codeFlow({
    host: input.host,
    client,
    recorder,
    back: flags.paste
      ? { kind: 'paste', read: input.paste }
      : { kind: 'loopback', hostname: back.hostname, port: Number(back.port), path: back.pathname },
    loginTimeout: flags.loginTimeout,
    nonce: flags.strict,
    issuer: input.issuer,
    signal: input.signal,
    onStep,
    onAuthorize: input.onAuthorize,
    visit: input.visit,
    afterToken: async ({ result }: CodeFlowTokens) => page(await validate(result.token)),
  });
}

async function clientCredentials(
  client: OAuthClient,
  recorder: Recorder,
  onStep: (step: LoginStep) => void,
  validate: (token: Readonly<Record<string, unknown>>) => Promise<Resolution>,
): Promise<LoginFailure | undefined> {
  const scope = client.scopes.filter((name) => name !== 'openid').join(' ');
  const result = await requestToken(client, recorder, {
    grant_type: 'client_credentials',
    ...(scope === '' ? {} : { scope }),
  });
  const last = result.tries.at(-1)!;
  const answer = last.answer?.ok === false ? last.answer : undefined;
  onStep({
    step: 'token',
    ok: result.token !== undefined,
    request: `POST ${client.tokenUrl}`,
    ...(last.status === undefined ? {} : { status: last.status }),
    elapsed: last.elapsed,
    notes: ['client credentials', ...(answer === undefined ? [] : [answer.error ?? answer.message])],
  });
  if (result.token === undefined) {
    const explanation =
      last.error === undefined
        ? explainTokenError(answer?.error, last.status)
        : explainNetworkError(errorCode(last.error), 'the token endpoint');
    return {
      step: 'token',
      message: 'the token endpoint gives no token',
      server: recorder.secrets.clean(last.error?.message ?? `${last.status} ${answer?.error ?? answer?.message ?? ''}`),
      ...explained(explanation, client),
      remote: true,
    };
  }
  await validate(result.token);
  return undefined;
}

function page(resolution: Resolution): Page {
  const user = (resolution.user ?? {}) as { accessPolicies?: readonly string[] };
  const ok = resolution.outcome === 'allowed';
  return {
    ok,
    title: ok ? 'Token accepted' : 'GEM would refuse this token',
    text: resolution.denial?.message ?? 'This is what GEM would make of it.',
    rows: (user.accessPolicies ?? []).map((policy) => ({ label: 'access policy', value: policy })),
  };
}

/** Both spellings of the same credentials; the token itself only where it may be shown. */
async function describeHeader(input: GemLoginInput, jwt: string): Promise<void> {
  const tenant = input.flags.tenant ?? '<tenant>';
  const shown = input.flags.showTokens ? jwt : '<JWT>';
  await input.note(
    `send:  Authorization: Bearer ${tenant}:${shown}\n  or:  basic authentication, user ${tenant}, password ${input.flags.showTokens ? jwt : 'the JWT'}`,
  );
}

/** One GET with the credentials; nothing is written anywhere. */
async function push(
  input: GemLoginInput,
  url: string,
  jwt: string,
  recorder: Recorder,
  onStep: (step: LoginStep) => void,
): Promise<void> {
  if (!URL.canParse(url))
    throw new UsageError(`--push-url cannot be "${url}"`, {
      hint: 'a whole address: https://gem.example.com/prometheus/api/v1/labels',
    });
  const { tenant } = input.flags;
  if (tenant === undefined) throw new UsageError('--push-url needs --tenant, the first part of the credentials');
  const basic = Buffer.from(`${tenant}:${jwt}`, 'utf8').toString('base64');
  recorder.secrets.add(basic);
  try {
    const answer = await recorder.send({
      step: 'read',
      method: 'GET',
      url,
      headers: { authorization: `Basic ${basic}` },
    });
    const meaning: Record<number, string> = {
      401: 'the credentials are refused; a gateway in front may want another form',
      403: 'known, but not allowed to read this tenant',
      404: 'no such path; try the address of the read API, …/prometheus/api/v1/labels',
    };
    const note = meaning[answer.status];
    onStep({
      step: 'read',
      ok: answer.status < 300,
      request: `GET ${url}`,
      status: answer.status,
      elapsed: answer.elapsed,
      notes: note === undefined ? [] : [note],
    });
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    onStep({
      step: 'read',
      ok: false,
      request: `GET ${url}`,
      notes: [error instanceof Error ? error.message : String(error)],
    });
  }
}
