/**
 * The entry to this folder: an expression is compiled once and evaluated as often as needed.
 */
import { setOwn } from '../text/go-json.js';
import { type ExpressionNode, walk } from './ast.js';
import { type DialectName, dialectOf } from './dialect.js';
import { Evaluation } from './evaluation.js';
import { type Compiler, compileNode, type Evaluator } from './evaluator.js';
import { functionNamed } from './functions.js';
import { parse } from './parser.js';
import { type EvaluationResult, type ExpressionError, explain } from './problem.js';
import { type EvaluationTrace, Recorder } from './trace.js';
import { isReference } from './values.js';

export type { DialectName } from './dialect.js';
export type { EvaluationResult, ExpressionError } from './problem.js';
export type { EvaluationTrace, TracedNode } from './trace.js';

export interface CompiledExpression {
  readonly source: string;
  readonly dialect: DialectName;
  readonly tree: ExpressionNode;
  readonly error?: undefined;
  /** The result may follow the order of an object's members, which is random in Grafana: it can differ from login to login. */
  readonly nondeterministic: boolean;
  /**
   * The result on a decoded JSON document, which stays as it is. Never throws. An expression reference in the result is `{}`
   * (classic) or null (community); NaN and the infinities stay numbers.
   */
  evaluate(document: unknown): EvaluationResult;
  /** The same, with what every sub-expression gave. Slower: for showing, not for bulk runs. */
  trace(document: unknown): EvaluationTrace;
}

export type CompileResult = CompiledExpression | { readonly error: ExpressionError };

/** Compiles an expression of one dialect. Never throws. */
export function compile(source: string, dialect: DialectName): CompileResult {
  try {
    return new Expression(source, dialect, parse(source, dialectOf(dialect)));
  } catch (problem) {
    return { error: explain(problem) };
  }
}

class Expression implements CompiledExpression {
  readonly nondeterministic: boolean;
  readonly #evaluator: Evaluator | undefined;
  readonly #holdsReferences: boolean;

  constructor(
    readonly source: string,
    readonly dialect: DialectName,
    readonly tree: ExpressionNode,
  ) {
    let changesDocument = false;
    let nondeterministic = false;
    let holdsReferences = false;
    for (const node of walk(tree)) {
      if (node.kind === 'reference') holdsReferences = true;
      if (node.kind === 'objectProjection') nondeterministic = true;
      if (node.kind !== 'call' || node.callee === undefined) continue;
      if (node.callee === 'sort_by') changesDocument = true;
      if (functionNamed(node.callee)?.randomOrder) nondeterministic = true;
    }
    this.nondeterministic = nondeterministic;
    this.#holdsReferences = holdsReferences;
    // sort_by sorts in place, literals and the document alike: each evaluation then needs its own.
    this.#evaluator = changesDocument ? undefined : compiler(dialect).compile(tree);
  }

  evaluate(document: unknown): EvaluationResult {
    try {
      if (this.#evaluator !== undefined) return this.#run(this.#evaluator, document);
      return this.#run(compiler(this.dialect).compile(withOwnLiterals(this.tree)), copy(document));
    } catch (problem) {
      return { error: explain(problem) };
    }
  }

  trace(document: unknown): EvaluationTrace {
    const recorder = new Recorder(this.source, dialectOf(this.dialect), (value) => this.#shown(value));
    try {
      const fresh = this.#evaluator === undefined;
      const tree = fresh ? withOwnLiterals(this.tree) : this.tree;
      const evaluator = recorder.compile(tree);
      let result: EvaluationResult;
      try {
        result = this.#run(evaluator, fresh ? copy(document) : document);
      } catch (problem) {
        result = { error: explain(problem) };
      }
      return { result, root: recorder.traced(tree) };
    } catch (problem) {
      // Only a tree at the limits of depth gets here.
      return { result: { error: explain(problem) }, root: recorder.untraced(this.tree) };
    }
  }

  #run(evaluator: Evaluator, document: unknown): EvaluationResult {
    const root = document ?? null;
    return { value: this.#shown(evaluator(root, new Evaluation(root))) };
  }

  #shown(value: unknown): unknown {
    return this.#holdsReferences ? withoutReferences(value ?? null, this.dialect) : (value ?? null);
  }
}

function compiler(name: DialectName): Compiler {
  const result: Compiler = {
    dialect: dialectOf(name),
    fuse: true,
    compile: (node) => compileNode(node, result),
  };
  return result;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  const result = {};
  for (const [key, item] of Object.entries(value)) setOwn(result, key, copy(item));
  return result;
}

function withOwnLiterals(node: ExpressionNode): ExpressionNode {
  if (node.kind === 'literal') return { ...node, value: copy(node.value) };
  return { ...node, children: node.children.map(withOwnLiterals) } as ExpressionNode;
}

function withoutReferences(value: unknown, dialect: DialectName): unknown {
  if (isReference(value)) return dialect === 'classic' ? {} : null;
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, dialect));
  if (typeof value !== 'object' || value === null) return value;
  const result = {};
  for (const [key, item] of Object.entries(value)) setOwn(result, key, withoutReferences(item, dialect));
  return result;
}
