/**
 * Sets of results an expression can give, whatever the document. A document's member can be anything; literals, functions and
 * operators narrow it down.
 */
import type { Span } from '../text/source.js';
import type { ExpressionNode } from './ast.js';
import type { ArgumentType } from './function-types.js';
import { isTrue, typeOf, type ValueType } from './values.js';

/** One kind of result, and the place in the expression it comes from. */
export type Possible =
  /** Known: a literal, or what follows from literals alone. */
  | { readonly kind: 'constant'; readonly value: unknown; readonly span: Span }
  /** A value of the document: `path` names the members, `[]` stands for elements. Undefined where it is not one path. */
  | {
      readonly kind: 'claim';
      readonly path: readonly string[] | undefined;
      /** It was found to be true by then: not null, not empty. */
      readonly truthy: boolean;
      /** It was found not to be null. */
      readonly present: boolean;
      readonly span: Span;
    }
  /** Null or another false value, because a member is missing or empty. */
  | { readonly kind: 'nothing'; readonly span: Span }
  /** A text that is computed. */
  | { readonly kind: 'string'; readonly span: Span }
  | { readonly kind: 'number'; readonly span: Span }
  | { readonly kind: 'boolean'; readonly span: Span }
  | { readonly kind: 'array'; readonly elements: readonly Possible[]; readonly truthy: boolean; readonly span: Span }
  | {
      readonly kind: 'object';
      readonly members: ReadonlyMap<string, readonly Possible[]> | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: 'reference';
      readonly node: ExpressionNode;
      readonly scope: Scope | undefined;
      readonly span: Span;
    }
  /** `always`: whatever the document is. `panic`: the library panics, which nothing turns into null. */
  | {
      readonly kind: 'error';
      readonly always: boolean;
      readonly panic: boolean;
      readonly message: string;
      readonly span: Span;
    };

export type PossibleSet = readonly Possible[];

/** Variables of `let` in sight. */
export interface Scope {
  readonly name: string;
  readonly values: PossibleSet;
  readonly outer: Scope | undefined;
}

/** Whether a value is true to `||`, `&&` and `!`. */
export function truthOf(possible: Possible): 'true' | 'false' | 'either' | undefined {
  switch (possible.kind) {
    case 'constant':
      return isTrue(possible.value) ? 'true' : 'false';
    case 'claim':
      return possible.truthy ? 'true' : 'either';
    case 'nothing':
      return 'false';
    case 'string':
    case 'boolean':
      return 'either';
    case 'number':
    case 'reference':
      return 'true';
    case 'array':
      return possible.truthy ? 'true' : 'either';
    case 'object':
      return possible.members !== undefined && possible.members.size > 0 ? 'true' : 'either';
    case 'error':
      return undefined;
  }
}

/** Whether it can be of a type. */
export function canBe(possible: Possible, type: ValueType): boolean {
  switch (possible.kind) {
    case 'constant':
      return typeOf(possible.value) === type;
    case 'claim':
      return type !== 'expref' && !(type === 'null' && (possible.present || possible.truthy));
    case 'nothing':
      return type !== 'expref' && type !== 'number';
    case 'reference':
      return type === 'expref';
    case 'error':
      return false;
    default:
      return possible.kind === type;
  }
}

/** Whether it is of a type whatever the document is. */
export function mustBe(possible: Possible, type: ValueType): boolean {
  if (possible.kind === 'constant') return typeOf(possible.value) === type;
  if (possible.kind === 'reference') return type === 'expref';
  return possible.kind === type;
}

function identity(possible: Possible): string {
  const { span, ...rest } = possible;
  const shown = (key: string, value: unknown) =>
    key === 'node' || key === 'scope' || value instanceof Map
      ? undefined
      : typeof value === 'bigint'
        ? String(value)
        : value;
  return `${span.start}-${span.end}${JSON.stringify(rest, shown)}`;
}

/** Sets stay small: beyond this, what they hold is forgotten. */
const MAX_SET = 100;

export function union(...sets: readonly PossibleSet[]): PossibleSet {
  const all = new Map<string, Possible>();
  for (const set of sets) for (const possible of set) all.set(identity(possible), possible);
  const result = [...all.values()];
  if (result.length <= MAX_SET) return result;
  const [first] = result as [Possible];
  const errors = result.filter(({ kind }) => kind === 'error').slice(0, 1);
  return [{ kind: 'claim', path: undefined, truthy: false, present: false, span: first.span }, ...errors];
}

function plainType(type: ArgumentType): ValueType | undefined {
  if (type === 'any') return undefined;
  return type.startsWith('array') ? 'array' : (type as ValueType);
}

/** Whether an argument can be of a type. */
export function mayFit(possible: Possible, type: ArgumentType): boolean {
  const plain = plainType(type);
  if (plain === undefined) return true;
  if (possible.kind === 'constant' && type === 'array[string]' && Array.isArray(possible.value))
    return possible.value.every((element) => typeof element === 'string');
  return canBe(possible, plain);
}

/** Whether an argument is of a type whatever the document is. */
export function fitsSurely(possible: Possible, type: ArgumentType): boolean {
  const plain = plainType(type);
  if (plain === undefined) return true;
  if (!mustBe(possible, plain)) return false;
  const inner = /\[(.+)\]/.exec(type)?.[1] as ValueType | undefined;
  if (inner === undefined) return true;
  if (possible.kind === 'array') return possible.elements.every((element) => mustBe(element, inner));
  return (
    possible.kind === 'constant' &&
    Array.isArray(possible.value) &&
    possible.value.every((element) => typeOf(element) === inner)
  );
}

/** Longer paths are given up: nobody writes them. */
const MAX_PATH = 64;

