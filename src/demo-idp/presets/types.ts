/**
 * What the demo provider imitates: one provider's paths, claims and habits. Facts come from the public documentation and source
 * of each provider; the answers are modelled on them, nothing was copied.
 */

/** What a claims function may use about the person, the client and the moment. */
export interface Facts {
  readonly sub: string;
  readonly client: string;
  readonly issuer: string;
  readonly origin: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** Lifetime of the token in seconds. */
  readonly ttl: number;
  readonly session: string;
  readonly scopes: readonly string[];
  /** A small number of this person's own. */
  readonly number: number;
  readonly login: string;
  readonly name: string;
  readonly given: string;
  readonly family: string;
  readonly email: string | undefined;
  readonly verified: boolean;
  /** Groups in the shape this provider sends, undefined where it leaves the claim out. */
  readonly groups: unknown;
  /** The same groups as one text with commas. */
  readonly groupsText: string | undefined;
  readonly role: 'GrafanaAdmin' | 'Admin' | 'Editor' | 'Viewer' | undefined;
  readonly emails: readonly { readonly email: string; readonly primary: boolean; readonly verified: boolean }[];
  readonly teams: readonly { readonly id: number; readonly slug: string }[];
  readonly orgs: readonly string[];
  /** True where the provider leaves groups out because there are too many. */
  readonly overage: boolean;
}

/** Claims from facts; undefined members are left out. */
export type ClaimsOf = (facts: Facts) => Record<string, unknown>;

export type SubFormat =
  | 'uuid'
  | 'login'
  | 'digits'
  | 'digits18'
  | 'digits21'
  | 'okta'
  | 'base64url43'
  | 'hex64'
  | 'hex24'
  | 'base64'
  | 'protobuf'
  | 'auth0'
  | 'salesforce';

export type GroupShape =
  | 'array'
  | 'string-when-single'
  | 'guids'
  | 'map'
  | 'uuid-and-spn'
  | 'csv'
  | 'semicolons'
  | 'full-path';

export interface GroupHabits {
  readonly shape: GroupShape;
  /** What is sent where the person has none. */
  readonly empty: 'absent' | 'array' | 'null';
  /** Sent only where this scope was asked for. */
  readonly scope?: string;
  /** `grafana-admins` becomes … */
  readonly rename?: (group: string) => string;
  /** Groups everybody is in. */
  readonly everyone?: readonly string[];
  /** More than `at` groups: replaced by a reference (`_claim_names`) or cut. */
  readonly limit?: { readonly at: number; readonly behaviour: 'reference' | 'cut' };
}

/** Answers to requests that go wrong, as this provider words them. */
export interface ErrorTexts {
  readonly redirect?: string;
  readonly client?: string;
  readonly code?: string;
  readonly pkce?: string;
  /** `{scope}`: the first unknown one; `{asked}`: all that were asked for. */
  readonly scope?: string;
  readonly userinfo?: string;
}

export type RefreshHabit = 'always' | 'never' | 'offline_access' | 'refresh_token' | 'access_type';

export type EndSessionHabit =
  | 'rp-initiated'
  | 'id-token-hint'
  | 'id-token-hint-or-client'
  | 'cognito'
  | 'redirect-uri'
  | 'target-resource';

export interface DemoPaths {
  readonly authorize: string;
  readonly token: string;
  readonly userinfo: string;
  readonly jwks?: string;
  readonly endSession?: string;
  /** Undefined: no discovery. */
  readonly discovery?: string;
}

export interface DemoPreset {
  readonly id: string;
  readonly title: string;
  /** What this one does to people, in one line. */
  readonly summary: string;
  readonly kind: 'oidc' | 'oauth2';
  readonly paths: DemoPaths;
  /** Where the issuer is not simply the discovery address without its well-known part. */
  readonly issuerPath?: string;
  readonly sub: SubFormat;
  readonly groups: GroupHabits;
  /** Claims of the ID token beyond iss, sub, aud, iat, exp, nonce; at_hash is added where `atHash` is not false. */
  readonly idToken?: ClaimsOf | undefined;
  readonly atHash?: boolean;
  /** aud as a list. */
  readonly audienceList?: boolean;
  readonly userinfo: ClaimsOf;
  /** Claims of a JWT access token; without it access tokens are opaque. */
  readonly accessToken?: ClaimsOf | undefined;
  /** Seconds the tokens live. */
  readonly lifetime?: number;
  /** Scopes it knows. */
  readonly scopes: readonly string[];
  readonly unknownScopes: 'refuse' | 'ignore';
  /** Which scope a claim hangs on; the OpenID Connect ones (Core 5.4) where left out. */
  readonly claimScopes?: Readonly<Record<string, string>>;
  readonly clientAuth: {
    readonly methods: readonly ('client_secret_basic' | 'client_secret_post')[];
    /** Only the registered method is taken. */
    readonly enforced?: boolean;
    /** A failed client authentication spends the code. */
    readonly burnsCode?: boolean;
  };
  readonly pkce: 'optional' | 'required' | 'ignored';
  readonly refresh: RefreshHabit;
  readonly openidForUserinfo: boolean;
  readonly endSession?: EndSessionHabit;
  readonly redirectMatch: 'exact' | 'prefix' | 'wildcard';
  readonly minStateLength?: number;
  readonly tokenAnswer?: 'json' | 'form';
  /** Errors of the token endpoint come with status 200. */
  readonly errorsWith200?: boolean;
  readonly errors: ErrorTexts;
  /** Answers of further endpoints by path; `emails`, `teams` and `orgs` are paths below the UserInfo address. */
  readonly endpoints?: Readonly<Record<string, (facts: Facts) => unknown>>;
  /** What to write into `[auth.generic_oauth]` besides addresses and the client; `{origin}` and `{grafana}` are filled in. */
  readonly settings: Readonly<Record<string, string>>;
  readonly variants?: Readonly<Record<string, DemoVariant>>;
}

/** The same provider set up differently: `--as keycloak:mapper`. */
export interface DemoVariant extends Partial<Omit<DemoPreset, 'id' | 'variants' | 'summary'>> {
  readonly summary: string;
}
