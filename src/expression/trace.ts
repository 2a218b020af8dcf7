/**
 * What every sub-expression gave in one evaluation, so that a person can see where an answer comes from.
 */
import type { Span } from '../text/source.js';
import type { ExpressionNode, NodeKind } from './ast.js';
import type { Dialect } from './dialect.js';
import { type Compiler, compileNode, type Evaluator } from './evaluator.js';
import { chain } from './grammar.js';
import { type EvaluationResult, explain } from './problem.js';

/** A sub-expression with what it gave. */
export interface TracedNode {
  readonly kind: NodeKind;
  readonly span: Span;
  /** As written. */
  readonly text: string;
  /** What it gave, in order; several where it stands in a projection, the first ones of many. Empty: never evaluated. */
  readonly results: readonly EvaluationResult[];
  /** How often it was evaluated. */
  readonly evaluations: number;
  /** `a || b || c` has three; what nobody wrote is left out. */
  readonly children: readonly TracedNode[];
}

export interface EvaluationTrace {
  readonly result: EvaluationResult;
  readonly root: TracedNode;
}

/** Results kept of one sub-expression. */
export const MAX_TRACED_RESULTS = 20;

interface Record {
  readonly results: EvaluationResult[];
  evaluations: number;
}

/** A compiler whose evaluators note what they give. */
export class Recorder implements Compiler {
  readonly fuse = false;
  readonly #records = new Map<ExpressionNode, Record>();

  constructor(
    readonly source: string,
    readonly dialect: Dialect,
    readonly shown: (value: unknown) => unknown,
  ) {}

  compile(node: ExpressionNode): Evaluator {
    const inner = compileNode(node, this);
    const record: Record = { results: [], evaluations: 0 };
    this.#records.set(node, record);
    const note = (result: EvaluationResult) => {
      record.evaluations++;
      if (record.results.length < MAX_TRACED_RESULTS) record.results.push(result);
    };
    return (value, evaluation) => {
      try {
        const result = inner(value, evaluation);
        note({ value: this.shown(result) });
        return result;
      } catch (problem) {
        note({ error: explain(problem) });
        throw problem;
      }
    };
  }

  /** The tree with what was noted. */
  traced(node: ExpressionNode): TracedNode {
    const operands = chain(node);
    return {
      ...this.untraced(node),
      results: this.#records.get(node)?.results ?? [],
      evaluations: this.#records.get(node)?.evaluations ?? 0,
      children: (operands.length > 1 ? operands : node.children)
        .filter(({ span }) => span.end > span.start)
        .sort((a, b) => a.span.start - b.span.start)
        .map((child) => this.traced(child)),
    };
  }

  /** A node of which nothing is known. */
  untraced({ kind, span }: ExpressionNode): TracedNode {
    const text = this.source.slice(span.start, span.end);
    return { kind, span, text, results: [], evaluations: 0, children: [] };
  }
}
