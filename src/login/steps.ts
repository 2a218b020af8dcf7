/**
 * What happened in a login, as data: steps in order, and for a failure which step, what was said, what it usually means, what to try.
 */

export type StepName =
  | 'settings'
  | 'authorize'
  | 'callback'
  | 'token'
  | 'userinfo'
  | 'emails'
  | 'teams'
  | 'orgs'
  | 'discovery'
  | 'jwks'
  | 'verify'
  | 'refresh'
  | 'resolve'
  | 'logout'
  | (string & {});

export interface LoginStep {
  readonly step: StepName;
  readonly ok: boolean;
  /** `POST https://idp.example/token`. */
  readonly request?: string;
  readonly status?: number;
  /** Milliseconds. */
  readonly elapsed?: number;
  readonly notes: readonly string[];
}

export interface LoginFailure {
  readonly step: StepName;
  readonly message: string;
  /** Verbatim from the server: `error=invalid_client "…"`. */
  readonly server?: string;
  readonly usually?: string;
  readonly try?: string;
  /** Option to look at, with its place (`grafana.ini:8`). */
  readonly lookAt?: readonly string[];
  /** What the product itself would answer. */
  readonly productMessage?: string;
  /** The identity provider (or the network to it) failed rather than the person being refused. */
  readonly remote: boolean;
}