function longer(path: readonly string[] | undefined, name: string): readonly string[] | undefined {
  return path === undefined || path.length >= MAX_PATH ? undefined : [...path, name];
}

/** What `.name` gives on it. */
export function memberOf(on: Possible, name: string, span: Span): PossibleSet {
  const nothing: Possible = { kind: 'constant', value: null, span };
  switch (on.kind) {
    case 'claim': {
      const path = longer(on.path, name);
      return [
        {
          kind: 'claim',
          path,
          truthy: false,
          present: false,
          span: { start: on.path?.length ? on.span.start : span.start, end: span.end },
        },
      ];
    }
    case 'constant': {
      const { value } = on;
      if (typeOf(value) !== 'object' || !Object.hasOwn(value as object, name)) return [nothing];
      return [{ kind: 'constant', value: (value as Record<string, unknown>)[name] ?? null, span }];
    }
    case 'object':
      if (on.members === undefined) return [{ kind: 'claim', path: undefined, truthy: false, present: false, span }];
      return on.members.get(name) ?? [nothing];
    case 'error':
      return [on];
    default:
      return [nothing];
  }
}

/** What an index gives on it. */
export function elementOf(on: Possible, span: Span): PossibleSet {
  const nothing: Possible = { kind: 'constant', value: null, span };
  switch (on.kind) {
    case 'claim': {
      const path = longer(on.path, '[]');
      return [{ kind: 'claim', path, truthy: false, present: false, span: on.path?.length ? on.span : span }, nothing];
    }
    case 'constant':
      return Array.isArray(on.value)
        ? [...on.value.map((value): Possible => ({ kind: 'constant', value, span: on.span })), nothing]
        : [nothing];
    case 'array':
      return [...on.elements, nothing];
    case 'error':
      return [on];
    default:
      return [nothing];
  }
}

/** What flattening makes of an element. */
export function flattened(element: Possible): PossibleSet {
  if (element.kind === 'array') return element.elements;
  if (element.kind === 'constant' && Array.isArray(element.value))
    return element.value.map((value): Possible => ({ kind: 'constant', value, span: element.span }));
  return [element];
}

/** What `.*` goes over. */
export function valuesOf(on: Possible, span: Span): PossibleSet {
  if (on.kind === 'object' && on.members !== undefined) return union(...on.members.values());
  if (on.kind === 'constant' && typeOf(on.value) === 'object')
    return Object.values(on.value as object).map((value): Possible => ({ kind: 'constant', value, span: on.span }));
  if (on.kind !== 'claim') return [{ kind: 'claim', path: undefined, truthy: false, present: false, span }];
  return [
    {
      kind: 'claim',
      path: longer(on.path, '[]'),
      truthy: false,
      present: false,
      span: on.span,
    },
  ];
}

/** What is left of it where it is true. */
export function trueParts(possible: Possible): PossibleSet {
  const truth = truthOf(possible);
  if (truth === 'true') return [possible];
  if (truth !== 'either') return [];
  if (possible.kind === 'claim') return [{ ...possible, truthy: true, present: true }];
  if (possible.kind === 'boolean') return [{ kind: 'constant', value: true, span: possible.span }];
  if (possible.kind === 'array') return [{ ...possible, truthy: true }];
  return [possible];
}

/** What is left of it where it is false. */
export function falseParts(possible: Possible): PossibleSet {
  const truth = truthOf(possible);
  if (truth === 'false') return [possible];
  if (truth !== 'either') return [];
  const constant = (value: unknown): PossibleSet => [{ kind: 'constant', value, span: possible.span }];
  if (possible.kind === 'boolean') return constant(false);
  if (possible.kind === 'string') return constant('');
  if (possible.kind === 'array') return constant([]);
  if (possible.kind === 'object') return constant({});
  return [{ kind: 'nothing', span: possible.span }];
}

/** What is left of it where it is not null. */
export function presentParts(possible: Possible): PossibleSet {
  if (possible.kind === 'claim') return [{ ...possible, present: true }];
  return mustBe(possible, 'null') ? [] : [possible];
}

/** What `!` makes of it. */
export function negated(possible: Possible, span: Span): Possible {
  const truth = truthOf(possible);
  if (truth === undefined) return possible;
  return truth === 'either' ? { kind: 'boolean', span } : { kind: 'constant', value: truth === 'false', span };
}

/** As a list; null where it may be none. `texts`: a text stays one. */
export function asList(on: Possible, span: Span, texts: boolean): PossibleSet {
  const nothing: Possible = { kind: 'constant', value: null, span };
  if (isError(on)) return [on];
  if (on.kind === 'array') return [{ ...on, truthy: false, span }];
  if (on.kind === 'constant' && Array.isArray(on.value))
    return [
      {
        kind: 'array',
        elements: on.value.map((value) => ({ kind: 'constant', value, span: on.span })),
        truthy: false,
        span,
      },
    ];
  const text: Possible[] = texts && canBe(on, 'string') ? [{ kind: 'string', span }] : [];
  if (!canBe(on, 'array')) return [...text, nothing];
  return [
    {
      kind: 'array',
      elements: elementOf(on, span).filter((possible) => !mustBe(possible, 'null')),
      truthy: false,
      span,
    },
    ...text,
    nothing,
  ];
}

export const isError = ({ kind }: Possible): boolean => kind === 'error';

export function errorAt(node: ExpressionNode, message: string, always: boolean, panic = false): Possible {
  return { kind: 'error', always, panic, message, span: node.span };
}

export function nullAt(node: ExpressionNode): Possible {
  return { kind: 'constant', value: null, span: node.span };
}
