/**
 * What a live login gives back: the JSON of `test-login`, the envelope to save, and how it went.
 */
import type { Check, ClaimPresence, Resolution } from '../claims/trace.js';
import type { LoginEnvelope } from './session.js';
import type { LoginFailure, LoginStep, StepName } from './steps.js';
import type { StrictView } from './strict.js';

export interface ShownToken {
  /** `jwt`, `jwe`, or `opaque`. */
  readonly kind: 'jwt' | 'jwe' | 'opaque';
  readonly header?: unknown;
  readonly claims?: unknown;
  /** The token itself with `--show-tokens`, otherwise `[redacted]`. */
  readonly raw: string;
}

export interface ShownTokens {
  readonly id_token: ShownToken | null;
  readonly access_token: ShownToken | null;
  readonly refresh_token: string | null;
  /** The other fields of the token answer. */
  readonly other: Readonly<Record<string, unknown>>;
}

/** Address a person logs out at, as the product would send them there. */
export interface LogoutNote {
  readonly url: string | null;
  readonly note: string;
}

export interface LoginReport {
  readonly formatVersion: 1;
  readonly target: { readonly product: string; readonly version: string; readonly section?: string };
  readonly steps: readonly LoginStep[];
  readonly checks: readonly Check[];
  readonly strict: StrictView | null;
  readonly tokens: ShownTokens | null;
  readonly userinfo: unknown;
  readonly claims: readonly ClaimPresence[];
  readonly refresh: readonly Check[] | null;
  readonly logout: LogoutNote | null;
  readonly resolution: Resolution | null;
  readonly failedAt: StepName | null;
  readonly failure: LoginFailure | null;
}

export interface LoginOutcome {
  readonly report: LoginReport;
  /** What `--save` writes; also there when the login failed half-way. */
  readonly envelope: LoginEnvelope;
}

/** Flags of `test-login`, after reading. */
export interface LoginFlags {
  readonly port?: number;
  readonly redirectUri?: string;
  readonly paste: boolean;
  readonly strict: boolean;
  readonly refresh: boolean;
  readonly showTokens: boolean;
  /** Issuer for discovery, where it is not that of the ID token. */
  readonly issuer?: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly loginTimeout: number;
  readonly resolve: readonly string[];
  /** The token itself, given instead of a login (products that take one). */
  readonly token?: string;
  readonly pushUrl?: string;
  /** The embedding flow instead of the redirects (dashboard). */
  readonly embedding: boolean;
  /** Client for the login of a product whose configuration has none (gem). */
  readonly client?: {
    readonly id: string;
    readonly secret: string;
    readonly credentials: boolean;
    readonly scopes: readonly string[];
  };
  readonly tenant?: string;
}
