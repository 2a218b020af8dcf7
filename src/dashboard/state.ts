/** What the server already has, as a payload describes it: people, groups, tenants, licence. */
import { UsageError } from '../errors.js';
import { ALL_USERS } from './groups.js';
import type { Tenant } from './tenants.js';

export interface KnownUser {
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly active: boolean;
  readonly groups: readonly number[];
  readonly tenant: string | null;
  readonly jwtAttributes: Readonly<Record<string, unknown>>;
  /** Set by hand. */
  readonly loginAttributes: Readonly<Record<string, unknown>>;
  readonly onlyAdmin: boolean;
}

export interface ServerState {
  readonly users: readonly KnownUser[];
  /** Undefined where the groups are not known. */
  readonly groups: ReadonlyMap<number, string> | undefined;
  readonly tenants: readonly Tenant[];
  /** Undefined: every feature is licensed. */
  readonly features: readonly string[] | undefined;
  readonly saml: boolean;
  readonly setupDone: boolean;
  readonly siteName: string | undefined;
}

/** Reads `state`. Throws UsageError where it is not of the documented form. */
export function readState(value: unknown): ServerState {
  if (value === undefined || value === null)
    return {
      users: [],
      groups: undefined,
      tenants: [],
      features: undefined,
      saml: false,
      setupDone: true,
      siteName: undefined,
    };
  const state = object(value, 'state');
  return {
    users: list(state['users'], 'state.users').map((one, index) => readUser(one, `state.users[${index}]`)),
    groups: state['groups'] === undefined ? undefined : readGroups(object(state['groups'], 'state.groups')),
    tenants: list(state['tenants'], 'state.tenants').map((one, index) => readTenant(one, `state.tenants[${index}]`)),
    features: state['features'] === undefined ? undefined : list(state['features'], 'state.features').map(featureName),
    saml: state['saml'] === true,
    setupDone: state['setupDone'] !== false,
    siteName: typeof state['siteName'] === 'string' ? state['siteName'] : undefined,
  };
}

/** Whether the plan has a feature; underscores and dashes are the same. */
export function hasFeature(state: ServerState, name: string): boolean {
  return state.features === undefined || state.features.includes(name);
}

function readUser(value: unknown, where: string): KnownUser {
  const user = object(value, where);
  if (typeof user['email'] !== 'string') throw wrong(`${where}.email`, 'a text');
  const groups = user['groups'] === undefined ? [ALL_USERS] : list(user['groups'], `${where}.groups`).map(Number);
  return {
    email: user['email'],
    firstName: text(user['first_name']),
    lastName: text(user['last_name']),
    active: user['is_active'] !== false,
    groups,
    tenant: text(user['tenant']),
    jwtAttributes:
      user['jwt_attributes'] === undefined ? {} : object(user['jwt_attributes'], `${where}.jwt_attributes`),
    loginAttributes:
      user['login_attributes'] === undefined ? {} : object(user['login_attributes'], `${where}.login_attributes`),
    onlyAdmin: user['onlyAdmin'] === true,
  };
}

function readGroups(value: Readonly<Record<string, unknown>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(value).map(([id, name]) => [Number(id), String(name)]));
}

function readTenant(value: unknown, where: string): Tenant {
  if (typeof value === 'string') return { slug: value, attributes: null, active: true };
  const tenant = object(value, where);
  if (typeof tenant['slug'] !== 'string') throw wrong(`${where}.slug`, 'a text');
  return {
    slug: tenant['slug'],
    attributes:
      tenant['attributes'] === undefined || tenant['attributes'] === null
        ? null
        : object(tenant['attributes'], `${where}.attributes`),
    active: tenant['active'] !== false,
  };
}

function featureName(value: unknown): string {
  return String(value).split('_').join('-');
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrong(where, 'a list');
  return value;
}

function object(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object');
  return value as Readonly<Record<string, unknown>>;
}

function wrong(where: string, kind: string): UsageError {
  return new UsageError(`"${where}" of the payload is not ${kind}`);
}
