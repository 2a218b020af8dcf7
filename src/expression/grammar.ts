/**
 * The tables of the grammar: binding powers, operators, limits, and the words for tokens.
 */
import type { Arithmetic, Comparator, ExpressionNode } from './ast.js';
import { limit } from './problem.js';
import type { Token, TokenType } from './scanner.js';

/** Deeper expressions are refused: evaluating them recurses. Grafana's libraries have no such limit. */
export const MAX_EXPRESSION_DEPTH = 500;

/** A tree deeper than this is refused; `a.b.c` goes one level down for each dot, chains of `||`, `&&` and `|` do not. */
export const MAX_TREE_DEPTH = 2000;

/** How tightly a token binds what stands before it; loosest first. */
export const BINDING: Readonly<Partial<Record<TokenType, number>>> = {
  Assign: 1,
  Pipe: 1,
  Or: 2,
  And: 3,
  EQ: 5,
  NE: 5,
  LT: 5,
  LTE: 5,
  GT: 5,
  GTE: 5,
  Plus: 6,
  Minus: 6,
  Divide: 7,
  Div: 7,
  Modulo: 7,
  Multiply: 7,
  Flatten: 9,
  Star: 20,
  Filter: 21,
  Dot: 40,
  Not: 45,
  Lbrace: 50,
  Lbracket: 55,
  Lparen: 60,
};

/** What follows a projection belongs to it only from this power on. */
export const PROJECTION_STOP = 10;

export const COMPARATORS: Readonly<Partial<Record<TokenType, Comparator>>> = {
  EQ: '==',
  NE: '!=',
  LT: '<',
  LTE: '<=',
  GT: '>',
  GTE: '>=',
};

export const ARITHMETIC: Readonly<Partial<Record<TokenType, Arithmetic>>> = {
  Plus: '+',
  Minus: '-',
  Star: '*',
  Multiply: '*',
  Divide: '/',
  Div: '//',
  Modulo: '%',
};

/** What a token is to a person. */
export function describe(token: Token): string {
  if (token.type === 'EOF') return 'the end of the expression';
  if (token.type === 'StringLiteral') return `the text '${token.text}'`;
  if (token.type === 'QuotedIdentifier') return `the name "${token.text}"`;
  if (token.type === 'JSONLiteral') return `the literal \`${token.text}\``;
  return `“${token.text}”`;
}

/** Kinds whose left-leaning chains are evaluated in a loop. */
const CHAINED: ReadonlySet<string> = new Set(['or', 'and', 'pipe']);

/** The operands of `a || b || c`, in order; of any other node, the node itself. */
export function chain(node: ExpressionNode): ExpressionNode[] {
  if (!CHAINED.has(node.kind)) return [node];
  const operands: ExpressionNode[] = [];
  let left: ExpressionNode = node;
  for (; left.kind === node.kind; left = left.children[0]!) operands.push(left.children[1]!);
  operands.push(left);
  return operands.reverse();
}

/** Refuses trees that evaluating would recurse into too deeply. */
export function checkDepth(root: ExpressionNode): void {
  const stack: [ExpressionNode, number][] = [[root, 1]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [node, depth] = next;
    if (depth > MAX_TREE_DEPTH)
      limit(
        node.span.start,
        `the expression is nested deeper than ${MAX_TREE_DEPTH} levels, which this tool does not evaluate`,
      );
    const operands = chain(node);
    for (const child of operands.length > 1 ? operands : node.children) stack.push([child, depth + 1]);
  }
}
