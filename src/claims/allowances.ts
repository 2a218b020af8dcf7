/** Changes that are permitted: `role:Viewer->Editor`, `access:*->denied`, `groups:+devs`. */
import { closest } from '../text/suggest.js';
import { COMPARED_FIELDS, type FieldChange } from './compare.js';

export type Allowance = { readonly field: string } & (
  | { readonly kind: 'change'; readonly from: string; readonly to: string }
  | { readonly kind: 'added' | 'removed'; readonly item: string }
);

/** Other words for fields. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  outcome: 'access',
  admin: 'grafanaAdmin',
  'server-admin': 'grafanaAdmin',
  'org-roles': 'orgRoles',
  orgs: 'organizations',
  policies: 'accessPolicies',
  'access-policies': 'accessPolicies',
};

export interface AllowanceProblem {
  readonly problem: string;
  readonly suggestions: readonly string[];
}

/** `*` stands for any value, nothing for a role that is left as it is. */
export function parseAllowance(text: string): Allowance | AllowanceProblem {
  const [, written, rest] = /^([^:]+):(.*)$/.exec(text) ?? [];
  if (written === undefined || rest === undefined)
    return { problem: `--allow needs FIELD:FROM->TO, not "${text}"`, suggestions: [] };
  const field = COMPARED_FIELDS.find((name) => name === written) ?? OTHER_NAMES[written.toLowerCase()];
  if (field === undefined)
    return { problem: `--allow knows no field "${written}"`, suggestions: closest(written, COMPARED_FIELDS) };
  if (/^[+-](?!>)/.test(rest)) return { field, kind: rest.startsWith('+') ? 'added' : 'removed', item: rest.slice(1) };
  if (rest === '*') return { field, kind: 'change', from: '*', to: '*' };
  const [, from, to] = /^(.*?)(?:->|→)(.*)$/.exec(rest) ?? [];
  if (from === undefined || to === undefined)
    return {
      problem: `--allow ${text} has no FROM->TO`,
      suggestions: [],
    };
  return { field, kind: 'change', from: from.trim(), to: to.trim() };
}

/** Whether one of the allowances permits the change; of a list every added and removed entry must be permitted. */
export function isPermitted(change: FieldChange, allowances: readonly Allowance[]): boolean {
  const own = allowances.filter(({ field }) => field === change.field);
  if (own.some((one) => one.kind === 'change' && fits(one.from, change.before) && fits(one.to, change.after)))
    return true;
  const { added, removed } = change;
  if (added === undefined || removed === undefined) return false;
  const permits = (kind: 'added' | 'removed') => (item: string) =>
    own.some((one) => one.kind === kind && (one.item === '*' || one.item === item));
  return added.every(permits('added')) && removed.every(permits('removed'));
}

function fits(pattern: string, value: unknown): boolean {
  if (pattern === '*') return true;
  if (value === undefined || value === null) return pattern === '' || pattern === 'null';
  if (Array.isArray(value)) return pattern === value.join(',');
  return pattern === (typeof value === 'object' ? JSON.stringify(value) : String(value));
}
