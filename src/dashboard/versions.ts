/**
 * What differs between versions of Dashboard, as data: a base and the changes at each step. One profile is chosen once and
 * passed down. Source: the public source of the releases concerned; bounds without a named change are approximate.
 */

export interface DashboardProfile {
  /** The version asked for, as shown; `newest` without one. */
  readonly asked: string;
  readonly isDefault: boolean;
  /** How `return_to` is checked: not at all; relative or own host, with `//` let pass; own host only; without scheme and host, or own host. */
  readonly redirectCheck: 'none' | 'relative' | 'host-only' | 'host';
  /** What a new person without names is called. */
  readonly missingName: string | null;
  /** Claims that never become attributes, besides e-mail, names and what follows. */
  readonly heldBack: readonly string[];
  /** Whether the groups claim becomes an attribute. */
  readonly groupsAreAttribute: boolean;
  /** `raw` over the person's attributes; or `text` in a set of their own, below those set by hand. */
  readonly attributes: 'raw' | 'text';
  /** Lists become text joined with commas; otherwise they are dropped. */
  readonly joinsLists: boolean;
  /** Without mappings, group names are matched. */
  readonly matchesGroupNames: boolean;
  /** A single text in the groups claim is one group; otherwise its letters are walked. */
  readonly wrapsSingleGroup: boolean;
  /** Whether JWT counts as configured only with an identity provider URI. */
  readonly needsUri: boolean;
  readonly postStatus: 400 | 501;
  readonly postStatusKey: string | null;
  /** Null: no status was attached. */
  readonly missingEmail: { readonly status: number; readonly message: string } | null;
  readonly unknownUserStatus: 401 | 500;
  readonly deactivatedStatus: 401 | 500;
  /** `preferred_method=jwt` wins over SAML. */
  readonly knowsPreferredMethod: boolean;
  /** How an embedding client asks for JSON: by `token=true` or by its header. */
  readonly sdk: 'parameter' | 'header';
  /** The answer to the first SDK request holds a `hash` that has to come back. */
  readonly sdkHash: boolean;
  /** Whether the SDK setting is looked at before the token. */
  readonly sdkCheckedFirst: boolean;
  readonly tenants: boolean;
  /** Token errors are answered as plain text; otherwise as a JSON map. */
  readonly plainErrors: boolean;
  /** So is a refused `return_to`. */
  readonly plainRedirectError: boolean;
  readonly note?: string;
}

type Behaviour = Omit<DashboardProfile, 'asked' | 'isDefault' | 'note'>;

const OLDEST: Behaviour = {
  redirectCheck: 'none',
  missingName: 'Unknown',
  heldBack: ['iat', 'max_age'],
  groupsAreAttribute: true,
  attributes: 'raw',
  joinsLists: false,
  matchesGroupNames: false,
  wrapsSingleGroup: false,
  needsUri: true,
  postStatus: 400,
  postStatusKey: null,
  missingEmail: null,
  unknownUserStatus: 500,
  deactivatedStatus: 500,
  knowsPreferredMethod: false,
  sdk: 'parameter',
  sdkHash: false,
  sdkCheckedFirst: true,
  tenants: false,
  plainErrors: false,
  plainRedirectError: false,
};

const ORDER = (major: number, minor = 0) => major * 1000 + minor;

/** Behind every numbered release: what the newest source has. */
const AFTER_ALL = ORDER(59);

const STEPS: readonly { readonly from: number; readonly change: Partial<Behaviour> }[] = [
  { from: ORDER(44), change: { redirectCheck: 'relative' } },
  { from: ORDER(46), change: { missingName: null } },
  { from: ORDER(46, 7), change: { redirectCheck: 'host-only' } },
  { from: ORDER(46, 8), change: { redirectCheck: 'host' } },
  { from: ORDER(50), change: { heldBack: ['iss', 'iat', 'sub', 'aud', 'exp', 'nbf', 'jti'] } },
  { from: ORDER(53), change: { needsUri: false } },
  {
    from: ORDER(55),
    change: {
      needsUri: true,
      postStatus: 501,
      postStatusKey: 'error-post-jwt-not-valid',
      knowsPreferredMethod: true,
      sdk: 'header',
      sdkHash: true,
    },
  },
  {
    from: ORDER(56),
    change: { attributes: 'text', groupsAreAttribute: false, matchesGroupNames: true, deactivatedStatus: 401 },
  },
  { from: ORDER(57), change: { unknownUserStatus: 401 } },
  {
    from: ORDER(58),
    change: {
      tenants: true,
      missingEmail: { status: 401, message: 'JWT token missing email claim' },
      sdkHash: false,
      sdkCheckedFirst: false,
      plainErrors: true,
    },
  },
  { from: AFTER_ALL, change: { joinsLists: true, wrapsSingleGroup: true, plainRedirectError: true } },
];

/**
 * `58`, `58.1`, also in the form of the releases (`v0.58.1`, `1.58`), as major * 1000 + minor.
 * Undefined where the text is no version.
 */
export function dashboardVersionOrder(text: string): number | undefined {
  const trimmed = text.trim();
  const parts = (trimmed.startsWith('v') ? trimmed.slice(1) : trimmed).split('.');
  const numbers = parts.map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : Number.NaN));
  if (parts.length > 4 || numbers.some(Number.isNaN)) return undefined;
  if (numbers.length > 1 && (numbers[0] === 0 || numbers[0] === 1)) numbers.shift();
  return ORDER(numbers[0]!, Math.min(numbers[1] ?? 0, 999));
}

/** The profile of a version, the newest source without a text; undefined where the text is no version. */
export function dashboardProfile(text?: string): DashboardProfile | undefined {
  const newest = text === undefined || text === 'newest' || text === 'latest';
  const order = newest ? AFTER_ALL : dashboardVersionOrder(text);
  if (order === undefined) return undefined;
  let behaviour = OLDEST;
  for (const { from, change } of STEPS) if (order >= from) behaviour = { ...behaviour, ...change };
  const minor = order % 1000;
  const asked = newest ? 'newest' : `${Math.floor(order / 1000)}${minor === 0 ? '' : `.${minor}`}`;
  const note =
    order < ORDER(44)
      ? `Dashboard ${asked} is older than what was looked at; behaviour is taken from around 43`
      : undefined;
  return { ...behaviour, asked, isDefault: newest, ...(note === undefined ? {} : { note }) };
}
