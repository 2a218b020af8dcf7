/**
 * What calls can give: the part of the static reading that knows the functions.
 */
import type { CallNode, ExpressionNode } from './ast.js';
import type { Dialect } from './dialect.js';
import { functionNamed } from './functions.js';
import {
  asList,
  canBe,
  errorAt,
  fitsSurely,
  isError,
  mayFit,
  mustBe,
  nullAt,
  type Possible,
  type PossibleSet,
  presentParts,
  type Scope,
  union,
  valuesOf,
} from './possible.js';
import type { ValueType } from './values.js';

/** What follows the arguments. */
export interface CallContext {
  readonly dialect: Dialect;
  of(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet;
}

/** What a call can give, and how it can fail. */
export function interpretCall(
  node: CallNode,
  input: PossibleSet,
  scope: Scope | undefined,
  context: CallContext,
): PossibleSet {
  const sets = node.children.map((argument) => context.of(argument, input, scope));
  const errors = sets.flatMap((set) => set.filter(isError));
  const args = sets.map((set) => set.filter((possible) => !isError(possible)));
  if (args.some((set) => set.length === 0)) return union(errors);
  const name = node.callee;
  const definition = name === undefined ? undefined : functionNamed(name);
  if (definition === undefined || (definition.only !== undefined && definition.only !== context.dialect.name))
    return union(errors, [errorAt(node, `there is no function ${name ?? ''}()`, true, name === undefined)]);
  const { parameters } = definition;
  const least = definition.required ?? parameters.length;
  if (args.length < least || (args.length > parameters.length && !definition.variadic))
    return union(errors, [errorAt(node, `${name}() is called with ${args.length} arguments`, true)]);
  let failing: 'always' | 'sometimes' | undefined;
  args.forEach((set, n) => {
    const types = parameters[Math.min(n, parameters.length - 1)]!;
    if (!set.some((possible) => types.some((type) => mayFit(possible, type)))) failing = 'always';
    else if (!set.every((possible) => types.some((type) => fitsSurely(possible, type)))) failing ??= 'sometimes';
  });
  if (failing === undefined && failsOnContent(name!, args)) failing = 'sometimes';
  const unchecked = definition.variadic === true && context.dialect.uncheckedVariadics;
  if (failing === 'always')
    return union(errors, [errorAt(node, `${name}() never gets what it needs`, true, unchecked)]);
  const fails: Possible[] = [];
  const panicking = panics(name!, args) || (unchecked && failing === 'sometimes');
  if (panicking)
    fails.push(errorAt(node, `${name}() ends the login (HTTP 500) where it gets what it cannot handle`, false, true));
  if (failing === 'sometimes' && !unchecked)
    fails.push(errorAt(node, `${name}() fails where a claim is missing or of another type`, false));
  return union(errors, fails, resultOf(name!, node, args, context));
}

function resultOf(name: string, node: CallNode, args: readonly PossibleSet[], context: CallContext): PossibleSet {
  const { span } = node;
  const nothing = nullAt(node);
  const elements = (set: PossibleSet) =>
    union(set.flatMap((on) => asList(on, span, false)).flatMap((list) => (list.kind === 'array' ? list.elements : [])));
  const list = (of: PossibleSet): PossibleSet => [{ kind: 'array', elements: of, truthy: false, span }];
  const applied = (reference: PossibleSet, on: PossibleSet) =>
    union(
      ...reference.map((possible) =>
        possible.kind === 'reference' ? context.of(possible.node, on, possible.scope) : [],
      ),
    );
  // The key of each element may be missing or of another type.
  const keyErrors = () => {
    applied(args[1]!, elements(args[0]!));
    return [errorAt(node, `${name}() fails where its expression gives no key`, false)];
  };
  switch (RESULT_KINDS[name]) {
    case 'string':
      return [{ kind: 'string', span }];
    case 'boolean':
      return [{ kind: 'boolean', span }];
    case 'number':
      return [{ kind: 'number', span }];
    case 'number or null':
      return [{ kind: 'number', span }, nothing];
    case 'object':
      return [{ kind: 'object', members: undefined, span }];
    case 'strings':
      return list([{ kind: 'string', span }]);
  }
  switch (name) {
    case 'not_null': {
      const given: Possible[] = [];
      for (const set of args) {
        given.push(...set.flatMap((possible) => presentParts(possible)));
        if (!set.some((possible) => canBe(possible, 'null'))) return union(given);
      }
      return union(given, [nothing]);
    }
    case 'to_array':
      return union(
        args[0]!.flatMap((on) => {
          const as: Possible[] = canBe(on, 'array')
            ? [...asList(on, span, false)].filter(({ kind }) => kind === 'array')
            : [];
          return mustBe(on, 'array') ? as : [...as, { kind: 'array', elements: [on], truthy: true, span }];
        }),
      );
    case 'sort':
      return list(elements(args[0]!));
    case 'sort_by':
      return union(list(elements(args[0]!)), keyErrors());
    case 'reverse':
      return union(
        list(elements(args[0]!)),
        args[0]!.some((on) => canBe(on, 'string')) ? [{ kind: 'string', span }] : [],
      );
    case 'map': {
      const taken = applied(args[0]!, elements(args[1]!));
      return union(list(taken.filter((possible) => !isError(possible))), taken.filter(isError));
    }
    case 'max':
    case 'min':
    case 'max_by':
    case 'min_by': {
      return union(elements(args[0]!), [nothing], args.length > 1 ? keyErrors() : []);
    }
    case 'values':
      return list(union(args[0]!.flatMap((on) => valuesOf(on, span))));
    case 'group_by':
      return union([{ kind: 'object', members: undefined, span }, nothing], keyErrors());
    case 'items':
      return list([
        {
          kind: 'array',
          elements: [{ kind: 'string', span }, ...args[0]!.flatMap((on) => valuesOf(on, span))],
          truthy: true,
          span,
        },
      ]);
    case 'zip':
      return list([{ kind: 'array', elements: union(...args.map(elements)), truthy: true, span }]);
    default:
      return [{ kind: 'claim', path: undefined, truthy: false, present: false, span }];
  }
}
const RESULT_KINDS: Readonly<
  Record<string, 'string' | 'boolean' | 'number' | 'number or null' | 'object' | 'strings'>
> = {
  abs: 'number',
  avg: 'number or null',
  ceil: 'number',
  contains: 'boolean',
  ends_with: 'boolean',
  find_first: 'number or null',
  find_last: 'number or null',
  floor: 'number',
  from_items: 'object',
  join: 'string',
  keys: 'strings',
  length: 'number',
  lower: 'string',
  merge: 'object',
  pad_left: 'string',
  pad_right: 'string',
  replace: 'string',
  split: 'strings',
  starts_with: 'boolean',
  sum: 'number',
  to_number: 'number or null',
  to_string: 'string',
  trim: 'string',
  trim_left: 'string',
  trim_right: 'string',
  type: 'string',
  upper: 'string',
};

const some = (set: PossibleSet, types: readonly ValueType[]) =>
  set.some((possible) => types.some((type) => canBe(possible, type)));

/** Arguments of the right types can still be refused: not everything has a JSON text, counts are integers. */
function failsOnContent(name: string, args: readonly PossibleSet[]): boolean {
  const [first = []] = args;
  switch (name) {
    case 'from_items':
      return true;
    case 'find_first':
    case 'find_last':
    case 'split':
      return args.length > 2;
    case 'pad_left':
    case 'pad_right':
      return true;
    case 'replace':
      return args.length > 3;
    case 'to_string':
      // Numbers that are computed may be infinite; those of a document are not.
      return first.some(
        ({ kind }) => kind === 'reference' || kind === 'number' || kind === 'array' || kind === 'object',
      );
    case 'type':
    case 'to_number':
      return some(first, ['expref']);
    default:
      return false;
  }
}

/** Lists and objects cannot be compared, and places in a text must lie inside it. */
function panics(name: string, args: readonly PossibleSet[]): boolean {
  const [first = [], second = []] = args;
  if (name === 'contains') return some(first, ['array']) && some(second, ['array', 'object', 'expref']);
  return (name === 'find_first' || name === 'find_last') && args.length > 2;
}
