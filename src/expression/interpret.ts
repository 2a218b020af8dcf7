/**
 * Follows an expression through its tree as sets of possible results.
 */
import type { Span } from '../text/source.js';
import { type ArithmeticNode, type CallNode, type ComparisonNode, type ExpressionNode, nameHeld, walk } from './ast.js';
import { type Dialect, type DialectName, dialectOf } from './dialect.js';
import { Evaluation } from './evaluation.js';
import { type Compiler, compileNode } from './evaluator.js';
import { functionNamed } from './functions.js';
import { chain } from './parser.js';
import {
  canBe,
  elementOf,
  falseParts,
  fitsSurely,
  flattened,
  mayFit,
  memberOf,
  mustBe,
  negated,
  type Possible,
  type PossibleSet,
  presentParts,
  type Scope,
  trueParts,
  truthOf,
  union,
  valuesOf,
} from './possible.js';
import { isOrdinary } from './problem.js';
import { equal, type ValueType } from './values.js';

/** What interpretation notes of a node on its way. */
export interface Notes {
  /** What each node that can be reached gave. */
  readonly results: Map<ExpressionNode, PossibleSet>;
  /** What each node was evaluated on. */
  readonly inputs: Map<ExpressionNode, PossibleSet>;
}

export interface Interpretation extends Notes {
  readonly root: PossibleSet;
}

/** Follows an expression on any document. */
export function interpret(tree: ExpressionNode, dialect: DialectName): Interpretation {
  const interpreter = new Interpreter(dialectOf(dialect));
  const root = interpreter.of(tree, [interpreter.document], undefined);
  return { root, results: interpreter.results, inputs: interpreter.inputs };
}

/** What depends on the value it is evaluated on, or on variables. */
const OPEN: ReadonlySet<string> = new Set([
  'field',
  'current',
  'identity',
  'root',
  'variable',
  'let',
  'index',
  'slice',
  'reference',
]);
const OPEN_CLASSIC: ReadonlySet<string> = new Set([...OPEN, 'multiSelectList', 'multiSelectHash']);

const isError = ({ kind }: Possible) => kind === 'error';

class Interpreter {
  readonly results = new Map<ExpressionNode, PossibleSet>();
  readonly inputs = new Map<ExpressionNode, PossibleSet>();
  readonly document: Possible = { kind: 'claim', path: [], truthy: false, present: false, span: { start: 0, end: 0 } };
  readonly #closed = new WeakMap<ExpressionNode, boolean>();

  constructor(readonly dialect: Dialect) {}

  of(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const result = this.#isClosed(node) ? this.#constant(node) : this.#follow(node, input, scope);
    this.results.set(node, union(this.results.get(node) ?? [], result));
    this.inputs.set(node, union(this.inputs.get(node) ?? [], input));
    return result;
  }

