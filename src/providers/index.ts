/** Which identity provider is behind the addresses of a configuration, and what is known of it without loading anything more. */
import { CLOUD_PROVIDERS } from './facts-cloud.js';
import { ENTERPRISE_PROVIDERS } from './facts-enterprise.js';
import { GENERIC_PROVIDERS } from './facts-generic.js';
import { SELF_HOSTED_PROVIDERS } from './facts-self-hosted.js';
import type { ProviderFacts } from './types.js';

export type { Basis, ProviderFacts, RefreshTokens } from './types.js';
export { isVerified } from './types.js';

/** Those whose addresses tell most come first. */
export const IDENTITY_PROVIDERS: readonly ProviderFacts[] = [
  ...CLOUD_PROVIDERS,
  ...SELF_HOSTED_PROVIDERS,
  ...ENTERPRISE_PROVIDERS,
  ...GENERIC_PROVIDERS,
];

/** The three addresses of a provider section; empty where one is not set. */
export interface ProviderUrls {
  readonly auth: string;
  readonly token: string;
  readonly api: string;
}

export interface Recognised {
  readonly provider: ProviderFacts;
  /** False: several servers have addresses of this form, and this is the most likely. */
  readonly sure: boolean;
}

/** The identity provider behind the addresses of one configuration; the authorization address tells most. */
export function recognise(urls: ProviderUrls): Recognised | undefined {
  const auth = withoutQuery(urls.auth);
  const token = withoutQuery(urls.token);
  const api = withoutQuery(urls.api);
  const alone = byAddress('authUrl', auth);
  if (alone) return { provider: alone, sure: true };
  const whole = byShape({ auth, token, api });
  if (whole && whole.shape!.priority >= SURE) return { provider: whole, sure: true };
  const part = byAddress('tokenUrl', token) ?? byAddress('apiUrl', api);
  if (part) return { provider: part, sure: true };
  return whole && { provider: whole, sure: false };
}

/** Shapes of a lower priority are common to several servers. */
const SURE = 40;

function byShape({ auth, token, api }: ProviderUrls): ProviderFacts | undefined {
  let best: ProviderFacts | undefined;
  for (const provider of IDENTITY_PROVIDERS) {
    const { shape } = provider;
    if (!shape || shape.priority <= (best?.shape?.priority ?? 0)) continue;
    if (fits(shape.auth, auth) && fits(shape.token, token) && fits(shape.api, api)) best = provider;
  }
  return best;
}

/** As `recognise`, where it is sure. */
export function identityProvider(urls: ProviderUrls): ProviderFacts | undefined {
  const found = recognise(urls);
  return found?.sure ? found.provider : undefined;
}

/** The facts of a provider by its id or one of its other names, however written; undefined where there is none. */
export function providerNamed(name: string): ProviderFacts | undefined {
  const wanted = name.toLowerCase();
  return IDENTITY_PROVIDERS.find((provider) => provider.id === wanted || provider.aliases.includes(wanted));
}

function byAddress(field: 'authUrl' | 'tokenUrl' | 'apiUrl', url: string): ProviderFacts | undefined {
  return url === '' ? undefined : IDENTITY_PROVIDERS.find((provider) => provider[field]?.test(url));
}

const fits = (pattern: RegExp | undefined, url: string) => pattern === undefined || pattern.test(url);

/** Patterns look at the end of the path. */
function withoutQuery(text: string): string {
  const end = text.search(/[?#]/);
  return end === -1 ? text : text.slice(0, end);
}

/**
 * Whether the other side speaks OpenID Connect, as far as addresses and scopes tell; undefined where they do not.
 */
export function speaksOidc(urls: ProviderUrls, scopes: readonly string[]): boolean | undefined {
  const known = identityProvider(urls);
  if (known) return known.protocol === 'oidc';
  if (scopes.some((scope) => scope === 'openid' || scope === 'profile' || scope === 'offline_access')) return true;
  if (/\/userinfo\/?($|[?#])/i.test(urls.api)) return true;
  if ([urls.auth, urls.token, urls.api].some((address) => /openid|\boidc\b/i.test(address))) return true;
  return undefined;
}
