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
