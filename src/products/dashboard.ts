/** Dashboard with JWT login behind the common verbs. */
import { Body } from '../claims/body.js';
import { isAnswer } from '../claims/envelope.js';
import { DashboardConfig, readDashboardFiles, readDashboardSettings } from '../dashboard/config.js';
import type { JsonValue } from '../dashboard/json.js';
import { fromPlain, parseJson } from '../dashboard/json.js';
import { readRequest } from '../dashboard/request.js';
import { resolveDashboard } from '../dashboard/resolve.js';
import { type DashboardView, viewOf } from '../dashboard/settings-view.js';
import { readState } from '../dashboard/state.js';
import type { DashboardProfile } from '../dashboard/versions.js';
import { dashboardProfile } from '../dashboard/versions.js';
import { UsageError } from '../errors.js';
import type { PayloadEnvelope, PreparedResolver, Product, ProductResolveOptions } from './product.js';

/** The profile asked for. Throws UsageError where the text is no version. */
function profileOf(version: string | undefined): DashboardProfile {
  const profile = dashboardProfile(version);
  if (profile === undefined)
    throw new UsageError(`"${version}" is not a version of Dashboard`, { hint: 'write it as 58 or 46.7' });
  return profile;
}

async function prepare(options: ProductResolveOptions): Promise<PreparedResolver> {
  const profile = profileOf(options.productVersion);
  const config =
    options.config instanceof DashboardConfig ? options.config : readDashboardFiles(options.files ?? [], options.env);
  const view = viewOf(config);
  return {
    resolve(envelope, { trace = true } = {}) {
      const { settings } = envelope;
      const token = firstText(envelope.id_token, isObject(envelope.token) ? envelope.token['id_token'] : undefined);
      const claims = token === undefined ? claimsOf(envelope) : undefined;
      const own = isObject(settings) ? viewOf(readDashboardSettings(settings)) : view;
      const key = envelope['key'];
      const result = resolveDashboard({
        view: withKey(own, key),
        profile,
        state: readState(envelope['state'] ?? stateOf(envelope['currentGroups'], token, claims, view.emailClaim)),
        request: readRequest(requestOf(envelope), token, claims !== undefined),
        claims,
        // A payload may say when its login takes place.
        now: typeof envelope['now'] === 'number' ? envelope['now'] : options.now,
        ...(isIdList(envelope['currentGroups']) ? { currentGroups: envelope['currentGroups'] } : {}),
        ...(typeof envelope.name === 'string' ? { name: envelope.name } : {}),
      });
      return trace ? result : { ...result, trace: [] };
    },
  };
}

/** A key given for the occasion; alone it also stands for the rest of a configuration that works. */
function withKey(view: DashboardView, key: unknown): DashboardView {
  if (typeof key !== 'string') return view;
  const alone = view.secret === '' && !view.enabled;
  return { ...view, secret: key, ...(alone ? { enabled: true, uri: view.uri || 'unknown:' } : {}) };
}

/** The person as the server knows them, where only the groups they are in now were given. */
function stateOf(
  groups: unknown,
  token: string | undefined,
  claims: JsonValue | undefined,
  emailClaim: string,
): unknown {
  if (!Array.isArray(groups)) return undefined;
  const payload = claims ?? parseJson(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const email = payload instanceof Map ? payload.get(emailClaim) : undefined;
  return typeof email === 'string' ? { users: [{ email, groups }] } : undefined;
}

/** Claims standing for a token: `id_token_claims`, as data or as the payload's text; else a bare claims object. */
function claimsOf(envelope: PayloadEnvelope): JsonValue | undefined {
  const given = documentOf(envelope.id_token_claims ?? envelope.userinfo);
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'string') return fromPlain(given);
  const parsed = parseJson(given);
  if (parsed === undefined) throw new UsageError('the claims are not JSON', { hint: 'write "id_token_claims": { … }' });
  return parsed;
}

function requestOf(envelope: PayloadEnvelope): Readonly<Record<string, unknown>> | undefined {
  const request = envelope['request'];
  if (request === undefined || request === null) return undefined;
  if (!isObject(request))
    throw new UsageError('"request" of the payload is not an object', {
      hint: 'write "request": { "method", "path", "query" }',
    });
  return request;
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string');
}

/** A document of an envelope: text where it came as text. An answer other than 200 has none. */
function documentOf(value: unknown): unknown {
  if (value instanceof Body) return value.text;
  if (isAnswer(value)) return value.status === 200 ? documentOf(value.body) : undefined;
  return value;
}

function isIdList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((id) => Number.isSafeInteger(id));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const dashboard: Product = {
  id: 'dashboard',
  title: 'Dashboard (JWT)',
  validate: async (files, options) =>
    (await import('./dashboard-validate.js')).validateDashboard(files, profileOf(options.productVersion), options),
  prepare,
  compare: async (before, after) =>
    (await import('./dashboard-compare.js')).compareDashboard(
      dashboard,
      [profileOf(before.productVersion), profileOf(after.productVersion)],
      before,
      after,
    ),
  login: async (context) => (await import('./dashboard-live-login.js')).loginDashboard(dashboard, context),
  demo: async (options) => (await import('./dashboard-live-login.js')).demoDashboard(options),
  tokenAddress: async (options) =>
    (await import('./dashboard-live-login.js')).dashboardTokenAddress(profileOf(options.productVersion), options),
};
