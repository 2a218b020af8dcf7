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
  return {
    formatVersion: 1,
    target: { ...target },
    ...(typeof name === 'string' && { name }),
    outcome: verdict.outcome,
    user: verdict.user,
    denial: verdict.denial,
    requests: verdict.requests,
    trace: verdict.steps,
    ...(verdict.claims !== undefined && { claims: verdict.claims }),
    ...(verdict.undetermined && { certainty: 'undetermined' as const }),
  };
}
