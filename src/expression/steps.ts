/**
 * A trace as the lines a person reads: each claim, call, comparison and branch with what it gave, in the order of the text.
 */
import type { Span } from '../text/source.js';
import type { EvaluationResult } from './problem.js';
import type { EvaluationTrace, TracedNode } from './trace.js';

export interface ExpressionStep {
  /** As written. */
  readonly text: string;
  readonly span: Span;
  /** How deep it stands in the expression, from 0. */
  readonly depth: number;
  /** What it gave; several where it was evaluated for each element of a list, the first of many. Empty: never reached. */
  readonly results: readonly EvaluationResult[];
  readonly evaluations: number;
  /** The error arose here, not further in. */
  readonly failed: boolean;
}

/** Parts of a path and what says its own value. */
const QUIET: ReadonlySet<string> = new Set(['identity', 'current', 'index', 'slice', 'literal', 'root', 'reference']);
const PATHS: ReadonlySet<string> = new Set([
  'field',
  'subexpression',
  'indexExpression',
  'projection',
  'objectProjection',
  'flatten',
  'current',
  'identity',
  'index',
  'slice',
  'root',
  'variable',
]);

/** The steps of a trace. The expression itself is the first, unless a single name or literal is all there is. */
export function stepsOf({ root }: EvaluationTrace): ExpressionStep[] {
  const steps: ExpressionStep[] = [];
  const add = (node: TracedNode, depth: number): void => {
    const children = isPath(node) ? [] : node.children;
    const quiet = QUIET.has(node.kind);
    if (!quiet) {
      const error = node.results.at(-1)?.error;
      const inner = children.some((child) => child.results.at(-1)?.error !== undefined);
      const { text, span, results, evaluations } = node;
      steps.push({ text, span, depth, results, evaluations, failed: error !== undefined && !inner });
    }
    // A branch that was not taken needs no details.
    if (node.evaluations > 0 || node === root) for (const child of children) add(child, quiet ? depth : depth + 1);
  };
  add(root, 0);
  return steps;
}

function isPath(node: TracedNode): boolean {
  return PATHS.has(node.kind) && node.children.every(isPath);
}

/** The step that failed first, for marking its place. */
export function failedStep(steps: readonly ExpressionStep[]): ExpressionStep | undefined {
  return steps.find(({ failed }) => failed);
}
