/**
 * Calls, and the functions both dialects have. Names, numbers of arguments and types are looked at when a call runs, after
 * its arguments were evaluated, as the libraries do it.
 */
import { setOwn } from '../text/go-json.js';
import type { CallNode } from './ast.js';
import type { Dialect } from './dialect.js';
import type { Evaluation } from './evaluation.js';
import type { Compiler, Evaluator } from './evaluator.js';
import { COMMUNITY_FUNCTIONS } from './functions-community.js';
import { parseGoFloat } from './numbers.js';
import { ExpressionProblem, fail, isOrdinary, panic } from './problem.js';
import { compareText, isObject, isReference, type JsonObject, jsonText, type Reference, typeOf } from './values.js';

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

const ANY: readonly ArgumentType[] = ['any'];
const NUMBER: readonly ArgumentType[] = ['number'];
const STRING: readonly ArgumentType[] = ['string'];
const ARRAY: readonly ArgumentType[] = ['array'];
const OBJECT: readonly ArgumentType[] = ['object'];
const EXPREF: readonly ArgumentType[] = ['expref'];
const NUMBERS: readonly ArgumentType[] = ['array[number]'];
const COMPARABLE: readonly ArgumentType[] = ['array[number]', 'array[string]'];

/** In these tables a `run` names the types its parameters were checked for. */
type Typed<Args extends readonly unknown[]> = (args: Args, call: Call) => unknown;
const typed = <Args extends readonly unknown[]>(run: Typed<Args>) => run as unknown as FunctionDefinition['run'];

const SHARED_FUNCTIONS: Readonly<Record<string, FunctionDefinition>> = {
  abs: { parameters: [NUMBER], run: typed<[number]>(([x]) => Math.abs(x)) },
  avg: {
    parameters: [NUMBERS],
    run: typed<[number[]]>(([list], { dialect }) => {
      if (list.length === 0) return dialect.averageOfNothingIsNaN ? Number.NaN : null;
      return total(list) / list.length;
    }),
  },
  ceil: { parameters: [NUMBER], run: typed<[number]>(([x]) => Math.ceil(x)) },
  contains: {
    parameters: [['array', 'string'], ANY],
    run: typed<[unknown[] | string, unknown]>(([where, what], call) => contains(where, what, call)),
  },
  ends_with: { parameters: [STRING, STRING], run: typed<[string, string]>(([text, end]) => text.endsWith(end)) },
  floor: { parameters: [NUMBER], run: typed<[number]>(([x]) => Math.floor(x)) },
  join: { parameters: [STRING, ['array[string]']], run: typed<[string, string[]]>(join) },
  keys: { parameters: [OBJECT], randomOrder: true, run: typed<[JsonObject]>(([object]) => Object.keys(object)) },
  length: {
    parameters: [['string', 'array', 'object']],
    run: typed<[string | unknown[] | JsonObject]>(([value]) => size(value)),
  },
  map: {
    parameters: [EXPREF, ARRAY],
    run: typed<[Reference, unknown[]]>(([reference, list], { evaluation, at }) => {
      evaluation.spend(list.length, at);
      return list.map((element) => reference(element));
    }),
  },
  max: { parameters: [COMPARABLE], run: typed<[(number | string)[]]>(([list]) => extreme(list, 1)) },
  max_by: { parameters: [ARRAY, EXPREF], run: typed<[unknown[], Reference]>((args, call) => extremeBy(args, call, 1)) },
  merge: { parameters: [OBJECT], variadic: true, run: typed<unknown[]>(merge) },
  min: { parameters: [COMPARABLE], run: typed<[(number | string)[]]>(([list]) => extreme(list, -1)) },
  min_by: {
    parameters: [ARRAY, EXPREF],
    run: typed<[unknown[], Reference]>((args, call) => extremeBy(args, call, -1)),
  },
  not_null: {
    parameters: [ANY],
    variadic: true,
    run: typed<unknown[]>((args) => args.find((arg) => arg !== null) ?? null),
  },
  reverse: { parameters: [['array', 'string']], run: typed<[unknown[] | string]>(reverse) },
  sort: { parameters: [['array[string]', 'array[number]']], run: typed<[(string | number)[]]>(sort) },
  sort_by: { parameters: [ARRAY, EXPREF], run: typed<[unknown[], Reference]>(sortBy) },
  starts_with: {
    parameters: [STRING, STRING],
    run: typed<[string, string]>(([text, start]) => text.startsWith(start)),
  },
  sum: { parameters: [NUMBERS], run: typed<[number[]]>(([list]) => total(list)) },
  to_array: { parameters: [ANY], run: typed<[unknown]>(([value]) => (Array.isArray(value) ? value : [value])) },
  to_number: { parameters: [ANY], run: typed<[unknown]>(toNumber) },
  to_string: { parameters: [ANY], run: typed<[unknown]>(toText) },
  type: {
    parameters: [ANY],
    run: typed<[unknown]>(([value], { at }) => {
      const type = typeOf(value);
      return type === 'expref' ? fail(at, 'type() has no name for an expression reference', 'unknown type') : type;
    }),
  },
  values: { parameters: [OBJECT], randomOrder: true, run: typed<[JsonObject]>(([object]) => Object.values(object)) },
};

