/**
 * Which claims of a token Grafana looks at. Source: the study of Grafana's resolution, "Sources" and "Field by field".
 */

/** What Grafana does with one claim of the token. */
export interface ClaimRead {
  readonly claim: string;
  /** `id`, `e-mail`, or the option that names it. */
  readonly use: string;
  readonly present: boolean;
  /** What is wrong with it, and what follows. */
  readonly problem?: string;
}

/** An option whose value is an expression, and the claims the expression starts from. */
export interface AttributeOption {
  readonly option: string;
  /** `['realm_access', 'roles']` for `realm_access.roles`. */
  readonly claims: readonly (readonly string[])[];
}

export interface ReadingFacts {
  /** `sub` is a field in this version. */
  readonly sub: boolean;
  /** Options of the configuration, where one was given. */
  readonly options: readonly AttributeOption[];
}

type Shape = 'text' | 'attributes';

/** The fixed fields, in the order they are asked; JSON of another shape makes Grafana drop the whole source. */
const FIELDS: readonly { readonly claim: string; readonly use: string; readonly shape: Shape }[] = [
  { claim: 'sub', use: 'id', shape: 'text' },
  { claim: 'login', use: 'login', shape: 'text' },
  { claim: 'username', use: 'login', shape: 'text' },
  { claim: 'email', use: 'e-mail', shape: 'text' },
  { claim: 'upn', use: 'e-mail, where it is an address', shape: 'text' },
  { claim: 'attributes', use: 'e-mail, through email_attribute_name', shape: 'attributes' },
  { claim: 'name', use: 'name', shape: 'text' },
  { claim: 'display_name', use: 'name', shape: 'text' },
];

/**
 * Fixed fields the token has, then every claim the configuration's expressions start from.
 * Field names are matched as Go's JSON decoder does, without regard to letter case.
 */
export function claimsRead(claims: Readonly<Record<string, unknown>>, facts: ReadingFacts): ClaimRead[] {
  const reads: ClaimRead[] = [];
  for (const { claim, use, shape } of FIELDS) {
    if (claim === 'sub' && !facts.sub) continue;
    const name = Object.keys(claims).find((key) => key.toLowerCase() === claim);
    if (name === undefined) continue;
    const value = claims[name];
    const problem = value === null || fits(value, shape) ? undefined : wrongShape(name, shape);
    reads.push({ claim: name, use, present: true, ...(problem ? { problem } : {}) });
  }
  for (const { option, claims: paths } of facts.options) {
    for (const path of paths) reads.push({ claim: path.join('.'), use: option, present: holds(claims, path) });
  }
  return reads;
}

function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (list) => list === null || (Array.isArray(list) && list.every((item) => item === null || typeof item === 'string')),
  );
}

function wrongShape(claim: string, shape: Shape): string {
  const wanted = shape === 'text' ? 'a text' : 'an object of lists of texts';
  return `Grafana expects ${wanted} in ${claim}; with anything else it drops the whole token and reads nothing from it`;
}

function holds(value: unknown, path: readonly string[]): boolean {
  if (path.length === 0) return value !== null && value !== undefined;
  if (Array.isArray(value)) return value.some((item) => holds(item, path));
  if (typeof value !== 'object' || value === null) return false;
  const [name, ...rest] = path as [string, ...string[]];
  return Object.hasOwn(value, name) && holds((value as Record<string, unknown>)[name], rest);
}
