/**
 * The list options of providers, for the rules about how lists are written.
 */
import type { GrafanaSubject, ProviderView } from './subject.js';
import { ALLOW_LISTS, given, isLiteral, providersInUse } from './support.js';

export interface ListOption {
  readonly provider: ProviderView;
  readonly key: string;
  readonly value: string;
  /** Decides who may enter. */
  readonly gate: boolean;
}

/** Lists whose items are names that may hold blanks. */
export const NAME_LISTS: readonly string[] = ['allowed_groups', 'allowed_organizations', 'team_ids'];

/** The list options that a provider in use was given and this version reads. */
export function* listOptions(subject: GrafanaSubject): Generator<ListOption> {
  const { order } = subject.profile;
  for (const provider of providersInUse(subject)) {
    for (const key of ['scopes', ...ALLOW_LISTS, 'org_mapping']) {
      if (!given(subject, provider.section, key) || !isLiteral(subject, provider.section, key)) continue;
      if (!isRead(provider, key, order)) continue;
      const value = provider.text(key);
      if (value !== '') yield { provider, key, value, gate: (ALLOW_LISTS as readonly string[]).includes(key) };
    }
  }
}

/** Whether a connector looks at a list: grafana.com checks organizations only, generic OAuth checks groups from 10.1. */
export function isRead(provider: ProviderView, key: string, order: number): boolean {
  if (provider.isCloud) return key === 'scopes' || key === 'allowed_organizations';
  if (key === 'allowed_groups' && provider.isGeneric) return order >= 10_001;
  if (key === 'org_mapping') return order >= 11_001;
  if (key === 'team_ids') return provider.isGeneric || provider.kind === 'github';
  return true;
}

/** What becomes of people where a gate has no item that matches anyone. */
export const REFUSED: Readonly<Record<string, string>> = {
  allowed_domains: 'everybody else is refused: "Required email domain not fulfilled"',
  allowed_groups: 'its members are refused: "user not a member of one of the required groups"',
  allowed_organizations: 'its members are refused: "user not a member of one of the required organizations"',
  team_ids: 'its members are refused: "user not a member of one of the required teams"',
};
