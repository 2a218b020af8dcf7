/**
 * An access policy expression: compiled by re2js (linear time, Go's semantics), and what can be said about it beforehand.
 * JavaScript's RegExp plays no part: it matches differently.
 */
import { RE2JS } from 're2js';
import type { Span } from '../text/source.js';
import { wellFormed } from './lower.js';
import type { PatternNode, RefusedSyntax } from './pattern-syntax.js';
import { parsePattern, refusedSyntax } from './pattern-syntax.js';

/** What the expression gave on one value. */
export interface SubMatch {
  readonly matched: boolean;
  /** First sub-match; `''` where the group took no part; undefined where nothing matched or there is no group. */
  readonly value: string | undefined;
  /** The stretch that matched as a whole. */
  readonly whole?: Span;
}

export interface Pattern {
  readonly text: string;
  readonly groupCount: number;
  /** First match in the text, leftmost first, as Go's FindStringSubmatch. */
  match(text: string): SubMatch;
}

export type CompiledPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string; readonly span?: Span; readonly refused?: RefusedSyntax };

/** Compiles an expression as GEM would; every failure comes back as data. */
export function compilePattern(text: string): CompiledPattern {
  // re2js accepts a few things Go does not; these are refused before it sees them.
  const refused = refusedSyntax(text)[0];
  if (refused !== undefined)
    return {
      ok: false,
      message: `RE2 does not have ${refused.what}${refused.instead === undefined ? '' : `; write ${refused.instead}`}`,
      span: refused.span,
      refused,
    };
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(text);
  } catch (error) {
    return failure(text, error);
  }
  return {
    ok: true,
    pattern: {
      text,
      groupCount: compiled.groupCount(),
      match(value) {
        const matcher = compiled.matcher(wellFormed(value));
        if (!matcher.find()) return { matched: false, value: undefined };
        const whole = { start: matcher.start(0), end: matcher.end(0) };
        if (compiled.groupCount() === 0) return { matched: true, value: undefined, whole };
        return { matched: true, value: matcher.group(1) ?? '', whole };
      },
    },
  };
}

function failure(text: string, error: unknown): CompiledPattern {
  const said = error instanceof Error ? error.message : String(error);
  const prefix = 'error parsing regexp: ';
  const message = said.startsWith(prefix) ? said.slice(prefix.length) : said;
  // The library names the offending stretch between back-quotes; its place is the first occurrence.
  const open = message.indexOf('`');
  const stretch = open === -1 ? '' : message.slice(open + 1, message.lastIndexOf('`'));
  const at = stretch === '' ? -1 : text.indexOf(stretch);
  return { ok: false, message, ...(at === -1 ? {} : { span: { start: at, end: at + stretch.length } }) };
}

/** What can be said of an expression without a value. */
export interface PatternFacts {
  readonly groupCount: number;
  /** The first group, with its parentheses. */
  readonly firstGroup?: Span;
  /** The first group that lies outside the first one. */
  readonly otherGroup?: Span;
  /** The first group may take no part in a match. */
  readonly optional: boolean;
  /** The first group may match the empty text. */
  readonly canBeEmpty: boolean;
  readonly anchoredStart: boolean;
  readonly anchoredEnd: boolean;
  /** The first group is the whole value: `(.*)`, `^(.+)$`, `(?s)(.*)`. */
  readonly wholeValue: boolean;
}

export function patternFacts(text: string): PatternFacts {
  const tree = parsePattern(text);
  const groups: Extract<PatternNode, { kind: 'group' }>[] = [];
  walk(tree, (node) => {
    if (node.kind === 'group' && node.index !== undefined) groups.push(node);
  });
  groups.sort((a, b) => a.index! - b.index!);
  const first = groups[0];
  const other = first && groups.find((group) => group.span.start >= first.span.end);
  return {
    groupCount: groups.length,
    ...(first === undefined ? {} : { firstGroup: first.span }),
    ...(other === undefined ? {} : { otherGroup: other.span }),
    optional: first !== undefined && mayBeLeftOut(tree, first),
    canBeEmpty: first !== undefined && canBeEmpty(first.body),
    anchoredStart: anchored(tree, 'begin'),
    anchoredEnd: anchored(tree, 'end'),
    wholeValue: first !== undefined && isWholeValue(tree, first),
  };
}

function walk(node: PatternNode, visit: (node: PatternNode) => void): void {
  visit(node);
  if (node.kind === 'group' || node.kind === 'repeat') walk(node.body, visit);
  else if (node.kind === 'concat' || node.kind === 'alternate') for (const item of node.items) walk(item, visit);
}

function contains(node: PatternNode, target: PatternNode): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner === target) found = true;
  });
  return found;
}

function mayBeLeftOut(node: PatternNode, target: PatternNode): boolean {
  if (node === target || !contains(node, target)) return false;
  switch (node.kind) {
    case 'repeat':
      return node.min === 0 || mayBeLeftOut(node.body, target);
    case 'alternate':
      return true;
    case 'concat':
      return node.items.some((item) => mayBeLeftOut(item, target));
    case 'group':
      return mayBeLeftOut(node.body, target);
    default:
      return false;
  }
}

function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'literal':
    case 'class':
    case 'any':
      return false;
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.body);
    case 'alternate':
      return node.items.some(canBeEmpty);
    case 'concat':
      return node.items.every(canBeEmpty);
    case 'group':
      return canBeEmpty(node.body);
    default:
      return true;
  }
}

/** Whether every match must begin (end) where the value does: by an anchor, or because `.*` swallows what is there. */
function anchored(node: PatternNode, side: 'begin' | 'end'): boolean {
  switch (node.kind) {
    case 'begin':
    case 'end':
      return node.kind === side;
    case 'group':
      return anchored(node.body, side);
    case 'alternate':
      return node.items.every((item) => anchored(item, side));
    case 'repeat':
      return swallowsAll(node, side);
    case 'concat': {
      const items = node.items.filter((item) => item.kind !== 'flags');
      const at = side === 'begin' ? items[0] : items[items.length - 1];
      return at !== undefined && anchored(at, side);
    }
    default:
      return false;
  }
}

function swallowsAll(node: Extract<PatternNode, { kind: 'repeat' }>, side: 'begin' | 'end'): boolean {
  return node.body.kind === 'any' && node.max === Infinity && (side === 'begin' || !node.lazy);
}

function isWholeValue(tree: PatternNode, first: Extract<PatternNode, { kind: 'group' }>): boolean {
  const items = tree.kind === 'concat' ? tree.items : [tree];
  const rest = items.filter((item) => item.kind !== 'flags' && item.kind !== 'begin' && item.kind !== 'end');
  if (rest.length !== 1 || rest[0] !== first) return false;
  const body = first.body.kind === 'concat' && first.body.items.length === 1 ? first.body.items[0]! : first.body;
  return body.kind === 'repeat' && body.body.kind === 'any' && body.max === Infinity && !body.lazy && body.min <= 1;
}
