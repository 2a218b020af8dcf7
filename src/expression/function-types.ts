/**
 * What a function of JMESPath is here.
 */
import type { Dialect } from './dialect.js';
import type { Evaluation } from './evaluation.js';

export type ArgumentType =
  | 'any'
  | 'number'
  | 'string'
  | 'array'
  | 'object'
  | 'array[number]'
  | 'array[string]'
  | 'array[array]'
  | 'expref';

/** What a function knows of its call. */
export interface Call {
  readonly name: string;
  /** Where the call begins in the expression. */
  readonly at: number;
  readonly dialect: Dialect;
  readonly evaluation: Evaluation;
}

export interface FunctionDefinition {
  /** For each argument the types it may have; a variadic function's last one holds for all that follow. */
  readonly parameters: readonly (readonly ArgumentType[])[];
  /** How many must be given; all without it. */
  readonly required?: number;
  readonly variadic?: boolean;
  /** Set where only one dialect has it. */
  readonly only?: Dialect['name'];
  /** Its result follows the order of an object's members, which is random in Grafana. */
  readonly randomOrder?: boolean;
  /** Arguments are of the right types by then. */
  readonly run: (args: readonly never[], call: Call) => unknown;
}

/** In these tables a `run` names the types its parameters were checked for. */
type Typed<Args extends readonly unknown[]> = (args: Args, call: Call) => unknown;
export const typed = <Args extends readonly unknown[]>(run: Typed<Args>) => run as unknown as FunctionDefinition['run'];
