/**
 * What differs between versions of Grafana Enterprise Metrics, as data: one profile is chosen once and passed down.
 * Sources: the manuals of 1.4, 1.5 and latest, and the configuration descriptors of 1.7 and 2.6 that mimirtool ships.
 */

export interface GemProfile {
  /** The version asked for, as shown. */
  readonly asked: string;
  /** major * 1000 + minor. */
  readonly order: number;
  readonly isDefault: boolean;
  /** What an absent `auth.type` means: trust up to 1.x, enterprise since 2.0. */
  readonly defaultAuthType: 'trust' | 'enterprise';
  /** Lists in the claim are described from 1.5 on. */
  readonly listClaims: boolean;
  /** The examples of 1.4 and 1.5 write `url`; the descriptors from 1.7 on know only `issuer_url`. */
  readonly issuerKey: 'url' | 'issuer_url';
  /** Said where the version lies outside what is known. */
  readonly note?: string;
}

/** The newest version whose manual was read. */
export const NEWEST_GEM_VERSION = '2.17';

const ORDER = (major: number, minor: number) => major * 1000 + minor;

/** `X`, `X.Y` or `X.Y.Z` as major * 1000 + minor; undefined where the text is no version. */
export function gemVersionOrder(text: string): number | undefined {
  const trimmed = text.trim();
  const parts = (trimmed.startsWith('v') ? trimmed.slice(1) : trimmed).split('.');
  if (parts.length < 1 || parts.length > 3) return undefined;
  const numbers = parts.map((part) =>
    part !== '' && part.length <= 4 && [...part].every(isDigit) ? Number(part) : NaN,
  );
  if (numbers.some(Number.isNaN)) return undefined;
  return ORDER(numbers[0]!, numbers[1] ?? 0);
}

/** The profile of a version, the newest known without a text; undefined where the text is no version. */
export function gemProfile(text?: string): GemProfile | undefined {
  const asked = text ?? NEWEST_GEM_VERSION;
  const order = gemVersionOrder(asked);
  if (order === undefined) return undefined;
  const plain = `${Math.floor(order / 1000)}.${order % 1000}`;
  let note: string | undefined;
  if (order < ORDER(1, 4)) note = `GEM ${plain} is older than anything known here; it is treated as 1.4`;
  if (order > gemVersionOrder(NEWEST_GEM_VERSION)!)
    note = `GEM ${plain} is newer than anything known here; it is treated as ${NEWEST_GEM_VERSION}`;
  return {
    asked: plain,
    order,
    isDefault: text === undefined,
    defaultAuthType: order >= ORDER(2, 0) ? 'enterprise' : 'trust',
    listClaims: order >= ORDER(1, 5),
    issuerKey: order >= ORDER(1, 6) ? 'issuer_url' : 'url',
    ...(note === undefined ? {} : { note }),
  };
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}
