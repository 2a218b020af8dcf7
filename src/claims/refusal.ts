/** What ends a login on the way, and how it is explained. */
import { ExpressionLimit, ExpressionPanic } from './attribute-path.js';
import { EmailsFailure } from './gates.js';
import { OrgPathFailure } from './person.js';
import { TokenPanic } from './sources.js';
import type { Denial } from './trace.js';
import { kindOf } from './tracer.js';

/** Thrown where the product turns the person away (`denied`) or breaks down (`error`). */
export class Refusal {
  constructor(
    readonly outcome: 'denied' | 'error',
    readonly denial: Denial,
    /** It depends on something nobody said about the server. */
    readonly undetermined = false,
  ) {}
}

/** Throws a Refusal. `rule`: the option that refuses. */
export function refuse(rule: string, message: string, productMessage: string, undetermined = false): never {
  throw new Refusal('denied', { rule, message, productMessage }, undetermined);
}

/** What was thrown on the way, as a refusal; anything unknown is thrown again. `attribute`: key of the ID token. */
export function explain(problem: unknown, attribute: string): Refusal {
  if (problem instanceof Refusal) return problem;
  if (problem instanceof EmailsFailure)
    return new Refusal('error', {
      rule: 'emails',
      message: 'no source has an e-mail address, and the request for one failed',
      productMessage: problem.message,
    });
  if (problem instanceof OrgPathFailure) {
    const { error } = problem.result;
    return new Refusal('error', {
      rule: 'org_attribute_path',
      message: `org_attribute_path cannot be evaluated, which ends the login: ${error.message}`,
      productMessage: error.productMessage ?? null,
    });
  }
  if (problem instanceof TokenPanic)
    return new Refusal('error', {
      rule: 'id_token_attribute_name',
      message: `"${attribute}" of the token answer is ${kindOf(problem.found)}, no text: this version breaks down on it (HTTP 500)`,
      productMessage: `interface conversion: interface {} is ${goType(problem.found)}, not string`,
    });
  if (problem instanceof ExpressionPanic)
    return new Refusal('error', {
      rule: 'expression',
      message: `${problem.option} makes Grafana's expression library break down (HTTP 500): ${problem.error.message}`,
      productMessage: problem.error.productMessage ?? null,
    });
  if (problem instanceof ExpressionLimit)
    return new Refusal(
      'error',
      {
        rule: 'expression',
        message: `${problem.option} costs more than this tool spends on it (${problem.error.message}); what Grafana makes of it is not known`,
        productMessage: null,
      },
      true,
    );
  throw problem;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return 'float64';
  return typeof value === 'boolean' ? 'bool' : 'map[string]interface {}';
}
