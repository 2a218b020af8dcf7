/**
 * The syntax tree of a JMESPath expression, shaped as both of Grafana's libraries build it: what an odd expression gives
 * often follows from that shape.
 */
import type { Span } from '../text/source.js';

export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/' | '//' | '%';

interface Base {
  /** Without enclosing parentheses. */
  readonly span: Span;
  readonly children: readonly ExpressionNode[];
}

/** `name` or `"name"`. */
export interface FieldNode extends Base {
  readonly kind: 'field';
  readonly name: string;
  readonly quoted: boolean;
}

/** `'text'` (raw) or a JSON value in backticks. */
export interface LiteralNode extends Base {
  readonly kind: 'literal';
  readonly value: unknown;
  readonly raw: boolean;
}

/** `name(…)`; children are the arguments. `callee` is undefined where what is called has no name: the call panics. */
export interface CallNode extends Base {
  readonly kind: 'call';
  readonly callee: string | undefined;
}

/** `[n]`; standing alone only inside an `indexExpression`. */
export interface IndexNode extends Base {
  readonly kind: 'index';
  readonly index: number;
}

/** `[start:stop:step]`; numbers are 64-bit integers in the libraries, hence bigint. */
export interface SliceNode extends Base {
  readonly kind: 'slice';
  readonly parts: readonly [bigint | undefined, bigint | undefined, bigint | undefined];
}

/** `$name` (community). */
export interface VariableNode extends Base {
  readonly kind: 'variable';
  /** With the `$`. */
  readonly name: string;
}

/** `{key: value, …}`; children are the values. */
export interface MultiSelectHashNode extends Base {
  readonly kind: 'multiSelectHash';
  readonly keys: readonly { readonly name: string; readonly span: Span }[];
}

export interface ComparisonNode extends Base {
  readonly kind: 'comparison';
  readonly operator: Comparator;
}

export interface ArithmeticNode extends Base {
  readonly kind: 'arithmetic';
  readonly operator: Arithmetic;
}

/** `-x`, `+x` (community). */
export interface SignNode extends Base {
  readonly kind: 'sign';
  readonly operator: '+' | '-';
}

/**
 * The nodes that are nothing but their children:
 *
 * - `identity`: what stands where nothing was written (left of a leading `[`, right of a projection that ends).
 * - `current`: `@`. `root`: `$` (community). `empty`: what both parsers make of a broken `[…]` at the start of an operand.
 * - `indexExpression`: value, then `index` or `slice`. `flatten`: the list.
 * - `projection`, `objectProjection`: what is projected, then what is taken of each element.
 * - `filterProjection`: list, what is taken of each element, condition.
 * - `binding`: `x = y` (community); only a `let` can evaluate it. `let`: bindings, then the body.
 */
export interface PlainNode extends Base {
  readonly kind:
    | 'identity'
    | 'current'
    | 'root'
    | 'empty'
    | 'subexpression'
    | 'indexExpression'
    | 'flatten'
    | 'projection'
    | 'objectProjection'
    | 'filterProjection'
    | 'multiSelectList'
    | 'or'
    | 'and'
    | 'not'
    | 'pipe'
    | 'reference'
    | 'binding'
    | 'let';
}

export type ExpressionNode =
  | FieldNode
  | LiteralNode
  | CallNode
  | IndexNode
  | SliceNode
  | VariableNode
  | MultiSelectHashNode
  | ComparisonNode
  | ArithmeticNode
  | SignNode
  | PlainNode;

export type NodeKind = ExpressionNode['kind'];

/** The text a library holds with a node, where that is a text: what a call or a `let` takes as a name. */
export function nameHeld(node: ExpressionNode): string | undefined {
  switch (node.kind) {
    case 'field':
    case 'variable':
      return node.name;
    case 'literal':
      return typeof node.value === 'string' ? node.value : undefined;
    case 'call':
      return node.callee;
    default:
      return undefined;
  }
}

/** Every node below and including `node`, parents first. */
export function* walk(node: ExpressionNode): Generator<ExpressionNode> {
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (let n = next.children.length - 1; n >= 0; n--) stack.push(next.children[n]!);
  }
}

/** Whether two nodes mean the same whatever their places and quotes: how classic compares expression references. */
export function sameNode(a: ExpressionNode, b: ExpressionNode): boolean {
  return shape(a) === shape(b);
}

function shape(node: ExpressionNode): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === 'span' || key === 'quoted' || key === 'raw') return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
