/**
 * Calls. Name, number and types of the arguments are looked at when a call runs, after its arguments were evaluated, as the
 * libraries do it.
 */
import type { CallNode } from './ast.js';
import type { Dialect } from './dialect.js';
import type { Compiler, Evaluator } from './evaluator.js';
import type { ArgumentType, FunctionDefinition } from './function-types.js';
import { contains, functionNamed } from './functions.js';
import { ExpressionProblem, fail, panic } from './problem.js';
import { kindName, typeOf } from './values.js';

/** The evaluator of a call. */
export function compileCall(node: CallNode, compiler: Compiler): Evaluator {
  const { dialect } = compiler;
  const at = node.span.start;
  const name = node.callee;
  const args = node.children.map((child) => compiler.compile(child));
  if (name === undefined)
    return (value, evaluation) => {
      for (const arg of args) arg(value, evaluation);
      return panic(
        at,
        'what stands before “(” is no function name',
        'interface conversion: interface {} is nil, not string',
      );
    };
  const definition = functionNamed(name);
  if (definition === undefined || (definition.only !== undefined && definition.only !== dialect.name))
    return (value, evaluation) => {
      for (const arg of args) arg(value, evaluation);
      const since = definition === undefined ? '' : ' before Grafana 11.3';
      return fail(at, `there is no function ${name}()${since}`, `unknown function: ${name}`);
    };
  if (compiler.fuse && name === 'contains' && args.length === 2) return compileContains(node, compiler);
  const check = checker(name, definition, dialect, at);
  const { run } = definition;
  return (value, evaluation) => {
    const given = args.map((arg) => arg(value, evaluation) ?? null);
    check(given);
    return run(given as never[], { name, at, dialect, evaluation });
  };
}

/** `contains(list, x)` without lists of its own; `contains(list[*], x)` does not copy the list. */
function compileContains(node: CallNode, compiler: Compiler): Evaluator {
  const { dialect } = compiler;
  const at = node.span.start;
  const check = checker('contains', functionNamed('contains')!, dialect, at);
  const [first, second] = node.children as [CallNode['children'][number], CallNode['children'][number]];
  const copied =
    first.kind === 'projection' &&
    first.children[1]!.kind === 'identity' &&
    first.children[0]!.kind !== 'flatten' &&
    first.children[0]!.kind !== 'indexExpression';
  const where = compiler.compile(copied ? first.children[0]! : first);
  const what = compiler.compile(second);
  return (value, evaluation) => {
    let searched = where(value, evaluation);
    if (copied && !Array.isArray(searched)) searched = null;
    const wanted = what(value, evaluation);
    if (Array.isArray(searched)) {
      // The copy has no nulls.
      if (typeof wanted === 'string' || typeof wanted === 'number' || typeof wanted === 'boolean')
        return searched.indexOf(wanted) !== -1;
      if (copied && (wanted ?? null) === null) return false;
    } else if (typeof searched !== 'string') check([searched ?? null, wanted ?? null]);
    return contains(searched as unknown[] | string, wanted ?? null, { name: 'contains', at, dialect, evaluation });
  };
}

function fits(value: unknown, type: ArgumentType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'array[number]':
      return Array.isArray(value) && value.every((element) => typeof element === 'number');
    case 'array[string]':
      return Array.isArray(value) && value.every((element) => typeof element === 'string');
    case 'array[array]':
      return Array.isArray(value) && value.every((element) => Array.isArray(element));
    default:
      return typeOf(value) === type;
  }
}

const TYPE_NAMES: Readonly<Record<ArgumentType, string>> = {
  any: 'a value',
  number: 'a number',
  string: 'a string',
  array: 'an array',
  object: 'an object',
  'array[number]': 'an array of numbers',
  'array[string]': 'an array of strings',
  'array[array]': 'an array of arrays',
  expref: 'an expression reference (&…)',
};

const ORDINALS = ['first', 'second', 'third', 'fourth'];

/** Throws where number or types of the arguments are wrong. */
function checker(
  name: string,
  definition: FunctionDefinition,
  dialect: Dialect,
  at: number,
): (args: readonly unknown[]) => void {
  const { parameters, variadic = false } = definition;
  const least = definition.required ?? parameters.length;
  const most = variadic ? Number.POSITIVE_INFINITY : parameters.length;
  const wanted =
    most === least ? `${least}` : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  const noun = wanted === '1' || wanted === 'at least 1' ? 'argument' : 'arguments';
  const wrongType = (n: number, count: number, value: unknown): ExpressionProblem => {
    const types = parameters[Math.min(n, parameters.length - 1)]!;
    const which = count === 1 ? 'its argument' : `its ${ORDINALS[n] ?? `${n + 1}th`} argument`;
    const message = `${name}() needs ${types.map((type) => TYPE_NAMES[type]).join(' or ')} as ${which}, not ${kindName(value)}`;
    const shown = value === null ? '<nil>' : typeof value === 'boolean' ? String(value) : undefined;
    if (shown === undefined) return new ExpressionProblem({ message, offset: at });
    const list = types.map((type) => `"${type}"`).join(', ');
    const productMessage = `${dialect.invalidType}: ${shown}, expected: ${dialect.typeList}{${list}}`;
    return new ExpressionProblem({ message, offset: at, productMessage });
  };
  // A missing claim is the everyday error of bulk runs: its problem is made once.
  const nulls: (ExpressionProblem | undefined)[] = [];
  return (args) => {
    if (args.length < least || args.length > most)
      fail(
        at,
        `${name}() takes ${wanted} ${noun}, not ${args.length}`,
        dialect.name === 'classic' ? (variadic ? 'Invalid arity.' : 'incorrect number of args') : undefined,
      );
    if (variadic && dialect.uncheckedVariadics) return;
    for (let n = 0; n < args.length; n++) {
      const value = args[n];
      if (parameters[Math.min(n, parameters.length - 1)]!.some((type) => fits(value, type))) continue;
      if (value !== null) throw wrongType(n, args.length, value);
      nulls[n] ??= wrongType(n, args.length, null);
      throw nulls[n];
    }
  };
}
