/** What a request to `/auth/sso` leads to, while it grows: the steps taken, and the answer of the server at the end. */
import type { Denial, Outcome, Resolution, TraceStep } from '../claims/trace.js';
import type { JsonValue } from './json.js';
import type { SsoRequest } from './request.js';
import type { DashboardView } from './settings-view.js';
import { whyDisabled } from './settings-view.js';
import type { ServerState } from './state.js';
import { hasFeature } from './state.js';
import type { DashboardProfile } from './versions.js';

/** A type alias, so that it is also a plain record. */
export type DashboardUser = {
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** What this login stores. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** With those set by hand, which win from v56 on. */
  readonly effectiveAttributes: Readonly<Record<string, unknown>>;
  /** Claims that are not stored. */
  readonly dropped: readonly string[];
  readonly groups: readonly number[];
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly created: boolean;
  readonly reactivated: boolean;
  readonly tenant: string | null;
  readonly tenantCreated: boolean;
  readonly tenantAttributes: Readonly<Record<string, unknown>> | null;
};

/** What the server answers; null where not established. */
export interface DashboardResponse {
  readonly status: number | null;
  readonly location?: string;
  readonly body?: unknown;
  readonly statusKey?: string;
  /** Where a redirect leads, where no login takes place. */
  readonly to?: 'idp' | 'saml';
}

export type DashboardResolution = Resolution<DashboardUser> & {
  readonly response: DashboardResponse;
  /** Whether login with a password stays. */
  readonly passwordLogin: boolean;
};

export interface DashboardInput {
  readonly view: DashboardView;
  readonly profile: DashboardProfile;
  readonly state: ServerState;
  readonly request: SsoRequest;
  /** Claims that stand for a correctly signed token. */
  readonly claims: JsonValue | undefined;
  /** Seconds since 1970; without it times are not checked. */
  readonly now: number | undefined;
  /** Ids of the groups the person has before the login, whether or not the server's people are given. */
  readonly currentGroups?: readonly number[];
  readonly name?: string;
}

export interface RefusalOptions {
  readonly status: number | null;
  readonly productMessage: string | null;
  readonly statusKey?: string;
  /** The answer is JSON whatever the version. */
  readonly json?: boolean;
  readonly plain?: boolean;
}

export class Answer {
  readonly #trace: TraceStep[] = [];

  constructor(readonly input: DashboardInput) {}

  step(step: TraceStep): void {
    this.#trace.push(step);
  }

  /** The server turns the person away. */
  refuse(rule: string, message: string, options: RefusalOptions): DashboardResolution {
    const { status, productMessage, statusKey } = options;
    const denial = { rule, message, productMessage };
    const fields = {
      ...(statusKey === undefined ? {} : { status: statusKey }),
      ...(productMessage === null ? {} : { message: productMessage }),
    };
    const body =
      options.json || !options.plain
        ? Object.keys(fields).length === 0
          ? undefined
          : fields
        : (productMessage ?? undefined);
    return this.result('denied', null, denial, {
      status,
      ...(statusKey === undefined ? {} : { statusKey }),
      ...(body === undefined ? {} : { body }),
    });
  }

  /** The whole result; nothing may be added afterwards. */
  result(
    outcome: Outcome,
    user: DashboardUser | null,
    denial: Denial | null,
    response: DashboardResponse,
  ): DashboardResolution {
    const { profile, name } = this.input;
    const undetermined = this.#trace.some((step) => step.certainty === 'undetermined');
    return {
      formatVersion: 1,
      target: { product: 'dashboard', version: profile.asked },
      ...(name === undefined ? {} : { name }),
      outcome,
      user,
      denial,
      requests: [],
      response,
      passwordLogin: this.#passwordLogin(),
      ...(undetermined ? { certainty: 'undetermined' as const } : {}),
      trace: this.#trace,
    };
  }

  /** Switching it off counts only while some single sign-on is really on, and with the feature of its own. */
  #passwordLogin(): boolean {
    const { view, profile, state } = this.input;
    if (view.passwordLogin) return true;
    const jwt = whyDisabled(view, profile, hasFeature(state, 'sso-jwt')) === undefined;
    return !((jwt || state.saml) && hasFeature(state, 'disable-password-login'));
  }
}
