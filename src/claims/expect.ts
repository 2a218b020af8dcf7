/** Expectations on a dry run, which make it a test: `role=Editor`, `outcome=denied`, `orgRoles.2=Editor`. */
import { closest } from '../text/suggest.js';
import type { Resolution } from './trace.js';

export interface Expectation {
  /** `role`, `outcome`, `denial.rule`, `orgRoles.2`, … */
  readonly path: string;
  /** Text from a flag, any JSON value from a payload. */
  readonly value: unknown;
}

export interface ExpectationResult {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly met: boolean;
}

/** `role=Editor`; undefined where there is no `=` behind a name. */
export function parseExpectation(text: string): Expectation | undefined {
  const at = text.indexOf('=');
  return at > 0 ? { path: text.slice(0, at).trim(), value: text.slice(at + 1) } : undefined;
}

/** Fields of results and of the people in them, of all products. */
const FIELDS = [
  ...['outcome', 'denial', 'rule', 'requests', 'target', 'trace', 'user', 'name', 'certainty'],
  ...['id', 'login', 'email', 'role', 'mappedRole', 'grafanaAdmin', 'groups', 'teams', 'organizations', 'orgRoles'],
  ...['firstName', 'lastName', 'attributes', 'added', 'removed', 'tenant', 'created', 'reactivated', 'dropped'],
  ...['effectiveAttributes', 'tenantCreated', 'tenantAttributes', 'response', 'to', 'passwordLogin'],
  ...['accessPolicies', 'virtual', 'scopes', 'tenants', 'credentials'],
];

/** Fields that are most likely meant where an expectation names none that exists; nothing where it does, or none is near. */
export function mistypedField({ path }: Expectation): readonly string[] {
  const field = path.split('.', 1)[0]!;
  return FIELDS.includes(field) ? [] : closest(field, FIELDS);
}

/** Expectations of a payload's `expect`; nested objects become paths. */
export function expectationsOf(expect: unknown): Expectation[] {
  if (typeof expect !== 'object' || expect === null) return [];
  return Object.entries(expect).map(([path, value]) => ({ path, value }));
}

export function checkExpectations(resolution: Resolution, expectations: readonly Expectation[]): ExpectationResult[] {
  return expectations.map(({ path, value }) => {
    const actual = valueAt(resolution, path);
    return {
      path,
      expected: value,
      actual,
      met: typeof value === 'string' ? sameAsText(actual, value) : contains(actual, value),
    };
  });
}

/** A field of the user, or of the result itself (`outcome`, `denial.rule`, `requests`). */
function valueAt(resolution: Resolution, path: string): unknown {
  if (path === 'rule') return resolution.denial?.rule ?? null;
  const keys = path.split('.');
  const user = (resolution.user ?? {}) as Record<string, unknown>;
  const root: unknown = Object.hasOwn(user, keys[0]!) ? user : resolution;
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    root,
  );
}

/** A flag's text stands for itself, or for the JSON it is; a list may be written with commas. */
function sameAsText(actual: unknown, text: string): boolean {
  if (typeof actual === 'string') return actual === text;
  if (actual === undefined || actual === null) return text === '' || text === 'null';
  if (Array.isArray(actual) && !text.trim().startsWith('[')) {
    const items = text === '' ? [] : text.split(',').map((item) => item.trim());
    return items.length === actual.length && items.every((item, index) => String(actual[index]) === item);
  }
  try {
    return equal(actual, JSON.parse(text));
  } catch {
    return String(actual) === text;
  }
}

/** Objects are expected in part: keys not named may be anything. */
function contains(actual: unknown, expected: unknown): boolean {
  if (isTable(expected)) {
    return isTable(actual) && Object.entries(expected).every(([key, value]) => contains(actual[key], value));
  }
  return equal(actual ?? null, expected);
}

function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (isTable(a) && isTable(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
  }
  return Object.is(a, b);
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
