/** Words that all forms of a dry run share. */
import type { Resolution, TraceStep } from '../../claims/trace.js';
import { printable } from '../../text/width.js';

const SOURCES: ReadonlyMap<string, string> = new Map([
  ['id_token', 'ID token'],
  ['userinfo', 'UserInfo'],
  ['access_token', 'access token'],
  ['emails', '/emails'],
  ['teams', 'teams'],
  ['orgs', 'organizations'],
]);

export function sourceName(source: string | undefined): string {
  return source === undefined ? '' : (SOURCES.get(source) ?? source);
}

const PRODUCTS: Readonly<Record<string, string>> = {
  grafana: 'Grafana',
  'grafana-cloud': 'Grafana',
  dashboard: 'Dashboard',
  gem: 'GEM',
};

/** `auth.generic_oauth, Grafana 13.0`. */
export function targetName(resolution: Resolution): string {
  const { product, version, section } = resolution.target;
  return [section, `${PRODUCTS[product] ?? product} ${version}`].filter((text) => text !== undefined).join(', ');
}

/** Who it is about, in a word or two. */
export function personName(resolution: Resolution): string | undefined {
  const user = resolution.user ?? {};
  for (const key of ['login', 'email', 'tenant']) {
    const value = user[key];
    if (typeof value === 'string' && value !== '') return printable(value);
  }
  return resolution.name;
}

/** What came of it: a role, an access policy, or why not. */
export function verdictText(resolution: Resolution): string {
  const user = resolution.user ?? {};
  switch (resolution.outcome) {
    case 'denied':
      return `refused (${resolution.denial?.rule})`;
    case 'error':
      return `the login fails (${resolution.denial?.rule})`;
    case 'redirect':
      return 'sent on, no login yet';
    default:
      break;
  }
  if (Array.isArray(user['accessPolicies'])) return user['accessPolicies'].join(' + ') || 'no access policy';
  if (Array.isArray(user['groups']) && typeof user['role'] !== 'string') {
    return user['groups'].length === 0 ? 'allowed, no groups' : `allowed, groups ${user['groups'].join(', ')}`;
  }
  if (typeof user['role'] === 'string') {
    const admin = user['grafanaAdmin'] === true ? ' and server administrator' : '';
    return user['role'] === '' ? `allowed, role left as it is${admin}` : `${user['role']}${admin}`;
  }
  return 'allowed';
}

/** A value on one line, shortened. */
export function valueText(value: unknown, limit = 80): string {
  if (value === undefined) return '';
  const text = printable(JSON.stringify(value) ?? String(value));
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** What a step found, as its last column. */
export function resultText(step: TraceStep): string {
  if (step.error !== undefined)
    return step.error.panic ? `panic: ${step.error.message}` : `error: ${step.error.message}`;
  return step.result === undefined ? step.status : valueText(step.result);
}

/** Fields in the order they appear in the trace, with their steps. */
export function byField(steps: readonly TraceStep[]): ReadonlyMap<string, readonly TraceStep[]> {
  const fields = new Map<string, TraceStep[]>();
  for (const step of steps) {
    const list = fields.get(step.field);
    if (list === undefined) fields.set(step.field, [step]);
    else list.push(step);
  }
  return fields;
}

/** The fields of the user object worth a line, with their values. */
export function userRows(resolution: Resolution): readonly (readonly [string, string])[] {
  return Object.entries(resolution.user ?? {})
    .filter(([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0))
    .filter(([, value]) => typeof value !== 'object' || Object.keys(value as object).length > 0)
    .map(([name, value]) => [name, typeof value === 'string' ? printable(value) : valueText(value, 100)] as const);
}