const FUNCTIONS: Readonly<Record<string, FunctionDefinition>> = { ...SHARED_FUNCTIONS, ...COMMUNITY_FUNCTIONS };

/** Every function of a dialect, by name. */
export function functionsOf(dialect: Dialect): ReadonlyMap<string, FunctionDefinition> {
  return new Map(Object.entries(FUNCTIONS).filter(([, { only }]) => only === undefined || only === dialect.name));
}

/** A function whatever the dialect; undefined where neither has it. */
export function functionNamed(name: string): FunctionDefinition | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

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
  const check = checker('contains', FUNCTIONS.contains!, dialect, at);
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

/** What a value is called where it does not fit. */
function kindName(value: unknown): string {
  const type = typeOf(value);
  switch (type) {
    case 'null':
      return 'null';
    case 'array':
      return (value as unknown[]).length === 0 ? 'an empty array' : `an array of ${(value as unknown[]).length}`;
    case 'object':
    case 'expref':
      return `an ${type === 'object' ? 'object' : 'expression reference'}`;
    default:
      return `a ${type}`;
  }
}

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

/** In a text: as a part of it. In a list: as an element, by Go's `==`, which panics where both are lists or both objects. */
function contains(where: unknown[] | string, what: unknown, call: Call): boolean {
  if (typeof where === 'string') return typeof what === 'string' && where.includes(what);
  const type = typeOf(what);
  if (type !== 'array' && type !== 'object' && type !== 'expref')
    return where.some((element) => (element ?? null) === what);
  for (const element of where) {
    if (typeOf(element) !== type) continue;
    const goType = { array: '[]interface {}', object: 'map[string]interface {}', expref: 'jmespath.expRef' }[type];
    panic(
      call.at,
      `contains() compares ${type === 'object' ? 'two objects' : type === 'array' ? 'two arrays' : 'two expression references'}`,
      `runtime error: comparing uncomparable type ${goType}`,
    );
  }
  return false;
}

