/**
 * The functions both dialects have.
 */
import { setOwn } from '../text/go-json.js';
import type { Dialect } from './dialect.js';
import { type ArgumentType, type Call, type FunctionDefinition, typed } from './function-types.js';
import { COMMUNITY_FUNCTIONS } from './functions-community.js';
import { parseGoFloat } from './numbers.js';
import { fail, isOrdinary, panic } from './problem.js';
import {
  compareText,
  isObject,
  isReference,
  type JsonObject,
  jsonText,
  kindName,
  type Reference,
  typeOf,
} from './values.js';

const ANY: readonly ArgumentType[] = ['any'];
const NUMBER: readonly ArgumentType[] = ['number'];
const STRING: readonly ArgumentType[] = ['string'];
const ARRAY: readonly ArgumentType[] = ['array'];
const OBJECT: readonly ArgumentType[] = ['object'];
const EXPREF: readonly ArgumentType[] = ['expref'];
const NUMBERS: readonly ArgumentType[] = ['array[number]'];
const COMPARABLE: readonly ArgumentType[] = ['array[number]', 'array[string]'];

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

/** In a text: as a part of it. In a list: as an element, by Go's `==`, which panics where both are lists or both objects. */
export function contains(where: unknown[] | string, what: unknown, call: Call): boolean {
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
