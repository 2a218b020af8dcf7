/** An option that holds a JMESPath expression, compiled once, and what Grafana takes from its result. */
import { type ExpressionNode, walk } from '../expression/ast.js';
import { type CompiledExpression, compile, type DialectName, type ExpressionError } from '../expression/compile.js';
import type { DecodedDocument } from './body.js';

export type PathResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ExpressionError };

/** Grafana's library panics: nothing of the login survives it. */
export class ExpressionPanic {
  constructor(
    readonly option: string,
    readonly expression: string,
    readonly error: ExpressionError,
  ) {}
}

/** This tool gives up on the expression where Grafana would go on: what Grafana makes of it is not known. */
export class ExpressionLimit {
  constructor(
    readonly option: string,
    readonly error: ExpressionError,
  ) {}
}

export class AttributePath {
  readonly compiled: CompiledExpression | undefined;
  /** What it gives can differ from login to login: it takes one of several members of an object, which have no order in Go. */
  readonly random: boolean;
  readonly #syntaxError: PathResult | undefined;

  constructor(
    readonly option: string,
    readonly expression: string,
    dialect: DialectName,
  ) {
    const compiled = compile(expression, dialect);
    if ('evaluate' in compiled) this.compiled = compiled;
    else this.#syntaxError = { ok: false, error: compiled.error };
    this.random = this.compiled?.nondeterministic === true && dependsOnOrder(this.compiled.tree);
  }

  /** The result on a document. Throws ExpressionPanic where the product's library would panic, ExpressionLimit. */
  evaluate(document: DecodedDocument): PathResult {
    const result = this.quietly(document);
    if (!result.ok) {
      if (result.error.panic) throw new ExpressionPanic(this.option, this.expression, result.error);
      if (result.error.limit) throw new ExpressionLimit(this.option, result.error);
    }
    return result;
  }

  /** The same, a panic being an error like any other: for what the product does not evaluate. */
  quietly(document: DecodedDocument): PathResult {
    // the document is decoded before the expression is parsed; both errors end the evaluation alike
    if (!document.ok) return { ok: false, error: { message: document.error } };
    if (this.compiled === undefined) return this.#syntaxError!;
    const result = this.compiled.evaluate(document.value);
    return result.error === undefined ? { ok: true, value: result.value } : { ok: false, error: result.error };
  }
}

/** Functions whose result tells the order of a list. */
const ORDERLY = new Set([
  'join',
  'to_string',
  'reverse',
  'zip',
  'from_items',
  'max_by',
  'min_by',
  'group_by',
  'sort_by',
]);

function dependsOnOrder(tree: ExpressionNode): boolean {
  for (const node of walk(tree))
    if (
      node.kind === 'index' ||
      node.kind === 'slice' ||
      node.kind === 'comparison' ||
      (node.kind === 'call' && node.callee !== undefined && ORDERLY.has(node.callee))
    )
      return true;
  return false;
}

/** The text a path gave; anything but a non-empty text counts as nothing. */
export function asText(result: PathResult): string {
  return result.ok && typeof result.value === 'string' ? result.value : '';
}

/** The texts among the elements of a list; anything but a list counts as none. */
export function asTexts(result: PathResult): readonly string[] {
  if (!result.ok || !Array.isArray(result.value)) return [];
  return result.value.filter((item) => typeof item === 'string');
}
