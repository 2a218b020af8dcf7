/**
 * From a person and a preset to what the provider says about that person: ID token, UserInfo, access token.
 */
import { createHash } from 'node:crypto';
import type { DemoPreset, Facts, GroupHabits, SubFormat } from './presets/types.js';
import type { DemoUser } from './users.js';

/** Claims that hang on a scope: OpenID Connect Core 1.0, section 5.4. */
const STANDARD_SCOPES: Readonly<Record<string, string>> = {
  name: 'profile',
  given_name: 'profile',
  family_name: 'profile',
  preferred_username: 'profile',
  nickname: 'profile',
  picture: 'profile',
  locale: 'profile',
  zoneinfo: 'profile',
  updated_at: 'profile',
  email: 'email',
  email_verified: 'email',
};

export interface Moment {
  readonly issuer: string;
  readonly origin: string;
  readonly client: string;
  /** Seconds since 1970. */
  readonly now: number;
  readonly ttl: number;
  readonly session: string;
  readonly scopes: readonly string[];
  readonly nonce?: string;
  readonly accessToken?: string;
}

export function factsOf(preset: DemoPreset, user: DemoUser, moment: Moment): Facts {
  const habits = preset.groups;
  const asked = habits.scope === undefined || moment.scopes.includes(habits.scope);
  const names = [...user.groups.map((group) => habits.rename?.(group) ?? group), ...(habits.everyone ?? [])];
  const over = habits.limit !== undefined && names.length > habits.limit.at;
  const overage = asked && over && habits.limit?.behaviour === 'reference';
  const kept = over && habits.limit?.behaviour === 'cut' ? names.slice(0, habits.limit.at) : names;
  return {
    ...moment,
    sub: preset.sub === 'login' ? user.login : subject(preset.sub, user.id),
    number: number(user.id),
    login: user.login,
    name: user.name,
    given: user.givenName,
    family: user.familyName,
    email: user.email,
    verified: user.emailVerified,
    groups: asked && !overage ? shape(habits, kept) : undefined,
    groupsText: asked && kept.length > 0 ? kept.join(',') : undefined,
    role: user.role,
    emails: user.emails,
    teams: user.teams,
    orgs: user.orgs,
    overage,
  };
}

/** Claims of the ID token; undefined where this provider or this request gives none. */
export function idTokenClaims(preset: DemoPreset, user: DemoUser, moment: Moment): Record<string, unknown> | undefined {
  if (preset.kind !== 'oidc' || !preset.idToken || !moment.scopes.includes('openid')) return undefined;
  const facts = factsOf(preset, user, moment);
  return clean({
    iss: moment.issuer,
    sub: facts.sub,
    aud: preset.audienceList ? [moment.client] : moment.client,
    iat: moment.now,
    exp: moment.now + moment.ttl,
    nonce: moment.nonce,
    at_hash: preset.atHash === false || !moment.accessToken ? undefined : halfHash(moment.accessToken),
    ...scoped(preset, moment.scopes, preset.idToken(facts)),
    ...user.claims,
  });
}

/** The UserInfo answer (or the user document of a provider without OpenID). */
export function userinfoClaims(preset: DemoPreset, user: DemoUser, moment: Moment): Record<string, unknown> {
  const facts = factsOf(preset, user, moment);
  if (preset.kind === 'oauth2') return clean({ ...preset.userinfo(facts), ...without(user.claims, 'sub') });
  return clean({
    sub: facts.sub,
    ...scoped(preset, moment.scopes, preset.userinfo(facts)),
    ...user.claims,
  });
}

/** Claims of the access token; undefined where this provider's access tokens are opaque. */
export function accessTokenClaims(
  preset: DemoPreset,
  user: DemoUser,
  moment: Moment,
): Record<string, unknown> | undefined {
  if (!preset.accessToken) return undefined;
  const facts = factsOf(preset, user, moment);
  return clean({
    iss: moment.issuer,
    sub: facts.sub,
    aud: moment.client,
    iat: moment.now,
    exp: moment.now + moment.ttl,
    ...preset.accessToken(facts),
  });
}

/** at_hash (OpenID Connect Core 3.1.3.6) for the algorithms with SHA-256. */
export function halfHash(token: string): string {
  return createHash('sha256').update(token, 'ascii').digest().subarray(0, 16).toString('base64url');
}

function scoped(preset: DemoPreset, scopes: readonly string[], claims: Record<string, unknown>) {
  const table = preset.claimScopes ?? STANDARD_SCOPES;
  return Object.fromEntries(
    Object.entries(claims).filter(([name]) => {
      const scope = table[name];
      return scope === undefined || scopes.includes(scope);
    }),
  );
}

function clean(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

function without(claims: Readonly<Record<string, unknown>> | undefined, name: string) {
  return Object.fromEntries(Object.entries(claims ?? {}).filter(([key]) => key !== name));
}

function shape(habits: GroupHabits, groups: readonly string[]): unknown {
  if (groups.length === 0) {
    if (habits.empty === 'absent') return undefined;
    return habits.empty === 'null' ? null : [];
  }
  switch (habits.shape) {
    case 'array':
      return [...groups];
    case 'string-when-single':
      return groups.length === 1 ? groups[0] : [...groups];
    case 'guids':
      return groups.map(uuid);
    case 'map':
      return Object.fromEntries(groups.map((group) => [group, { '279000000000000000': 'acme.example.com' }]));
    case 'uuid-and-spn':
      return groups.flatMap((group) => [uuid(group), `${group}@idm.example.com`]);
    case 'csv':
      return groups.join(',');
    case 'semicolons':
      return groups.join(';');
    case 'full-path':
      return groups.map((group) => (group.startsWith('/') ? group : `/${group}`));
  }
}

const digest = (text: string) => createHash('sha256').update(`demo ${text}`).digest();

/** A number from 100 to 65635 that always belongs to the same id. */
const number = (id: string) => digest(id).readUInt16BE(0) + 100;

/** A version 4 UUID made from a text, the same every time. */
export function uuid(text: string): string {
  const hex = digest(text).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digits(id: string, count: number, first: string): string {
  return (
    first +
    BigInt(`0x${digest(id).toString('hex')}`)
      .toString()
      .slice(0, count - first.length)
  );
}

function subject(format: Exclude<SubFormat, 'login'>, id: string): string {
  const hex = digest(id).toString('hex');
  switch (format) {
    case 'uuid':
      return uuid(id);
    case 'digits':
      return String(number(id));
    case 'digits18':
      return digits(id, 18, '28');
    case 'digits21':
      return digits(id, 21, '108');
    case 'okta':
      return `00u${digest(id).toString('base64').replace(/[+/=]/g, 'x').slice(0, 17)}`;
    case 'base64url43':
      return digest(id).toString('base64url').slice(0, 43);
    case 'hex64':
      return hex;
    case 'hex24':
      return hex.slice(0, 24);
    case 'base64':
      return digest(id).toString('base64');
    case 'protobuf':
      return Buffer.concat([
        Buffer.from([0x0a, id.length]),
        Buffer.from(id, 'latin1'),
        Buffer.from([0x12, 4]),
        Buffer.from('ldap', 'latin1'),
      ]).toString('base64url');
    case 'auth0':
      return `auth0|${hex.slice(0, 24)}`;
    case 'salesforce':
      return `https://login.salesforce.com/id/00D000000000001EAA/005${hex.slice(0, 12).toUpperCase()}AAA`;
  }
}
