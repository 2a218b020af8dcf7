/** The result of a dry run, put together. */
import type { ClaimPresence, Denial, Outcome, Resolution, TraceStep } from './trace.js';

/** A type and not an interface: it is one of many users the common result can hold. */
export type GrafanaUser = {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly email: string;
  /** Role in the default organization after this login; empty where Grafana leaves memberships alone or gives none there. */
  readonly role: string;
  /** Grafana's own user role. */
  readonly mappedRole: string;
  /** null: Grafana leaves it as it is. */
  readonly grafanaAdmin: boolean | null;
  readonly groups: readonly string[];
  readonly teams: readonly string[];
  readonly organizations: readonly string[];
  /** Organization id → role, as Grafana writes it; null and {}: memberships are left alone. */
  readonly orgRoles: Readonly<Record<string, string>> | null;
};

export interface Verdict {
  readonly outcome: Outcome;
  readonly user: GrafanaUser | null;
  readonly denial: Denial | null;
  readonly requests: readonly string[];
  readonly steps: readonly TraceStep[];
  readonly claims?: readonly ClaimPresence[];
  readonly undetermined?: boolean;
}

export type GrafanaResolution = Resolution<GrafanaUser>;

export interface VerdictTarget {
  readonly product: string;
  readonly version: string;
  readonly section: string;
}

export function resolution(target: VerdictTarget, name: unknown, verdict: Verdict): GrafanaResolution {
  // no spreading: this is built for each of many payloads
  const { outcome, user, denial, requests, steps, claims } = verdict;
  const result: { -readonly [Key in keyof GrafanaResolution]: GrafanaResolution[Key] } =
    typeof name === 'string'
      ? { formatVersion: 1, target: { ...target }, name, outcome, user, denial, requests, trace: steps }
      : { formatVersion: 1, target: { ...target }, outcome, user, denial, requests, trace: steps };
  if (claims !== undefined) result.claims = claims;
  if (verdict.undetermined) result.certainty = 'undetermined';
  return result;
}
