/**
 * What is known of identity providers. Facts (cheap, for recognising a provider and judging a configuration) are always at hand;
 * details, troubles and sample logins are loaded when somebody asks for one provider.
 * Sources: the manuals and sources of the providers, issue trackers, the Grafana manual; each part says how sure it is.
 */

/**
 * How a fact is known: read in documentation or source of the provider (`docs`), in the Grafana manual (`manual`), in a report of
 * its users (`thread`), found by running the products' code (`project`); or only remembered (`recalled`) or concluded
 * (`inferred`). `mixed`: each of the parts says it itself.
 */
export type Basis = 'docs' | 'manual' | 'project' | 'thread' | 'recalled' | 'inferred' | 'mixed';

/** Whether a text may state it plainly; what is not verified must be said softly. */
export function isVerified(basis: Basis | undefined): boolean {
  return basis !== 'recalled' && basis !== 'inferred';
}

export type RefreshTokens =
  /** Given with the scope(s) named. */
  | { readonly by: 'scope'; readonly scopes: readonly string[] }
  /** Given without asking. */
  | { readonly by: 'always' }
  /** Given with a parameter of the authorization request. */
  | { readonly by: 'parameter'; readonly parameter: string }
  | { readonly by: 'never' };

export const OFFLINE: RefreshTokens = { by: 'scope', scopes: ['offline_access'] };
export const ALWAYS: RefreshTokens = { by: 'always' };

export type ClaimSource = 'id_token' | 'userinfo' | 'access_token';

export interface ProviderFacts {
  readonly id: string;
  /** As used within a sentence. */
  readonly name: string;
  /** In full, for a list. */
  readonly title: string;
  readonly aliases: readonly string[];
  /** Providers that share their paths and habits. */
  readonly family: string;
  /** Whether it speaks OpenID Connect or only OAuth 2. */
  readonly protocol: 'oidc' | 'oauth2';
  /** Addresses that tell this provider alone, without the others. */
  readonly authUrl?: RegExp;
  readonly tokenUrl?: RegExp;
  readonly apiUrl?: RegExp;
  /** The form of all three addresses together; the highest priority that fits wins, and below 40 it is a guess. */
  readonly shape?: {
    readonly auth?: RegExp;
    readonly token?: RegExp;
    readonly api?: RegExp;
    readonly priority: number;
  };
  readonly refresh?: RefreshTokens;
  /** Has `/orgs` and `/teams` below its user endpoint, as GitHub does. */
  readonly gitHubApi?: boolean;
  /** Anybody can get an account there. */
  readonly open?: boolean;
  /** Its endpoints lie on different hosts by design. */
  readonly severalHosts?: boolean;
  /** Its UserInfo address ends in a slash. */
  readonly apiSlash?: boolean;
  readonly ignoresPkce?: boolean;
  /** The part of a path that names the customer: equal in all endpoints of one configuration. */
  readonly tenant?: RegExp;
  /** What that part is called. */
  readonly tenantName?: string;
  /** The `auth_style` that fits. */
  readonly authStyle?: 'AutoDetect' | 'InHeader' | 'InParams';
  /** One way of client authentication is registered for each client, and no other is taken. */
  readonly methodPerClient?: boolean;
  /** The answer to the second try of AutoDetect hides that the first said "wrong secret". */
  readonly secondErrorMisleads?: boolean;
  /** A failed client authentication uses the code up. */
  readonly burnsCode?: boolean;
  readonly pkce?: 'required' | 'offered' | 'ignored' | 'unknown';
  /** Scopes it refuses. */
  readonly invalidScopes?: readonly { readonly scope: string; readonly unless?: string }[];
  readonly groups?: {
    /** Where it has one name. */
    readonly claim?: string;
    /** Where the claim is after the set-up of the checklist. */
    readonly at: readonly ClaimSource[];
    /** What the claim is where a person has one group. */
    readonly single: 'array' | 'string' | 'map' | 'unknown';
    /** More groups than this are cut or replaced by a reference. */
    readonly limit?: number;
  };
  /**
   * An unconditional tail (`|| 'Viewer'`) does no harm, because groups are in the ID token. False: groups come with UserInfo, and
   * a tail decides before it is read.
   */
  readonly tailSafe?: boolean;
  /** The user document has no `sub`. */
  readonly noSub?: boolean;
  /** Whether the issuer ends in a slash. */
  readonly issuerSlash?: 'required' | 'forbidden' | 'as-published' | 'none';
  readonly basis?: {
    readonly clientAuth: Basis;
    readonly pkce: Basis;
    readonly scopes: Basis;
    readonly groups: Basis;
    readonly sub: Basis;
    readonly refresh: Basis;
  };
  readonly reference: string;
}

/** A text with `{names}` in it: variables of the provider; `{grafana}` is the address of Grafana, `{grafana_enc}` the same encoded. */
export type Template = string;

export interface ProviderVariable {
  readonly name: string;
  readonly example: string;
  readonly about: string;
}

/** The provider in another version or place. */
export interface ProviderVariant {
  readonly id: string;
  readonly when: string;
  readonly changes: string;
  /** `issuer`, `auth_url` … as they are there. */
  readonly overrides?: Readonly<Record<string, Template>>;
}

