/**
 * From a claim to access policies, and from access policies to rights.
 * Source: GEM manual "Integrate with OAuth" and its section on multiple access policies; where it is silent, the step says so.
 */
import type { Claims } from './jwt.js';
import { goLower, wellFormed } from './lower.js';
import type { Pattern } from './pattern.js';
import type { Steps } from './steps.js';

export interface ExtractionOptions {
  readonly claim: string;
  /** Undefined where the expression is empty. */
  readonly pattern: Pattern | undefined;
  readonly defaultPolicy: string;
  /** Lists are described from 1.5 on. */
  readonly listClaims: boolean;
}

export interface Extraction {
  /** In the order of the claim, without repetitions. */
  readonly policies: readonly string[];
  readonly isDefault: boolean;
}

const CLAIM = 'auth.admin.oidc.access_policy_claim';
const REGEX = 'auth.admin.oidc.access_policy_regex';
const DEFAULT = 'auth.admin.oidc.default_access_policy';

/** Takes the policies out of the claims; every entry leaves a step. */
export function extractPolicies(claims: Claims, options: ExtractionOptions, steps: Steps): Extraction {
  const { claim } = options;
  if (claim === '') {
    steps.add({
      field: 'claim',
      option: CLAIM,
      status: 'skipped',
      note: 'no claim is named: no token contains a policy',
    });
    return fallBack(options, 'absent', steps);
  }
  if (!Object.hasOwn(claims, claim)) {
    steps.add({
      field: 'claim',
      source: 'id_token',
      option: CLAIM,
      expression: claim,
      status: 'empty',
      note: `the token has no claim "${claim}"${nearby(claims, claim)}`,
    });
    return fallBack(options, 'absent', steps);
  }
  const value = claims[claim];
  const base = { field: 'claim', source: 'id_token', option: CLAIM, expression: claim, result: value } as const;
  if (typeof value === 'string') {
    steps.add({ ...base, status: 'matched', note: 'a string: its first sub-match is the policy' });
    return fromEntries([value], false, options, steps);
  }
  if (!Array.isArray(value)) {
    steps.add({
      ...base,
      status: 'ignored',
      note: `${kindOf(value)}: only a string or a list of strings gives a policy`,
    });
    return fallBack(options, 'present', steps);
  }
  steps.add({
    ...base,
    status: 'matched',
    note:
      value.length === 1
        ? 'a list with one entry, read as a string'
        : `a list of ${value.length}: the first sub-match of each entry is a policy`,
    ...(options.listClaims ? {} : { certainty: 'undetermined' as const }),
  });
  if (!options.listClaims)
    steps.add({
      field: 'claim',
      status: 'ignored',
      certainty: 'undetermined',
      note: 'lists are described from GEM 1.5 on',
    });
  if (value.some((entry) => typeof entry !== 'string')) {
    steps.add({
      field: 'claim',
      status: 'ignored',
      certainty: 'undetermined',
      note: 'an entry is not a string; the manual asks for a list of strings and does not say what follows',
    });
    return fallBack(options, 'present', steps);
  }
  return fromEntries(value as string[], true, options, steps);
}

function fromEntries(
  entries: readonly string[],
  isList: boolean,
  options: ExtractionOptions,
  steps: Steps,
): Extraction {
  const { pattern } = options;
  if (pattern === undefined) {
    steps.add({
      field: 'policy',
      option: REGEX,
      expression: '',
      status: 'empty',
      certainty: 'undetermined',
      note: 'the expression is empty; a sub-match is required, but whether the whole claim is then taken is not documented',
    });
    return fallBack(options, 'present', steps);
  }
  const found: string[] = [];
  let missing = 0;
  for (const entry of entries) {
    const match = pattern.match(entry);
    const base = { field: 'policy', source: 'id_token', option: REGEX, expression: pattern.text } as const;
    if (!match.matched) {
      missing++;
      steps.add({ ...base, result: null, status: 'empty', note: `${quoted(entry)} does not match` });
    } else if (match.value === undefined) {
      missing++;
      steps.add({
        ...base,
        result: null,
        status: 'empty',
        note: `${quoted(entry)} matches, but the expression has no group: there is no sub-match`,
      });
    } else if (match.value === '') {
      missing++;
      steps.add({
        ...base,
        result: '',
        status: 'empty',
        note: `${quoted(entry)} matches with an empty first sub-match, which is no policy`,
      });
    } else {
      const lower = goLower(match.value);
      found.push(lower);
      const lowered = lower === wellFormed(match.value) ? '' : `, in lower case "${lower}"`;
      steps.add({
        ...base,
        result: lower,
        status: 'matched',
        note: `${quoted(entry)} gives "${match.value}"${lowered}`,
      });
    }
  }
  if (found.length === 0) {
    if (entries.length === 0) steps.add({ field: 'policy', option: REGEX, status: 'empty', note: 'the list is empty' });
    return fallBack(options, 'present', steps);
  }
  const policies = [...new Set(found)];
  if (missing > 0 && isList)
    steps.add({
      field: 'policy',
      status: 'ignored',
      certainty: 'undetermined',
      note: `${missing} of ${entries.length} entries give no policy; here they are passed over, but the token might also be refused, or the rest become an aggregate (not documented)`,
    });
  if (policies.length < found.length)
    steps.add({
      field: 'policy',
      status: 'ignored',
      certainty: 'undetermined',
      note: 'entries fall together; here they count as one policy, but they might also become an aggregate (not documented)',
    });
  return { policies, isDefault: false };
}

