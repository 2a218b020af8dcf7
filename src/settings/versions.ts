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
  };
}

function profileId(order: number): ProfileId {
  if (order >= ORDER(12, 1)) return '13.0';
  if (order >= ORDER(11, 5)) return '11.6';
  let found: ProfileId = '9.4';
  for (const id of PROFILE_IDS) if (versionOrder(id)! <= order) found = id;
  return found;
}
