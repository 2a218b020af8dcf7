/**
 * `test-login` for Grafana and Grafana Cloud: the configuration's own client in a real login, then the same resolution as a dry run.
 */
import { derivedAddress } from '../claims/exchange.js';
import type { PreparedResolver } from '../claims/resolver.js';
import type { Check, Resolution } from '../claims/trace.js';
import { InterruptedError } from '../errors.js';
import type { Host } from '../host.js';
import type { ProviderSettings } from '../settings/provider.js';
import type { EffectiveConfig } from '../settings/types.js';
import { askAddresses } from './ask-addresses.js';
import type { AuthorizationRequest } from './authorize.js';
import { type CodeFlowTokens, codeFlow } from './code-flow.js';
import { grafanaClient, placeOfSetting } from './grafana-client.js';
import { type IssuerView, viewIssuer } from './issuer-view.js';
import { startRecord } from './login-record.js';
import type { Page } from './page.js';
import type { Exchange, Received } from './recorder.js';
import { tryRefresh } from './refresh.js';
import type { LoginFlags, LoginOutcome, LogoutNote, ShownTokens } from './report.js';
import { type HttpAnswer, loginEnvelope } from './session.js';
import { shownTokens } from './shown-token.js';
import type { LoginFailure, LoginStep, StepName } from './steps.js';
import type { StrictView } from './strict.js';

export interface GrafanaLoginInput {
  readonly host: Host;
  readonly config: EffectiveConfig;
  readonly provider: ProviderSettings;
  readonly resolver: PreparedResolver;
  readonly version: string;
  readonly flags: LoginFlags;
  readonly signal: AbortSignal;
  /** Sends the person to the provider; see `CodeFlowInput`. */
  readonly visit?: (url: string) => Promise<string | undefined>;
  readonly paste: () => Promise<string>;
  onStep(step: LoginStep): void;
  onExchange(exchange: Exchange): void;
  onAuthorize(request: AuthorizationRequest, redirectUri: string): Promise<void>;
  note(text: string): Promise<void>;
  warn(text: string): Promise<void>;
}

/** Always resolves with what was recorded, unless the person interrupted before anything was. */
export async function grafanaLogin(input: GrafanaLoginInput): Promise<LoginOutcome> {
  const { host, provider, flags } = input;
  const { client, back, notes, warnings } = await grafanaClient(input.config, provider, host, flags, input.paste);
  for (const warning of warnings) await input.warn(warning);
  for (const note of notes) await input.note(note);

  const { recorder, steps, onStep, recordedAt } = startRecord(input, client.tls);
  recorder.secrets.add(client.clientSecret);
  const envelopeOf = (token: Readonly<Record<string, unknown>>, http: Readonly<Record<string, HttpAnswer>>) =>
    loginEnvelope({
      recordedAt,
      product: provider.product,
      section: provider.section,
      idTokenAttributeName: client.idTokenAttributeName,
      token,
      http,
      exchanges: recorder.exchanges,
      secrets: recorder.secrets,
      keepTokens: flags.showTokens,
    });

  const state: {
    tokens?: CodeFlowTokens;
    shown: ShownTokens | null;
    http: Record<string, HttpAnswer>;
    resolution: Resolution | null;
    issuer?: IssuerView;
    strict: StrictView | null;
    refresh: readonly Check[] | null;
    logout: LogoutNote | null;
  } = { shown: null, http: {}, resolution: null, strict: null, refresh: null, logout: null };

  let failure: LoginFailure | undefined;
  try {
    failure = await codeFlow({
      host,
      client,
      recorder,
      back,
      loginTimeout: flags.loginTimeout,
      nonce: flags.strict,
      signal: input.signal,
      onStep,
      onAuthorize: input.onAuthorize,
      ...(input.visit === undefined ? {} : { visit: input.visit }),
      afterToken: async (tokens) => {
        state.tokens = tokens;
        const { token } = tokens.result;
        state.shown = shownTokens(token, client.idTokenAttributeName, flags.showTokens);
        const asked = await askAddresses({
          recorder,
          accessToken: String(token['access_token']),
          nameOf: endpointNames(provider),
          noteOn: answerNotes,
          onStep,
          resolve: async (http) => input.resolver.resolve(envelopeOf(token, http)),
        });
        state.http = asked.http;
        state.resolution = asked.resolution;
        return resultPage(asked.resolution);
      },
    });
    if (state.tokens !== undefined) {
      const { tokens } = state;
      state.issuer = await viewIssuer({
        tokens,
        issuer: flags.issuer,
        recorder,
        now: host.now(),
        expectedNonce: tokens.request.nonce,
        onStep,
      });
      state.strict = state.issuer.strict;
      if (flags.refresh) {
        const outcome = await tryRefresh(tokens.client, tokens.result.token, recorder);
        state.refresh = outcome.checks;
        onStep({
          step: 'refresh',
          ok: outcome.checks.every((check) => check.ok !== false),
          request: `POST ${client.tokenUrl}`,
          notes: outcome.checks.filter((check) => check.ok === false).map((check) => check.name),
        });
      }
      state.logout = logoutNote(input, state.issuer);
    }
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    failure = { step: 'interrupted', message: 'Cancelled.', remote: false };
  }
  const failed = failure && withPlaces(failure, provider);
  const envelope = envelopeOf(state.tokens?.result.token ?? {}, state.http);
  return {
    envelope,
    report: {
      formatVersion: 1,
      target: { product: provider.product, version: input.version, section: provider.section },
      steps,
      checks: state.issuer?.checks ?? [],
      strict: state.strict,
      tokens: state.shown,
      userinfo: userinfoOf(envelope.http, provider),
      claims: state.resolution?.claims ?? [],
      refresh: state.refresh,
      logout: state.logout,
      resolution: state.resolution,
      failedAt: failed?.step ?? null,
      failure: failed ?? null,
    },
  };
}