function fallBack(options: ExtractionOptions, claimIs: 'absent' | 'present', steps: Steps): Extraction {
  if (options.defaultPolicy === '') return { policies: [], isDefault: false };
  const capital = goLower(options.defaultPolicy) !== options.defaultPolicy;
  const unsettled = claimIs === 'present' || capital;
  steps.add({
    field: 'policy',
    option: DEFAULT,
    result: options.defaultPolicy,
    status: 'default',
    note:
      claimIs === 'present'
        ? 'the default policy is taken; it is described for tokens that contain no policy, whether a claim that gives none counts is not documented'
        : `the token contains no policy: the default policy is taken${capital ? '; whether it is put in lower case is not documented' : ''}`,
    ...(unsettled ? { certainty: 'undetermined' as const } : {}),
  });
  return { policies: [options.defaultPolicy], isDefault: true };
}

export interface AccessPolicy {
  readonly scopes: readonly string[];
  readonly tenants: readonly string[];
}

export type PolicyTable = ReadonlyMap<string, AccessPolicy>;

export interface Rights {
  readonly scopes: readonly string[];
  readonly tenants: readonly string[];
}

/** The only right an aggregate of several policies has. */
export const VIRTUAL_SCOPES: readonly string[] = ['metrics:read'];

/** The policy that exists unless it is switched off. */
export const ADMIN_POLICY = '__admin__';

/**
 * What the named policies allow together; undefined where none of them exists. One policy keeps its own scopes; several
 * become a "virtual" one with read access to metrics over all their tenants.
 */
export function effectiveRights(names: readonly string[], table: PolicyTable, steps: Steps): Rights | undefined {
  const known = names.filter((name) => table.has(name));
  const unknown = names.filter((name) => !table.has(name));
  for (const name of unknown) {
    const stored = [...table.keys()].find((other) => goLower(other) === name);
    steps.add({
      field: 'rights',
      result: null,
      status: 'empty',
      note:
        stored === undefined
          ? `there is no access policy "${name}"`
          : `there is no access policy "${name}"; "${stored}" is stored with capitals and is never found, since names are put in lower case`,
    });
  }
  if (known.length === 0) return undefined;
  if (unknown.length > 0)
    steps.add({
      field: 'rights',
      status: 'ignored',
      certainty: 'undetermined',
      note: 'some policies do not exist; here the others count, but the request might also be refused (not documented)',
    });
  if (names.length === 1) {
    const policy = table.get(names[0]!)!;
    steps.add({
      field: 'rights',
      result: policy,
      status: 'matched',
      note: `"${names[0]}" with its own scopes and tenants`,
    });
    return { scopes: policy.scopes, tenants: union([policy]) };
  }
  const parts = known.map((name) => table.get(name)!);
  const tenants = union(parts);
  const lost = [...new Set(parts.flatMap((part) => part.scopes))].filter((scope) => !VIRTUAL_SCOPES.includes(scope));
  const widened = known.filter((name) => !table.get(name)!.scopes.includes('metrics:read'));
  const notes = [`a virtual policy of ${known.length}: metrics:read over the union of their tenants`];
  if (lost.length > 0)
    notes.push(`${lost.join(', ')} ${lost.length === 1 ? 'is' : 'are'} lost by being one of several`);
  if (widened.length > 0)
    notes.push(
      `${widened.map((name) => `"${name}"`).join(', ')} alone ${widened.length === 1 ? 'does' : 'do'} not allow metrics:read; read literally, the manual adds ${widened.length === 1 ? 'its' : 'their'} tenants all the same`,
    );
  steps.add({
    field: 'rights',
    result: { scopes: VIRTUAL_SCOPES, tenants },
    status: 'matched',
    note: notes.join('; '),
  });
  return { scopes: VIRTUAL_SCOPES, tenants };
}

/** `*` stands for every tenant and takes the place of all others. */
function union(parts: readonly AccessPolicy[]): readonly string[] {
  const all = [...new Set(parts.flatMap((part) => part.tenants))];
  return all.includes('*') ? ['*'] : all;
}

/**
 * Reads `policies`: name → scopes and tenants, or a list of objects with a name, as the admin API gives them (`realms`).
 * Undefined where the data is neither.
 */
export function policyTable(value: unknown): PolicyTable | undefined {
  const table = new Map<string, AccessPolicy>();
  const add = (name: unknown, policy: unknown): boolean => {
    if (typeof name !== 'string' || typeof policy !== 'object' || policy === null) return false;
    const fields = policy as Readonly<Record<string, unknown>>;
    const scopes = texts(fields['scopes']);
    const realms = Array.isArray(fields['realms']) ? fields['realms'] : [];
    const tenants =
      fields['tenants'] === undefined
        ? texts(realms.map((realm) => (typeof realm === 'object' && realm !== null ? realm.tenant : undefined)))
        : texts(fields['tenants']);
    if (scopes === undefined || tenants === undefined) return false;
    table.set(name, { scopes, tenants });
    return true;
  };
  if (Array.isArray(value)) {
    for (const item of value) if (!add((item as { name?: unknown } | null)?.name, item)) return undefined;
    return table;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, policy] of Object.entries(value)) if (!add(name, policy)) return undefined;
  return table;
}

function texts(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) return undefined;
  return value as string[];
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'number' ? 'a number' : 'a boolean';
}

/** Claims that might have been meant: the same letters in another case, or a path written as one name. */
function nearby(claims: Claims, claim: string): string {
  const lower = claim.toLowerCase();
  const close = Object.keys(claims).find((key) => key.toLowerCase() === lower);
  if (close !== undefined) return `; it has "${close}", and names are compared with case`;
  const dot = claim.indexOf('.');
  const first = dot === -1 ? claim : claim.slice(0, dot);
  if (dot !== -1 && Object.hasOwn(claims, first))
    return '; a path is not followed, only one top-level claim of exactly this name counts';
  return '';
}