function size(value: string | unknown[] | JsonObject): number {
  if (typeof value === 'string') {
    let count = 0;
    for (const _ of value) count++;
    return count;
  }
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function total(list: readonly number[]): number {
  let result = 0;
  for (const number of list) result += number;
  return result;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function extreme(list: readonly (number | string)[], sign: 1 | -1): number | string | null {
  let best = list[0] ?? null;
  for (const item of list) if (compare(item, best) * sign > 0) best = item;
  return best;
}

const NOT_SORTABLE = 'invalid type, must be number of string';

/** A list of one element is not looked at. */
function extremeBy([list, reference]: [unknown[], Reference], call: Call, sign: 1 | -1): unknown {
  if (list.length < 2) return list[0] ?? null;
  let best = list[0];
  let bestKey = reference(best);
  const type = typeof bestKey;
  if (type !== 'number' && type !== 'string')
    return fail(
      call.at,
      `${call.name}() needs a number or a string from its expression, not ${kindName(bestKey)}`,
      NOT_SORTABLE,
    );
  for (const item of list.slice(1)) {
    const key = reference(item);
    if (typeof key !== type)
      fail(
        call.at,
        `${call.name}() needs a ${type} from its expression for every element, not ${kindName(key)}`,
        `invalid type, must be ${type}`,
      );
    if (compare(key, bestKey) * sign > 0) {
      best = item;
      bestKey = key;
    }
  }
  return best;
}

/** Sorts the list it is given, in place: what reads the same list later in the expression sees it sorted. */
function sortBy([list, reference]: [unknown[], Reference], call: Call): unknown {
  if (list.length < 2) return list;
  call.evaluation.spend(list.length, call.at);
  const first = reference(list[0]);
  const type = typeof first;
  if (type !== 'number' && type !== 'string')
    return fail(
      call.at,
      `sort_by() needs a number or a string from its expression, not ${kindName(first)}`,
      NOT_SORTABLE,
    );
  const entries = list.map((item) => ({ item, key: keyOrUndefined(reference, item) }));
  if (entries.some(({ key }) => typeof key !== type))
    fail(call.at, `sort_by() needs a ${type} from its expression for every element`, 'error in sort_by comparison');
  entries.sort((a, b) => compare(a.key, b.key));
  entries.forEach(({ item }, n) => {
    list[n] = item;
  });
  return list;
}

function keyOrUndefined(reference: Reference, item: unknown): unknown {
  try {
    return reference(item);
  } catch (problem) {
    if (isOrdinary(problem)) return undefined;
    throw problem;
  }
}

function sort([list]: [(string | number)[]], { evaluation, at }: Call): unknown[] {
  evaluation.spend(list.length, at);
  // NaN comes first.
  return [...list].sort((a, b) => Number(Number.isNaN(b)) - Number(Number.isNaN(a)) || compare(a, b));
}

function reverse([value]: [unknown[] | string], { evaluation, at }: Call): unknown {
  evaluation.spend(value.length, at);
  return typeof value === 'string' ? Array.from(value).reverse().join('') : [...value].reverse();
}

function join([glue, list]: [string, string[]], { evaluation, at }: Call): string {
  evaluation.spendText(
    list.reduce((length, text) => length + text.length + glue.length, 0),
    at,
  );
  return list.join(glue);
}

function merge(objects: readonly unknown[], { at }: Call): unknown {
  const result = {};
  for (const object of objects) {
    if (!isObject(object)) {
      const goType: Record<string, string> = {
        null: 'nil',
        string: 'string',
        number: 'float64',
        boolean: 'bool',
        array: '[]interface {}',
        expref: 'jmespath.expRef',
      };
      panic(
        at,
        `merge() needs objects, not ${kindName(object)}`,
        `interface conversion: interface {} is ${goType[typeOf(object)]}, not map[string]interface {}`,
      );
    }
    for (const [key, value] of Object.entries(object as JsonObject)) setOwn(result, key, value);
  }
  return result;
}

function toNumber([value]: [unknown], { at }: Call): unknown {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return parseGoFloat(value) ?? null;
  return isReference(value) ? fail(at, 'to_number() cannot read an expression reference', 'unknown type') : null;
}

function toText([value]: [unknown], { evaluation, at, dialect }: Call): string {
  if (typeof value === 'string') return value;
  return jsonText(value, {
    reference: dialect.referenceIsObject ? '{}' : undefined,
    spend: (length) => evaluation.spendText(length, at),
    refuse: (what) => fail(at, 'to_string() cannot write this value as JSON', `json: ${what}`),
  });
}
