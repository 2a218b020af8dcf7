/**
 * The result of a dry run: an ordered list of steps and what came of them. Text, JSON, Markdown and tests are views of it.
 */
import { REDACTED } from '../text/redact.js';

export type StepStatus = 'matched' | 'empty' | 'error' | 'skipped' | 'ignored' | 'default';

/** Where a value was looked for. */
export type ClaimSource = 'id_token' | 'userinfo' | 'access_token' | 'emails' | 'teams' | 'orgs' | (string & {});

export interface TraceStep {
  /** What is being decided: `role`, `email`, `login`, `name`, `groups`, `access`, `source`, … */
  readonly field: string;
  readonly source?: ClaimSource;
  readonly option?: string;
  readonly expression?: string;
  readonly result?: unknown;
  readonly status: StepStatus;
  /** For people: why, and what follows. */
  readonly note?: string;
  readonly error?: { readonly message: string; readonly offset?: number; readonly panic?: boolean };
  /** True for a step the product does not take: what a later source would have said. */
  readonly hypothetical?: boolean;
  readonly certainty?: 'undetermined';
}

export type Outcome = 'allowed' | 'denied' | 'error' | 'redirect';

export interface Denial {
  readonly rule: string;
  readonly message: string;
  /** What the product itself tells the person or logs; null where it has no text. */
  readonly productMessage: string | null;
}

/** Whether a claim that an option names is there, and where the product would look. */
export interface ClaimPresence {
  readonly option: string;
  readonly claim: string;
  readonly id_token: boolean | null;
  readonly userinfo: boolean | null;
  readonly access_token: boolean | null;
  /** The sources the product reads in this version. */
  readonly read: readonly string[];
  /** Claims with similar names that do exist. */
  readonly nearby: readonly string[];
}

/** The JSON of `eval-role`. */
export interface Resolution<User = Record<string, unknown>> {
  readonly formatVersion: 1;
  readonly target: {
    readonly product: string;
    readonly version: string;
    readonly section?: string;
    readonly [key: string]: unknown;
  };
  readonly name?: string;
  readonly outcome: Outcome;
  readonly user: User | null;
  readonly denial: Denial | null;
  readonly requests: readonly string[];
  readonly trace: readonly TraceStep[];
  readonly claims?: readonly ClaimPresence[];
  readonly certainty?: 'undetermined';
  readonly [key: string]: unknown;
}

/** One named check with what was expected and what was found; shared by token verification, discovery and login. */
export interface Check {
  readonly name: string;
  /** null: could not be checked. */
  readonly ok: boolean | null;
  readonly expected?: string;
  readonly actual?: string;
  readonly because?: string;
}

/** The result as it may be printed or kept: a token that a request carried is left out (`credentials.token` of GEM). */
export function withoutCredentials(resolution: Resolution): Resolution {
  const credentials = resolution['credentials'] as { readonly token?: unknown } | null | undefined;
  if (typeof credentials?.token !== 'string') return resolution;
  return { ...resolution, credentials: { ...credentials, token: REDACTED } };
}
