/**
 * What differs between Grafana versions, as data: one profile is chosen once and passed down.
 * Source: the version study (each version's own code was run); 9.4 means 9.4.0, 11.4 behaves as 11.3, 11.5 as 11.6, 12.0 as 11.6,
 * 12.1 and later as 13.0, a patch number is ignored.
 */

export const PROFILE_IDS = [
  '9.4',
  '9.5',
  '10.0',
  '10.1',
  '10.2',
  '10.3',
  '10.4',
  '11.0',
  '11.1',
  '11.2',
  '11.3',
  '11.6',
  '13.0',
] as const;

/** The versions whose behaviour was observed; every other version behaves as one of these. */
export type ProfileId = (typeof PROFILE_IDS)[number];

export interface VersionProfile {
  readonly id: ProfileId;
  /** The version asked for, as it is shown (`12.1`); for the default, the newest known. */
  readonly asked: string;
  /** `asked` as a comparable number: major * 1000 + minor. */
  readonly order: number;
  /** True where no version was asked for. */
  readonly isDefault: boolean;
  /** Said where the version asked for lies outside what is known. */
  readonly note?: string;
  /** go-jmespath 0.4.0 through 11.2, the community fork 1.1.1 from 11.3. */
  readonly dialect: 'classic' | 'community';
  /** How the options of a login provider are read. */
  readonly provider: ProviderReading;
  /** How they are read where the feature toggle `ssoSettingsApi` says otherwise than the version does; 10.3 to 11.6. */
  readonly otherProvider?: ProviderReading | undefined;
  /** `[users] auto_assign_org_role`: the texts that count, and what every other text becomes. */
  readonly assignedRole: { readonly values: readonly string[]; readonly fallback: string };
}

export interface ProviderReading {
  /** `%(name)s` is applied to texts through 10.2; to booleans in every version but with the strict decoder. */
  readonly interpolation: boolean;
  /** A key the section lacks is taken from its parents (`[auth]`); not in 10.3 to 11.0. */
  readonly parents: boolean;
  /** `strict`: a decoder that knows fewer words, and does not create the provider where it meets another; 10.3 to 11.0. */
  readonly booleans: 'ini' | 'strict';
  /** `words`: commas and white space separate; `quoted` (11.1): an item in double quotes may hold blanks. */
  readonly lists: 'words' | 'quoted';
  /** `commas`: only commas separate, `\\,` is a comma within an id, a blank text is one empty id; `list` from 10.3. */
  readonly teamIds: 'commas' | 'list';
  /** Options an environment variable sets even where no file knows the key; 10.1 to 10.3. */
  readonly environment: readonly string[];
}

const ORDER = (major: number, minor: number) => major * 1000 + minor;

/** `X.Y` as major * 1000 + minor, for comparing `since` and `until` bounds; undefined where the text is no version. */
export function versionOrder(text: string): number | undefined {
  const match = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d+)?(?:[-+].*)?$/.exec(text.trim());
  return match ? ORDER(Number(match[1]), Number(match[2] ?? 0)) : undefined;
}

export const NEWEST_VERSION = '13.0';

/**
 * The profile of a version. Undefined where the text is no version (`X`, `X.Y` or `X.Y.Z`).
 * Without a text: the newest known.
 */
export function versionProfile(text?: string): VersionProfile | undefined {
  const asked = text ?? NEWEST_VERSION;
  const order = versionOrder(asked);
  if (order === undefined) return undefined;
  const plain = `${Math.floor(order / 1000)}.${order % 1000}`;
  let note: string | undefined;
  if (order < ORDER(9, 4)) note = `Grafana ${plain} is older than anything known here; it is treated as 9.4`;
  if (order > ORDER(13, 0)) note = `Grafana ${plain} is newer than anything known here; it is treated as 13.0`;
  return {
    id: profileId(order),
    asked: plain,
    order,
    isDefault: text === undefined,
    ...(note === undefined ? {} : { note }),
    dialect: order >= ORDER(11, 3) ? 'community' : 'classic',
    provider: since(PROVIDER_READING, order),
    otherProvider: since(OTHER_PROVIDER_READING, order),
    assignedRole: since(ASSIGNED_ROLE, order),
  };
}

const PLAIN: ProviderReading = {
  interpolation: true,
  parents: true,
  booleans: 'ini',
  lists: 'words',
  teamIds: 'commas',
  environment: [],
};
const STRICT: ProviderReading = { ...PLAIN, interpolation: false, parents: false, booleans: 'strict', teamIds: 'list' };
const ENVIRONMENT = ['skip_org_role_sync', 'enabled'];

/** Each entry holds from its version on, until the next. */
const PROVIDER_READING: readonly (readonly [number, ProviderReading])[] = [
  [0, PLAIN],
  [ORDER(10, 1), { ...PLAIN, environment: ENVIRONMENT }],
  [ORDER(10, 3), { ...STRICT, environment: ENVIRONMENT }],
  [ORDER(10, 4), STRICT],
  [ORDER(11, 1), { ...PLAIN, interpolation: false, lists: 'quoted', teamIds: 'list' }],
];

const OTHER_PROVIDER_READING: readonly (readonly [number, ProviderReading | undefined])[] = [
  [0, undefined],
  [ORDER(10, 3), { ...PLAIN, interpolation: false, teamIds: 'list' }],
  [ORDER(11, 1), { ...STRICT, lists: 'quoted' }],
  [ORDER(12, 0), undefined],
];

const ASSIGNED_ROLE: readonly (readonly [number, VersionProfile['assignedRole']])[] = [
  [0, { values: ['Editor', 'Admin', 'Viewer'], fallback: 'Editor' }],
  [ORDER(10, 1), { values: ['Editor', 'Admin', 'Viewer'], fallback: 'Viewer' }],
  [ORDER(10, 2), { values: ['None', 'Editor', 'Admin', 'Viewer'], fallback: 'Viewer' }],
];

function since<Value>(table: readonly (readonly [number, Value])[], order: number): Value {
  let found = table[0]![1];
  for (const [from, value] of table) if (from <= order) found = value;
  return found;
}

function profileId(order: number): ProfileId {
  if (order >= ORDER(12, 1)) return '13.0';
  if (order >= ORDER(11, 5)) return '11.6';
  let found: ProfileId = '9.4';
  for (const id of PROFILE_IDS) if (versionOrder(id)! <= order) found = id;
  return found;
}
