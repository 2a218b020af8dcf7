/**
 * What the rules about particular identity providers share: the provider behind generic OAuth, as its addresses show it, and
 * how surely a fact may be stated.
 */
import { type Basis, isVerified, type ProviderFacts } from '../../providers/index.js';
import type { Severity } from '../rule.js';
import type { ExpressionSetting } from './expressions.js';
import type { GrafanaSubject, ProviderView } from './subject.js';
import { genericInUse, providerBehind } from './support.js';

export interface KnownProvider {
  readonly provider: ProviderView;
  readonly known: ProviderFacts;
}

/** Generic OAuth in use against a provider that its addresses tell for sure. */
export function knownGeneric(subject: GrafanaSubject): KnownProvider | undefined {
  const provider = genericInUse(subject);
  const known = provider && providerBehind(provider);
  return provider && known && { provider, known };
}

/** The severity of a finding by how its fact is known: what is only recalled or concluded is never an error. */
export function bySureness(basis: Basis | undefined, sure: Severity, unsure: Severity): Severity {
  return isVerified(basis) ? sure : unsure;
}

/** Words before a statement that nobody has verified; none before one that is verified. */
export function softly(basis: Basis | undefined): string {
  return isVerified(basis) ? '' : 'as far as known, ';
}

/** Names of claims an expression reads at the top of a document. */
export function topClaims({ reading }: ExpressionSetting): readonly string[] {
  return [...new Set((reading?.claims ?? []).map(({ path }) => path[0]!))];
}

/** Whether an expression looks at the claim with the groups; where that has no fixed name, at any claim. */
export function aboutGroups(claims: readonly string[], name: string | undefined): boolean {
  return name === undefined ? claims.length > 0 : claims.includes(name);
}