  /** Nothing of the document is in it: it can simply be evaluated. */
  #isClosed(node: ExpressionNode): boolean {
    let closed = this.#closed.get(node);
    if (closed === undefined) {
      const open = this.dialect.multiSelectOfNullIsNull ? OPEN_CLASSIC : OPEN;
      closed = ![...walk(node)].some(({ kind }) => open.has(kind));
      this.#closed.set(node, closed);
    }
    return closed;
  }

  #constant(node: ExpressionNode): PossibleSet {
    const compiler: Compiler = { dialect: this.dialect, fuse: false, compile: (child) => compileNode(child, compiler) };
    // Parts are looked at on their own, so that rules find them.
    if (node.kind === 'or' || node.kind === 'and' || node.kind === 'pipe')
      return this.#follow(node, [this.document], undefined);
    for (const child of node.children) this.of(child, [this.document], undefined);
    try {
      const value = compiler.compile(node)(null, new Evaluation(null));
      return [{ kind: 'constant', value: value ?? null, span: node.span }];
    } catch (problem) {
      if (isOrdinary(problem)) return [this.#error(node, 'it fails whatever the document is', true)];
      return [this.#error(node, 'it breaks the login (HTTP 500) whatever the document is', true, true)];
    }
  }

  #error(node: ExpressionNode, message: string, always: boolean, panic = false): Possible {
    return { kind: 'error', always, panic, message, span: node.span };
  }

  #null(node: ExpressionNode): Possible {
    return { kind: 'constant', value: null, span: node.span };
  }

  #follow(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const { span } = node;
    const child = (n: number, on: PossibleSet = input) => this.of(node.children[n]!, on, scope);
    switch (node.kind) {
      case 'identity':
      case 'current':
        return input;
      case 'root':
        return [{ ...this.document, span }];
      case 'literal':
        return [{ kind: 'constant', value: node.value, span }];
      case 'field':
        return union(input.flatMap((on) => memberOf(on, node.name, span)));
      case 'variable': {
        for (let at = scope; at !== undefined; at = at.outer) if (at.name === node.name) return at.values;
        return [this.#error(node, `the variable ${node.name} is not defined`, true)];
      }
      case 'empty':
      case 'binding':
        return [this.#error(node, 'it fails whatever the document is', true)];
      case 'index':
        return union(input.flatMap((on) => elementOf(on, span)));
      case 'slice':
        return union(input.flatMap((on) => this.#list(on, span, this.dialect.stringSlices)));
      case 'subexpression': {
        const left = child(0);
        const errors = left.filter(isError);
        const inner = left.filter((possible) => !isError(possible));
        const nulls = inner.filter((possible) => canBe(possible, 'null'));
        if (!this.dialect.nullEndsSubexpression) return union(errors, child(1, inner));
        const values = inner.filter((possible) => !mustBe(possible, 'null'));
        return union(errors, nulls.length > 0 ? [this.#null(node)] : [], values.length > 0 ? child(1, values) : []);
      }
      case 'indexExpression':
      case 'pipe':
        return this.#pipe(node, input, scope);
      case 'or':
      case 'and':
        return this.#logic(node, input, scope);
      case 'not': {
        const operand = child(0);
        return union(operand.map((possible) => negated(possible, span)));
      }
      case 'comparison':
        return this.#comparison(node, input, scope);
      case 'arithmetic':
        return this.#arithmetic(node, input, scope);
      case 'sign': {
        const operand = child(0);
        return union(
          operand.flatMap((possible): PossibleSet => {
            if (isError(possible)) return [possible];
            const number: Possible[] = canBe(possible, 'number') ? [{ kind: 'number', span }] : [];
            return mustBe(possible, 'number') ? number : [...number, this.#null(node)];
          }),
        );
      }
      case 'multiSelectList': {
        const sets = node.children.map((_, n) => child(n));
        const elements = union(...sets.map((set) => set.filter((possible) => !isError(possible))));
        const errors = sets.flatMap((set) => set.filter(isError));
        const nulls =
          this.dialect.multiSelectOfNullIsNull && input.some((on) => canBe(on, 'null')) ? [this.#null(node)] : [];
        return union([{ kind: 'array', elements, truthy: true, span }], errors, nulls);
      }
      case 'multiSelectHash': {
        const sets = node.children.map((_, n) => child(n));
        const members = new Map(
          node.keys.map(({ name }, n) => [name, sets[n]!.filter((possible) => !isError(possible))]),
        );
        const errors = sets.flatMap((set) => set.filter(isError));
        const nulls =
          this.dialect.multiSelectOfNullIsNull && input.some((on) => canBe(on, 'null')) ? [this.#null(node)] : [];
        return union([{ kind: 'object', members, span }], errors, nulls);
      }
      case 'flatten': {
        const lists = this.#swallowed(child(0), node).flatMap((on) => this.#list(on, span, false));
        return union(
          lists.map((list) =>
            list.kind === 'array' ? { ...list, elements: union(list.elements.flatMap(flattened)) } : list,
          ),
        );
      }
      case 'projection': {
        const left = child(0);
        const sliced = node.children[0]!.kind === 'indexExpression';
        const texts = this.dialect.stringSlices && sliced ? left.filter((possible) => possible.kind === 'string') : [];
        return union(
          texts,
          this.#projected(left, node, (elements) => child(1, elements)),
        );
      }
      case 'objectProjection': {
        const nulls = this.dialect.wildcardStartsWithNulls ? [this.#null(node)] : [];
        const left = this.#swallowed(child(0), node);
        const values = left.map(
          (on): Possible => ({ kind: 'array', elements: [...nulls, ...valuesOf(on, span)], truthy: false, span }),
        );
        const objects = left.some((on) => canBe(on, 'object')) ? values : [];
        const other = left.some((on) => !mustBe(on, 'object')) ? [this.#null(node)] : [];
        return union(
          left.filter(isError),
          this.#projected(objects, node, (elements) => child(1, elements)),
          other,
        );
      }
      case 'filterProjection':
        return this.#projected(this.#swallowed(child(0), node), node, (elements) => {
          const condition = child(2, elements);
          const kept = node.children[2]!.kind === 'current' ? elements.flatMap(trueParts) : elements;
          const passes = condition.some((possible) => truthOf(possible) !== 'false');
          return union(passes ? child(1, kept) : [], condition.filter(isError));
        });
      case 'reference':
        return [{ kind: 'reference', node: node.children[0]!, scope, span }];
      case 'let':
        return this.#let(node, input, scope);
      case 'call':
        return this.#call(node, input, scope);
    }
  }

  #let(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    let inner = scope;
    const errors: Possible[] = [];
    for (const binding of node.children.slice(0, -1)) {
      const [target, source] = binding.children;
      const name = target === undefined ? undefined : nameHeld(target);
      if (source === undefined || name === undefined)
        return union(errors, [this.#error(binding, 'a binding has the form $name = value', true, true)]);
      const given = this.of(source, input, scope);
      errors.push(...given.filter(isError));
      const values = given.filter((possible) => !isError(possible));
      if (values.length === 0) return union(errors);
      inner = { name, values, outer: inner };
    }
    return union(errors, this.of(node.children[node.children.length - 1]!, input, inner));
  }

  #pipe(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const steps = node.kind === 'pipe' ? chain(node) : node.children;
    let current = input;
    const errors: Possible[] = [];
    for (const step of steps) {
      const result = this.of(step, current, scope);
      errors.push(...result.filter(isError));
      current = result.filter((possible) => !isError(possible));
      if (current.length === 0) break;
    }
    return union(errors, current);
  }

  #logic(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const operands = chain(node);
    const stops = node.kind === 'or' ? trueParts : falseParts;
    const goesOn = node.kind === 'or' ? 'false' : 'true';
    const kept: Possible[] = [];
    for (const operand of operands.slice(0, -1)) {
      const result = this.of(operand, input, scope);
      kept.push(...result.flatMap((possible) => (isError(possible) ? [possible] : stops(possible))));
      if (!result.some((possible) => truthOf(possible) === 'either' || truthOf(possible) === goesOn))
        return union(kept);
    }
    return union(kept, this.of(operands[operands.length - 1]!, input, scope));
  }

  #comparison(node: ComparisonNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const { span } = node;
    const left = this.of(node.children[0]!, input, scope);
    const right = this.of(node.children[1]!, input, scope);
    const errors = [...left, ...right].filter(isError);
    const known = (value: unknown): Possible => ({ kind: 'constant', value, span });
    const results: Possible[] = [];
    for (const a of left)
      for (const b of right) {
        if (isError(a) || isError(b)) continue;
        if (node.operator === '==' || node.operator === '!=') {
          if (a.kind === 'constant' && b.kind === 'constant')
            results.push(known(equal(a.value, b.value, () => false) === (node.operator === '==')));
          else if (!TYPES.some((type) => canBe(a, type) && canBe(b, type))) results.push(known(node.operator === '!='));
          else results.push({ kind: 'boolean', span });
        } else {
          if (canBe(a, 'number') && canBe(b, 'number')) results.push({ kind: 'boolean', span });
          if (!mustBe(a, 'number') || !mustBe(b, 'number')) results.push(known(null));
        }
      }
    return union(results, errors);
  }

  #arithmetic(node: ArithmeticNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const sides = node.children.map((side) => this.of(side, input, scope));
    const errors = sides.flatMap((side) => side.filter(isError));
    const numbers = sides.every((side) => side.some((possible) => canBe(possible, 'number')));
    const other = sides.some((side) => side.some((possible) => !isError(possible) && !mustBe(possible, 'number')));
    return union(numbers ? [{ kind: 'number', span: node.span }] : [], other ? [this.#null(node)] : [], errors);
  }

  /** Errors on the left of `[?…]`, `[]` and `.*` are lost: null stays. */
  #swallowed(set: PossibleSet, node: ExpressionNode): PossibleSet {
    return union(set.map((possible) => (possible.kind === 'error' && !possible.panic ? this.#null(node) : possible)));
  }

  /** As a list; null where it may be none. */
  #list(on: Possible, span: Span, texts: boolean): PossibleSet {
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

  #projected(left: PossibleSet, node: ExpressionNode, take: (elements: PossibleSet) => PossibleSet): PossibleSet {
    const { span } = node;
    const lists = union(left.flatMap((on) => this.#list(on, span, false)));
    return union(
      lists.flatMap((list): PossibleSet => {
        if (list.kind !== 'array') return [list];
        if (list.elements.length === 0) return [{ ...list, span }];
        const taken = take(list.elements);
        const elements = taken.filter((possible) => !isError(possible) && !mustBe(possible, 'null'));
        return [{ kind: 'array', elements, truthy: false, span }, ...taken.filter(isError)];
      }),
    );
  }

  #call(node: CallNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const sets = node.children.map((argument) => this.of(argument, input, scope));
    const errors = sets.flatMap((set) => set.filter(isError));
    const args = sets.map((set) => set.filter((possible) => !isError(possible)));
    if (args.some((set) => set.length === 0)) return union(errors);
    const name = node.callee;
    const definition = name === undefined ? undefined : functionNamed(name);
    if (definition === undefined || (definition.only !== undefined && definition.only !== this.dialect.name))
      return union(errors, [this.#error(node, `there is no function ${name ?? ''}()`, true, name === undefined)]);
    const { parameters } = definition;
    const least = definition.required ?? parameters.length;
    if (args.length < least || (args.length > parameters.length && !definition.variadic))
      return union(errors, [this.#error(node, `${name}() is called with ${args.length} arguments`, true)]);
    let failing: 'always' | 'sometimes' | undefined;
    args.forEach((set, n) => {
      const types = parameters[Math.min(n, parameters.length - 1)]!;
      if (!set.some((possible) => types.some((type) => mayFit(possible, type)))) failing = 'always';
      else if (!set.every((possible) => types.some((type) => fitsSurely(possible, type)))) failing ??= 'sometimes';
    });
    if (failing === undefined && failsOnContent(name!, args)) failing = 'sometimes';
    const unchecked = definition.variadic === true && this.dialect.uncheckedVariadics;
    if (failing === 'always')
      return union(errors, [this.#error(node, `${name}() never gets what it needs`, true, unchecked)]);
    const fails: Possible[] = [];
    const panicking = panics(name!, args) || (unchecked && failing === 'sometimes');
    if (panicking)
      fails.push(
        this.#error(node, `${name}() ends the login (HTTP 500) where it gets what it cannot handle`, false, true),
      );
    if (failing === 'sometimes' && !unchecked)
      fails.push(this.#error(node, `${name}() fails where a claim is missing or of another type`, false));
    return union(errors, fails, this.#resultOf(name!, node, args));
  }

  #resultOf(name: string, node: CallNode, args: readonly PossibleSet[]): PossibleSet {
    const { span } = node;
    const nothing = this.#null(node);
    const elements = (set: PossibleSet) =>
      union(
        set
          .flatMap((on) => this.#list(on, span, false))
          .flatMap((list) => (list.kind === 'array' ? list.elements : [])),
      );
    const list = (of: PossibleSet): PossibleSet => [{ kind: 'array', elements: of, truthy: false, span }];
    const applied = (reference: PossibleSet, on: PossibleSet) =>
      union(
        ...reference.map((possible) =>
          possible.kind === 'reference' ? this.of(possible.node, on, possible.scope) : [],
        ),
      );
    // The key of each element may be missing or of another type.
    const keyErrors = () => {
      applied(args[1]!, elements(args[0]!));
      return [this.#error(node, `${name}() fails where its expression gives no key`, false)];
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
              ? [...this.#list(on, span, false)].filter(({ kind }) => kind === 'array')
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
}

const TYPES: readonly ValueType[] = ['null', 'boolean', 'number', 'string', 'array', 'object', 'expref'];

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
