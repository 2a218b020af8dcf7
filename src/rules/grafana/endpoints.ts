/**
 * The addresses of providers, for the rules about addresses.
 */
import { findUrlPlaceholder } from './placeholders.js';
import type { GrafanaSubject, ProviderView } from './subject.js';
import { given, isLiteral, providersInUse } from './support.js';

export interface Endpoint {
  readonly provider: ProviderView;
  readonly key: string;
  readonly value: string;
}

/** The addresses providers in use were given; placeholders, and what an expander supplies, are left out. */
export function* endpoints(subject: GrafanaSubject, keys: readonly string[]): Generator<Endpoint> {
  for (const provider of providersInUse(subject)) {
    if (provider.isCloud) continue;
    for (const key of keys) {
      if (!given(subject, provider.section, key) || !isLiteral(subject, provider.section, key)) continue;
      if (key === 'jwk_set_url' && subject.profile.order < 12_004) continue;
      const value = provider.text(key);
      if (value !== '' && !findUrlPlaceholder(value)) yield { provider, key, value };
    }
  }
}

/** Addresses Grafana itself asks, the browser's first. */
export const ENDPOINT_KEYS = ['auth_url', 'token_url', 'api_url', 'teams_url', 'jwk_set_url'] as const;
