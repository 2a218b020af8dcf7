/**
 * What lives during one evaluation, and how much it may cost. Grafana has no such limits; an expression that reaches one
 * would keep Grafana busy or exhaust its memory.
 */
import { limit } from './problem.js';

/** Elements and characters an evaluation may produce in all. */
export const MAX_WORK = 10_000_000;

/** Characters a text may have. */
export const MAX_TEXT = 16_777_216;

export interface Scope {
  readonly name: string;
  readonly value: unknown;
  readonly outer: Scope | undefined;
}

/** The document (`$`), the variables in sight (`let`) and what was spent so far. */
export class Evaluation {
  readonly #budget: { left: number };

  constructor(
    readonly root: unknown,
    readonly scope?: Scope,
    budget?: { left: number },
  ) {
    this.#budget = budget ?? { left: MAX_WORK };
  }

  /** The same evaluation with one more variable in sight. */
  with(scope: Scope): Evaluation {
    return new Evaluation(this.root, scope, this.#budget);
  }

  /** Counts what a step produces. */
  spend(amount: number, offset: number): void {
    this.#budget.left -= amount;
    if (this.#budget.left < 0) limit(offset, 'the expression produces more data than this tool holds in memory');
  }

  /** Counts a text that is about to be made. */
  spendText(length: number, offset: number): void {
    if (length > MAX_TEXT) limit(offset, `the result would be longer than ${MAX_TEXT} characters`);
    this.spend(length, offset);
  }
}
