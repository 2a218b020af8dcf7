/** Grafana Enterprise Metrics behind the common verbs. */

import { Body } from '../claims/body.js';
import { isAnswer } from '../claims/envelope.js';
import { UsageError } from '../errors.js';
import { GemConfig, readGemFiles, readGemSettings } from '../gem/config.js';
import { looksLikeJwt } from '../gem/jwt.js';
import type { GemPayload, PreparedGem } from '../gem/resolve.js';
import { prepareGem, resolveGem } from '../gem/resolve.js';
import type { GemProfile } from '../gem/versions.js';
import { gemProfile, NEWEST_GEM_VERSION } from '../gem/versions.js';
import type { PayloadEnvelope, PreparedResolver, Product, ProductResolveOptions } from './product.js';

/** The profile asked for. Throws UsageError where the text is no version. */
function profileOf(version: string | undefined): GemProfile {
  const profile = gemProfile(version);
  if (profile === undefined)
    throw new UsageError(`"${version}" is not a version of GEM`, { hint: `write it as ${NEWEST_GEM_VERSION}` });
  return profile;
}

async function prepare(options: ProductResolveOptions): Promise<PreparedResolver> {
  const profile = profileOf(options.productVersion);
  const config = options.config instanceof GemConfig ? options.config : readGemFiles(options.files ?? []);
  let prepared: PreparedGem | undefined;
  return {
    resolve(envelope, { trace = true } = {}) {
      const own = isObject(envelope.settings) ? prepareGem(readGemSettings(envelope.settings), profile) : undefined;
      if (own === undefined) prepared ??= prepareGem(config, profile);
      const result = resolveGem((own ?? prepared)!, payloadOf(envelope), timeOf(envelope) ?? options.now);
      return trace ? result : { ...result, trace: [] };
    },
  };
}

/** What of an envelope concerns GEM: a token or claims, headers, what is known of policies and provider. */
function payloadOf(envelope: PayloadEnvelope): GemPayload {
  const token = firstText(envelope.id_token, field(envelope.token, 'id_token'));
  const access = firstText(envelope.access_token, field(envelope.token, 'access_token'));
  const claims = token === undefined ? documentOf(envelope.id_token_claims) : undefined;
  const userinfo = documentOf(envelope.userinfo);
  const chosen =
    token !== undefined || claims !== undefined
      ? { ...(token === undefined ? {} : { token }), ...(claims === undefined ? {} : { claims }) }
      : access !== undefined && (looksLikeJwt(access) || userinfo === undefined)
        ? { token: access }
        : userinfo === undefined
          ? {}
          : { claims: userinfo };
  return {
    ...chosen,
    ...(typeof envelope.name === 'string' ? { name: envelope.name } : {}),
    ...objects(envelope, ['headers', 'provider', 'request']),
    ...httpOf(envelope),
    ...(envelope['policies'] === undefined ? {} : { policies: envelope['policies'] }),
  };
}

/** A payload may say when its login takes place. */
function timeOf(envelope: PayloadEnvelope): number | undefined {
  return typeof envelope['now'] === 'number' ? envelope['now'] : undefined;
}

/** Recorded answers, their bodies as texts. */
function httpOf(envelope: PayloadEnvelope): { http?: Readonly<Record<string, unknown>> } {
  const { http } = objects(envelope, ['http']);
  if (http === undefined) return {};
  const answers = Object.entries(http).map(([url, answer]) => [
    url,
    isObject(answer) && answer['body'] instanceof Body ? { ...answer, body: answer['body'].text } : answer,
  ]);
  return { http: Object.fromEntries(answers) };
}

function objects(
  envelope: PayloadEnvelope,
  keys: readonly string[],
): Record<string, Readonly<Record<string, unknown>>> {
  const found: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const key of keys) {
    const value = envelope[key];
    if (isObject(value)) found[key] = value;
    else if (value !== undefined && value !== null)
      throw new UsageError(`"${key}" of the payload is not an object`, { hint: `write "${key}": { … }` });
  }
  return found;
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string');
}

function field(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

/** A document of an envelope: text where it came as text. An answer other than 200 has none. */
function documentOf(value: unknown): unknown {
  if (value instanceof Body) return value.text;
  if (isAnswer(value)) return value.status === 200 ? documentOf(value.body) : undefined;
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const gem: Product = {
  id: 'gem',
  title: 'Grafana Enterprise Metrics',
  validate: async (files, options) =>
    (await import('./gem-validate.js')).validateGem(files, profileOf(options.productVersion), options),
  prepare,
  compare: async (before, after) =>
    (await import('./gem-compare.js')).compareGem(
      gem,
      [profileOf(before.productVersion), profileOf(after.productVersion)],
      before,
      after,
    ),
  login: async (context) => (await import('./gem-live-login.js')).loginGem(gem, context),
  demo: async (options) => (await import('./gem-live-login.js')).demoGem(options),
};
