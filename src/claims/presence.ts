/** Claim presence: in which document a claim that an option names can be found, and which documents Grafana reads. */
import type { ExpressionNode } from '../expression/ast.js';
import { closest } from '../text/suggest.js';
import type { AttributePath } from './attribute-path.js';
import type { Body } from './body.js';
import type { SourceName } from './sources.js';
import type { ClaimPresence } from './trace.js';

type Path = readonly string[];

/** The documents of a login, also those Grafana does not read or cannot use. */
export type Documents = ReadonlyMap<SourceName, Body>;

/**
 * For each claim an expression starts from: where it is. `read`: the sources this version looks at.
 */
export function claimPresence(
  paths: readonly (AttributePath | undefined)[],
  documents: Documents,
  read: readonly SourceName[],
): ClaimPresence[] {
  const values = new Map<SourceName, unknown>();
  for (const [name, body] of documents) {
    const document = body.document();
    if (document.ok) values.set(name, document.value);
  }
  const found: ClaimPresence[] = [];
  for (const path of paths) {
    if (path?.compiled === undefined) continue;
    for (const claim of claimsOf(path.compiled.tree)) {
      const where = (name: SourceName) => (values.has(name) ? holds(values.get(name), claim) : null);
      const row = { id_token: where('id_token'), userinfo: where('userinfo'), access_token: where('access_token') };
      const anywhere = row.id_token || row.userinfo || row.access_token;
      found.push({
        option: path.option,
        claim: claim.map(writeName).join('.'),
        ...row,
        read,
        nearby: anywhere ? [] : nearby(claim, [...values.values()]),
      });
    }
  }
  return found;
}

/** The claims an expression reads, as paths from the top of the document, in the order in which they stand. */
export function claimsOf(tree: ExpressionNode): Path[] {
  const found = new Map<string, Path>();
  const use = (node: ExpressionNode, context: Path | undefined): void => {
    const path = follow(node, context);
    if (path !== undefined && path.length > 0) found.set(JSON.stringify(path), path);
  };
  /** Where the value of a node comes from; undefined where it is made, not taken. */
  const follow = (node: ExpressionNode, context: Path | undefined): Path | undefined => {
    const [first, second, third] = node.children;
    switch (node.kind) {
      case 'field':
        return context && [...context, node.name];
      case 'identity':
      case 'current':
      case 'index':
      case 'slice':
        return context;
      case 'root':
        return [];
      case 'subexpression':
      case 'indexExpression':
      case 'projection':
      case 'objectProjection':
      case 'pipe':
        return follow(second!, follow(first!, context));
      case 'flatten':
        return follow(first!, context);
      case 'filterProjection': {
        const list = follow(first!, context);
        use(third!, list);
        return follow(second!, list);
      }
      case 'reference':
        // read on the elements of some other argument
        return undefined;
      default:
        for (const child of node.children) use(child, context);
        return undefined;
    }
  };
  use(tree, []);
  return [...found.values()];
}

/** Claims an expression reads that a document does not have, with what is there instead. */
export function missingClaims(
  path: Pick<AttributePath, 'compiled'>,
  document: unknown,
): { readonly claim: string; readonly nearby: readonly string[] }[] {
  if (path.compiled === undefined) return [];
  return claimsOf(path.compiled.tree)
    .filter((claim) => !holds(document, claim))
    .map((claim) => ({ claim: claim.map(writeName).join('.'), nearby: nearby(claim, [document]) }));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists in lists beyond this are not looked into. */
const DEEPEST_LISTS = 100;

/** Whether a path leads to something other than null, through lists too. */
function holds(value: unknown, path: Path, depth = 0): boolean {
  if (depth > DEEPEST_LISTS) return false;
  if (Array.isArray(value)) return path.length > 0 && value.some((item) => holds(item, path, depth + 1));
  if (path.length === 0) return value !== null && value !== undefined;
  const [name, ...rest] = path as [string, ...string[]];
  if (!isObject(value) || !Object.hasOwn(value, name)) return false;
  return rest.length === 0 ? value[name] !== null : holds(value[name], rest, depth + 1);
}

const DEEPEST = 4;

/** Claims that exist and look like the missing one: the same name elsewhere, else names spelled almost alike. */
function nearby(claim: Path, documents: readonly unknown[]): string[] {
  const same = documents.flatMap((document) => leaves(document, claim[claim.length - 1]!));
  const found = same.length > 0 ? same : documents.flatMap((document) => alike(claim, document));
  return [...new Set(found.map((path) => path.map(writeName).join('.')))].slice(0, 5);
}

/** As far as a path leads, then what is there instead. */
function alike(claim: Path, document: unknown): Path[] {
  let level: unknown = document;
  const done: string[] = [];
  for (const name of claim) {
    if (!isObject(level)) return [];
    if (!Object.hasOwn(level, name)) return closest(name, Object.keys(level)).map((other) => [...done, other]);
    done.push(name);
    level = level[name];
  }
  return [];
}

function leaves(value: unknown, name: string, depth = 0): Path[] {
  if (!isObject(value) || depth >= DEEPEST) return [];
  const found: Path[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === name && item !== null) found.push([key]);
    for (const path of leaves(item, name, depth + 1)) found.push([key, ...path]);
  }
  return found;
}

/** A name as it stands in an expression. */
function writeName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}