/** Which of the addresses of the section a request went to. */
function endpointNames(provider: ProviderSettings): (url: string) => StepName {
  const names = new Map<string, StepName>();
  if (provider.product === 'grafana') {
    const api = provider.text('api_url');
    const addresses: readonly (readonly [StepName, string])[] = [
      ['userinfo', api],
      ['emails', `${api}/emails`],
      ['teams', provider.text('teams_url') || `${api}/teams`],
      ['orgs', `${api}/orgs`],
    ];
    for (const [name, text] of addresses) {
      // Older versions format the address once more, which changes it where it has percent signs.
      for (const sprintf of [false, true]) {
        const { url } = derivedAddress(text, sprintf);
        if (url.ok && !names.has(url.url)) names.set(url.url, name);
      }
    }
  }
  return (url) => names.get(url) ?? 'userinfo';
}

function answerNotes(name: StepName, { status, headers, text }: Received): string[] {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim();
  if (type === 'application/jwt') {
    return name === 'userinfo'
      ? ['a signed UserInfo answer (application/jwt): Grafana reads JSON only and drops it']
      : ['a signed answer (application/jwt): Grafana reads JSON only'];
  }
  if (text.trimStart().startsWith('<')) return ['the answer is a web page, no JSON: Grafana cannot read it'];
  if (status === 401) return ['401: the provider does not accept this access token here (audience or scope)'];
  if (status === 403) {
    return [
      name === 'userinfo' ? '403: often the scope "openid" is missing' : '403: often a scope for this is missing',
    ];
  }
  return [];
}

function withPlaces(failure: LoginFailure, provider: ProviderSettings): LoginFailure {
  if (failure.lookAt === undefined) return failure;
  const lookAt = failure.lookAt.map((option) => {
    const place = placeOfSetting(provider.setting(option));
    return place === undefined ? `${option} (not set)` : `${option} (${place})`;
  });
  return { ...failure, lookAt };
}

function userinfoOf(http: Readonly<Record<string, HttpAnswer>>, provider: ProviderSettings): unknown {
  const url = provider.product === 'grafana-cloud' ? Object.keys(http)[0] : provider.text('api_url');
  const answer = url === undefined ? undefined : http[url];
  if (answer?.body === undefined) return null;
  try {
    return JSON.parse(answer.body);
  } catch {
    return answer.body;
  }
}

function resultPage(resolution: Resolution): Page {
  const user = (resolution.user ?? {}) as Readonly<Record<string, unknown>>;
  const rows = (['login', 'email', 'name', 'role'] as const)
    .map((field) => ({ label: field, value: String(user[field] ?? '') }))
    .filter((row) => row.value !== '');
  if (resolution.outcome === 'allowed') {
    return { ok: true, title: 'Logged in', text: 'This is what Grafana would make of it.', rows };
  }
  return {
    ok: false,
    title: resolution.outcome === 'denied' ? 'Grafana would refuse this login' : 'This login would fail in Grafana',
    text: resolution.denial?.message ?? '',
    rows,
  };
}

/** Grafana signs out locally; only `signout_redirect_url` reaches the provider. */
function logoutNote(input: GrafanaLoginInput, issuer: IssuerView): LogoutNote {
  const own =
    input.provider.text('signout_redirect_url') || input.config.get('auth', 'signout_redirect_url')?.interpolated || '';
  if (own !== '') return { url: own, note: 'signout_redirect_url: where Grafana sends the browser after signing out' };
  const endpoint = issuer.metadata?.['end_session_endpoint'];
  if (typeof endpoint !== 'string') {
    return {
      url: null,
      note: 'no signout_redirect_url: signing out of Grafana leaves the session at the provider open',
    };
  }
  const url = new URL(endpoint);
  url.searchParams.set('client_id', input.provider.text('client_id'));
  return {
    url: url.href,
    note: 'no signout_redirect_url: signing out of Grafana leaves the session at the provider open; this address would end it',
  };
}