/** How to set a provider up, and what it then sends. */
export interface ProviderDetails {
  readonly id: string;
  /** Versions the facts hold for. */
  readonly covers: string;
  readonly audience: string;
  readonly variables: readonly ProviderVariable[];
  readonly variants?: readonly ProviderVariant[];
  readonly issuer: {
    readonly pattern?: Template;
    readonly discovery?: Template;
    readonly kind: string;
    readonly slash: 'required' | 'forbidden' | 'as-published' | 'none';
    readonly notes?: string;
    readonly basis: Basis;
  };
  readonly endpoints: {
    readonly auth?: Template;
    readonly token?: Template;
    readonly api?: Template;
    readonly jwks?: Template;
    readonly teams?: Template;
    readonly endSession?: Template;
    /** Hosts the endpoints lie on by design. */
    readonly hosts?: readonly Template[];
    readonly slash: string;
    readonly basis: Basis;
  };
  readonly scopes: {
    readonly recommended?: readonly string[];
    readonly groups?: string;
    readonly roles?: string;
    readonly refresh?: string;
    readonly email?: string;
    readonly invalid?: readonly string[];
    readonly notes?: string;
    readonly basis: Basis;
  };
  readonly pkce: {
    readonly supported: string;
    readonly required: string;
    readonly use: boolean;
    readonly notes?: string;
    readonly basis: Basis;
  };
  readonly clientAuth: {
    readonly methods: readonly string[];
    readonly usual?: string;
    readonly style: string;
    readonly enforced: string;
    readonly burnsCode: string;
    readonly secondErrorMisleads: boolean;
    readonly notes?: string;
    readonly basis: Basis;
  };
  readonly groups: {
    readonly claim?: Template;
    /** Where the claim is before anything is set up. */
    readonly at?: readonly string[];
    readonly afterSetUp?: readonly string[];
    readonly shape?: string;
    readonly single?: string;
    readonly none?: string;
    readonly prefix?: string;
    readonly limit?: { readonly at: number; readonly behaviour: string };
    readonly how?: string;
    readonly basis: Basis;
  };
  readonly roles?: {
    readonly claim?: string;
    readonly at?: readonly string[];
    readonly shape?: string;
    readonly how?: string;
  };
  readonly email: {
    readonly claim?: string;
    readonly at?: readonly string[];
    readonly verified?: string;
    readonly notes?: string;
    readonly basis: Basis;
  };
  readonly login: { readonly claim?: string; readonly name?: string };
  readonly sub: {
    readonly present: boolean;
    readonly type?: string;
    readonly stable?: string;
    readonly format?: string;
    readonly notes?: string;
    readonly basis: Basis;
  };
  readonly accessToken: {
    readonly format: string;
    readonly lifetime?: string;
    readonly carriesGroups?: boolean | string;
  };
  readonly refresh: {
    readonly issued: string;
    readonly scope?: string;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly rotation?: string;
    readonly notes?: string;
    readonly basis: Basis;
  };
  readonly logout: {
    readonly url?: Template;
    readonly parameters?: readonly string[];
    readonly hint?: string;
    readonly notes?: string;
    readonly basis: Basis;
  };
  /** What to do at the provider. */
  readonly checklist: readonly Template[];
  readonly grafana: {
    /** What roles are usually given by there. */
    readonly table: {
      /** Name of the claim, or names with dots between them. */
      readonly claim: Template;
      readonly shape: 'list' | 'value' | 'map';
      /** What a value of the claim is. */
      readonly what: string;
      /** The values the sample logins have, with the role each stands for. */
      readonly rows: readonly (readonly [value: string, role: string])[];
      /** The team that people of the sample logins are in, where there is a gate by team. */
      readonly team?: string;
    };
    /** Options of the provider section that a working set-up has, beyond client and roles. */
    readonly settings: Readonly<Record<string, Template>>;
    /** Example of `role_attribute_path`: no role where nothing matches. */
    readonly role: string;
    /** The same for `role_attribute_strict`. */
    readonly strictRole?: string;
    readonly tailSafe: boolean;
    readonly tailNote?: string;
    readonly groups?: string;
    readonly email?: string;
    readonly login?: string;
    readonly name?: string;
    /** Expressions for other ways of setting the provider up. */
    readonly alternatives?: Readonly<Record<string, string>>;
  };
  /** Absent where Grafana Enterprise Metrics cannot use it. */
  readonly gem?: {
    readonly issuer: Template;
    readonly token: string;
    readonly claim?: Template;
    readonly regex?: string;
    readonly notes?: string;
  };
}

/** An answer of the provider as people see it. */
export interface KnownError {
  readonly where: string;
  readonly text: string;
  readonly meaning: string;
  readonly fix?: string;
  readonly basis: Basis;
  readonly reference?: string;
}

export interface ProviderTrap {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly detail?: string;
  readonly basis: Basis;
  readonly reference?: string;
  /** How it is recognised. */
  readonly check?: string;
  /** Reproduced with Grafana's code. */
  readonly tried?: boolean;
}

export interface ProviderFact {
  readonly text: string;
  readonly basis: Basis;
  readonly reference?: string;
  /** Year or version it was read for. */
  readonly asOf?: string;
}

/** What goes wrong there. */
export interface ProviderTroubles {
  readonly errors: readonly KnownError[];
  readonly traps: readonly ProviderTrap[];
  readonly facts: readonly ProviderFact[];
}

/** What the provider sends for one kind of person, set up as its checklist says or in a way people often end up with. */
export interface SampleLogin {
  readonly name: string;
  /** `trap`: a set-up or person that surprises. */
  readonly persona: 'admin' | 'user' | 'no-groups' | 'trap';
  readonly idToken?: Readonly<Record<string, unknown>>;
  readonly userinfo?: unknown;
  /** 200 where absent. */
  readonly userinfoStatus?: number;
  readonly accessToken?: Readonly<Record<string, unknown>>;
  /** Further answers by address. */
  readonly http?: Readonly<Record<string, { readonly status: number; readonly body: unknown }>>;
  /** Options that differ from the provider's settings in this case. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly note?: string;
}
