/**
 * The fixed shapes Grafana decodes tokens and answers into. Field names are those of the JSON; a value of another type drops
 * the whole document. Source: the study of Grafana's resolution, "Sources and JSON decoding", "E-mail", "Groups, teams".
 */

import { JsonSyntaxError } from '../text/json-tree.js';
import type { Body } from './body.js';
import { BOOL, decodeShape, INT, JsonTypeError, type Shape, STRING, type StructValue } from './go-struct.js';

export interface UserFields {
  readonly sub: string;
  readonly name: string;
  readonly display_name: string;
  readonly login: string;
  readonly username: string;
  readonly email: string;
  readonly upn: string;
  readonly attributes: ReadonlyMap<string, readonly string[] | null> | null;
}

const USER_STRINGS = ['name', 'display_name', 'login', 'username', 'email', 'upn'] as const;

const USER_FIELDS = {
  ...Object.fromEntries(USER_STRINGS.map((name) => [name, STRING])),
  attributes: { type: 'map', value: { type: 'list', item: STRING } },
} as const satisfies Record<string, Shape>;

const USER: Shape = { type: 'struct', name: 'UserInfoJson', fields: USER_FIELDS };
const USER_WITH_SUB: Shape = { type: 'struct', name: 'UserInfoJson', fields: { sub: STRING, ...USER_FIELDS } };

/** Why a document counts as none. */
export interface Refusal {
  /** Go's words. */
  readonly error: string;
  /** Set where one field of a wrong type is the reason. */
  readonly type?: { readonly field: string; readonly found: string; readonly wanted: string };
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

function read<T>(body: Body, shape: Shape): Read<T> {
  try {
    return { ok: true, value: decodeShape(body.tree(), shape) as T };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, refusal: { error: error.message } };
    if (error instanceof JsonTypeError)
      return {
        ok: false,
        refusal: { error: error.message, type: { field: error.field, found: error.found, wanted: error.wanted } },
      };
    throw error;
  }
}

/** A source of generic OAuth. `sub`: whether this version has that field. */
export function readUser(body: Body, sub: boolean): Read<UserFields> {
  if (body.plain !== undefined) {
    const fields = plainUser(body.plain.value, sub);
    if (fields !== undefined) return { ok: true, value: fields };
  }
  const result = read<StructValue>(body, sub ? USER_WITH_SUB : USER);
  if (result.ok && !sub) result.value['sub'] = '';
  return result as unknown as Read<UserFields>;
}

/** Field by field from a value that holds no surprises; undefined where a type is wrong (the exact way then says which). */
function plainUser(value: unknown, sub: boolean): UserFields | undefined {
  if (value === null) return NO_FIELDS;
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { sub: id, name, display_name, login, username, email, upn, attributes } = value as Record<string, unknown>;
  // attributes are rare enough for the exact way
  if (attributes !== undefined && attributes !== null) return undefined;
  const fields = {
    sub: sub ? (id ?? '') : '',
    name: name ?? '',
    display_name: display_name ?? '',
    login: login ?? '',
    username: username ?? '',
    email: email ?? '',
    upn: upn ?? '',
    attributes: null,
  };
  return typeof fields.sub === 'string' &&
    typeof fields.name === 'string' &&
    typeof fields.display_name === 'string' &&
    typeof fields.login === 'string' &&
    typeof fields.username === 'string' &&
    typeof fields.email === 'string' &&
    typeof fields.upn === 'string'
    ? (fields as UserFields)
    : undefined;
}

const NO_FIELDS: UserFields = {
  sub: '',
  name: '',
  display_name: '',
  login: '',
  username: '',
  email: '',
  upn: '',
  attributes: null,
};

export interface EmailRecord {
  readonly email: string;
  readonly primary: boolean;
  readonly is_primary: boolean;
}

const EMAIL_RECORDS: Shape = {
  type: 'list',
  item: {
    type: 'struct',
    name: 'Record',
    fields: { email: STRING, primary: BOOL, is_primary: BOOL, verified: BOOL, is_confirmed: BOOL },
  },
};
const EMAIL_PAGE: Shape = { type: 'struct', name: '', fields: { values: EMAIL_RECORDS } };

/** The answer of `/emails`: a list, else an object with `values`. */
export function readEmails(body: Body): Read<readonly EmailRecord[]> {
  const list = read<EmailRecord[] | null>(body, EMAIL_RECORDS);
  if (list.ok) return { ok: true, value: list.value ?? [] };
  const page = read<{ values: EmailRecord[] | null }>(body, EMAIL_PAGE);
  return page.ok ? { ok: true, value: page.value.values ?? [] } : page;
}

const TEAMS: Shape = { type: 'list', item: { type: 'struct', name: 'Record', fields: { id: INT } } };

/** Ids in the answer of `api_url`/teams, as decimal text. */
export function readTeamIds(body: Body): Read<readonly string[]> {
  const teams = read<{ id: string }[] | null>(body, TEAMS);
  return teams.ok ? { ok: true, value: (teams.value ?? []).map((team) => team.id) } : teams;
}

const ORGS: Shape = { type: 'list', item: { type: 'struct', name: 'Record', fields: { login: STRING } } };

/** Logins in the answer of `api_url`/orgs. */
export function readOrgLogins(body: Body): Read<readonly string[]> {
  const orgs = read<{ login: string }[] | null>(body, ORGS);
  return orgs.ok ? { ok: true, value: (orgs.value ?? []).map((org) => org.login) } : orgs;
}

export interface ComUser {
  /** Decimal text; `0` where there is none. */
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly email: string;
  readonly role: string;
  readonly orgs: readonly { readonly login: string }[] | null;
}

const COM_USER: Shape = {
  type: 'struct',
  name: '',
  fields: {
    id: INT,
    name: STRING,
    username: STRING,
    email: STRING,
    role: STRING,
    orgs: { type: 'list', item: { type: 'struct', name: 'OrgRecord', fields: { login: STRING } } },
  },
};

/** The answer of grafana.com's `/api/oauth2/user`. */
export function readComUser(body: Body): Read<ComUser> {
  if (body.plain !== undefined) {
    const user = plainComUser(body.plain.value);
    // `1.0` and `1e2` look whole once decoded, and are refused
    if (user !== undefined && !/[:\s]-?\d+[.eE]/.test(body.text)) return { ok: true, value: user };
  }
  return read<ComUser>(body, COM_USER);
}

function plainComUser(value: unknown): ComUser | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { id, name = '', username = '', email = '', role = '', orgs = null } = value as Record<string, unknown>;
  if (!Number.isSafeInteger(id) || Object.is(id, -0)) return undefined;
  if (typeof name !== 'string' || typeof username !== 'string' || typeof email !== 'string' || typeof role !== 'string')
    return undefined;
  // organizations go the exact way
  return orgs === null ? { id: String(id), name, username, email, role, orgs } : undefined;
}
