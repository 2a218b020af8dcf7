/**
 * Names and texts that are valid, and hardly what their author meant: JMESPath takes 'single quotes' for a text and "double
 * quotes" for the name of a claim, which other languages do the other way round or not at all.
 */
import type { Span } from '../text/source.js';
import type { ExpressionNode, FieldNode } from './ast.js';
import type { Interpretation } from './interpret.js';
import { canBe } from './possible.js';

export type SuspicionKind =
  /** A role word that is read as a claim and would be the result. */
  | 'role-as-claim'
  /** A name where a text to look for or to compare with is expected. */
  | 'text-as-claim'
  /** A text where a claim is expected: `contains('custom:groups', 'x')`. */
  | 'claim-as-text'
  /** The whole expression stands in double quotes: it is one name. */
  | 'whole-in-quotes'
  /** `first-name` subtracts (community). */
  | 'hyphen'
  /** `x == 'true'`: a boolean is no text. */
  | 'boolean-as-text'
  /** `contains(list, ['a', 'b'])`: a list is never an element of a list of texts. */
  | 'list-as-needle';

export interface Suspicion {
  readonly kind: SuspicionKind;
  readonly span: Span;
  /** As written. */
  readonly text: string;
  /** What was probably meant, where that is one text. */
  readonly replacement?: string;
}

const ROLE = /^(?:viewer|editor|admin|grafanaadmin|none)$/i;
const LOOKED_FOR: ReadonlySet<string> = new Set(['contains', 'starts_with', 'ends_with']);

export function findSuspicions(tree: ExpressionNode, source: string, interpretation: Interpretation): Suspicion[] {
  const found: Suspicion[] = [];
  const add = (kind: SuspicionKind, { span }: { readonly span: Span }, replacement?: string) => {
    const text = source.slice(span.start, span.end);
    if (found.some((other) => other.span.start === span.start && other.span.end === span.end)) return;
    found.push(replacement === undefined ? { kind, span, text } : { kind, span, text, replacement });
  };

  if (tree.kind === 'field' && tree.quoted && /[()|&'[\]]/.test(tree.name)) {
    add('whole-in-quotes', tree, tree.name);
    return found;
  }
  for (const possible of interpretation.root) {
    const [name, ...more] = possible.kind === 'claim' ? (possible.path ?? []) : [];
    if (name !== undefined && more.length === 0 && ROLE.test(name))
      add('role-as-claim', possible, rawString(roleWord(name)));
  }
  for (const node of interpretation.results.keys()) {
    if (node.kind === 'call' && LOOKED_FOR.has(node.callee ?? '') && node.children.length === 2) {
      const [where, what] = node.children as [ExpressionNode, ExpressionNode];
      if (where.kind === 'literal' && typeof where.value === 'string')
        add('claim-as-text', where, quotedName(where.value));
      if (what.kind === 'field') add('text-as-claim', what, rawString(what.name));
      const needles = interpretation.results.get(what) ?? [];
      if (
        needles.length > 0 &&
        needles.every((possible) => !canBe(possible, 'string') && canBe(possible, 'array')) &&
        node.callee === 'contains'
      )
        add('list-as-needle', what);
    }
    if (node.kind === 'comparison') {
      const [left, right] = node.children as [ExpressionNode, ExpressionNode];
      for (const [one, other] of [
        [left, right],
        [right, left],
      ] as const) {
        if (one.kind === 'field' && one.quoted && isPath(other)) add('text-as-claim', one, rawString(one.name));
        if (one.kind === 'literal' && (one.value === 'true' || one.value === 'false') && isPath(other))
          add('boolean-as-text', one, `\`${one.value}\``);
      }
    }
    if (node.kind === 'arithmetic' && node.operator === '-') {
      const [left, right] = node.children as [ExpressionNode, ExpressionNode];
      const name = hyphenated(left, right, source);
      if (name !== undefined) add('hyphen', name, quotedName(source.slice(name.span.start, name.span.end)));
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function isPath(node: ExpressionNode): boolean {
  if (node.kind === 'field' || node.kind === 'current') return true;
  return (node.kind === 'subexpression' || node.kind === 'indexExpression') && isPath(node.children[0]!);
}

/** `a-b` without blanks, both sides names: the stretch from the last name on the left to the first on the right. */
function hyphenated(left: ExpressionNode, right: ExpressionNode, source: string): { span: Span } | undefined {
  const first = lastName(left);
  const second = firstName(right);
  if (first === undefined || second === undefined || source.slice(first.span.end, second.span.start) !== '-')
    return undefined;
  return { span: { start: first.span.start, end: second.span.end } };
}

function lastName(node: ExpressionNode): FieldNode | undefined {
  if (node.kind === 'field') return node.quoted ? undefined : node;
  if (node.kind === 'subexpression') return lastName(node.children[1]!);
  return node.kind === 'arithmetic' && node.operator === '-' ? lastName(node.children[1]!) : undefined;
}

function firstName(node: ExpressionNode): FieldNode | undefined {
  if (node.kind === 'field') return node.quoted ? undefined : node;
  if (node.kind === 'subexpression' || node.kind === 'indexExpression' || node.kind === 'projection')
    return firstName(node.children[0]!);
  return undefined;
}

const ROLES: Readonly<Record<string, string>> = {
  viewer: 'Viewer',
  editor: 'Editor',
  admin: 'Admin',
  grafanaadmin: 'GrafanaAdmin',
  none: 'None',
};

function roleWord(name: string): string {
  return ROLES[name.toLowerCase()] ?? name;
}

/** As a text in an expression. */
export function rawString(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

/** As a name in an expression, in double quotes where it needs them. */
export function quotedName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}
