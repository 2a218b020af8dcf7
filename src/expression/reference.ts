/**
 * What the reference implementation answers: the npm package `jmespath`, which jmespath.org runs in the browser. Expressions
 * are usually tried there first, and some then do something else in Grafana.
 */
import { type EvaluationResult, explain } from './problem.js';
import { equal } from './values.js';

export interface ReferenceComparison {
  readonly reference: EvaluationResult;
  /** Grafana answers something else; two errors count as the same answer. */
  readonly differs: boolean;
}

/** Evaluates with the reference implementation (loaded on first use) and compares with what Grafana's library gave. */
export async function compareWithReference(
  expression: string,
  document: unknown,
  grafana: EvaluationResult,
): Promise<ReferenceComparison> {
  const reference = await referenceResult(expression, document);
  const differs =
    reference.error === undefined || grafana.error === undefined
      ? reference.error !== undefined ||
        grafana.error !== undefined ||
        !equal(reference.value, grafana.value, () => false)
      : false;
  return { reference, differs };
}

async function referenceResult(expression: string, document: unknown): Promise<EvaluationResult> {
  const { default: jmespath } = await import('jmespath');
  try {
    return { value: jmespath.search(document, expression) ?? null };
  } catch (problem) {
    if (problem instanceof RangeError) return { error: explain(problem) };
    return { error: { message: problem instanceof Error ? problem.message : String(problem) } };
  }
}
