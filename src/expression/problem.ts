/**
 * What goes wrong with an expression. Thrown inside this folder only; callers get it as data.
 */

export interface ExpressionError {
  /** In our words: lower case, no full stop. */
  readonly message: string;
  /**
   * UTF-16 code units from 0 in the expression: the offending token of a syntax error (the length of the expression at its
   * end), the call or node that failed at run time.
   */
  readonly offset?: number;
  /** Grafana's library panics here: the login ends with HTTP 500, where an error only ends the evaluation. */
  readonly panic?: true;
  /** What the library itself says, where that is known and shows nothing of the document. */
  readonly productMessage?: string;
  /** A limit of this tool, not of Grafana. */
  readonly limit?: true;
}

/** What an expression gives on a document. */
export type EvaluationResult =
  | { readonly value: unknown; readonly error?: undefined }
  | { readonly error: ExpressionError; readonly value?: undefined };

/** Not an Error on purpose: it is thrown for every missing claim, and a stack trace would cost more than the evaluation. */
export class ExpressionProblem {
  constructor(readonly error: ExpressionError) {}
}

/** A run-time error at an offset. */
export function fail(offset: number, message: string, productMessage?: string): never {
  throw new ExpressionProblem(productMessage === undefined ? { message, offset } : { message, offset, productMessage });
}

/** A panic of the library. */
export function panic(offset: number, message: string, productMessage: string): never {
  throw new ExpressionProblem({ message, offset, panic: true, productMessage });
}

/** A limit of this tool. */
export function limit(offset: number, message: string): never {
  throw new ExpressionProblem({ message, offset, limit: true });
}

/** What was thrown, as data; a stack overflow (a document nested very deeply) is an error of its own. */
export function explain(problem: unknown): ExpressionError {
  if (problem instanceof ExpressionProblem) return problem.error;
  if (problem instanceof RangeError)
    return { message: 'the expression or the document is nested too deeply', limit: true };
  throw problem;
}

/** Whether an error only ends the evaluation: no panic, no limit of this tool. */
export function isOrdinary(problem: unknown): boolean {
  return problem instanceof ExpressionProblem && problem.error.panic === undefined && problem.error.limit === undefined;
}
