/**
 * Follows an expression through its tree as sets of possible results.
 */
import { type ArithmeticNode, type ComparisonNode, type ExpressionNode, nameHeld, walk } from './ast.js';
import { type Dialect, type DialectName, dialectOf } from './dialect.js';
import { Evaluation } from './evaluation.js';
import { type Compiler, compileNode } from './evaluator.js';
import { chain } from './grammar.js';
import { interpretCall } from './interpret-calls.js';
import {
  asList,
  canBe,
  elementOf,
  errorAt,
  falseParts,
  flattened,
  isError,
  memberOf,
  mustBe,
  negated,
  nullAt,
  type Possible,
  type PossibleSet,
  type Scope,
  trueParts,
  truthOf,
  union,
  valuesOf,
} from './possible.js';
import { isOrdinary } from './problem.js';
import { equal, type ValueType } from './values.js';

export interface Interpretation {
  /** What the expression can give. */
  readonly root: PossibleSet;
  /** What each node that can be reached gave. */
  readonly results: ReadonlyMap<ExpressionNode, PossibleSet>;
}

/** Follows an expression on any document. */
export function interpret(tree: ExpressionNode, dialect: DialectName): Interpretation {
  const interpreter = new Interpreter(dialectOf(dialect));
  const root = interpreter.of(tree, [interpreter.document], undefined);
  return { root, results: interpreter.results };
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

class Interpreter {
  readonly results = new Map<ExpressionNode, PossibleSet>();
  readonly document: Possible = { kind: 'claim', path: [], truthy: false, present: false, span: { start: 0, end: 0 } };
  readonly #closed = new WeakMap<ExpressionNode, boolean>();

  constructor(readonly dialect: Dialect) {}

  of(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    const result = this.#isClosed(node) ? this.#constant(node) : this.#follow(node, input, scope);
    this.results.set(node, union(this.results.get(node) ?? [], result));
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
      if (isOrdinary(problem)) return [errorAt(node, 'it fails whatever the document is', true)];
      return [errorAt(node, 'it breaks the login (HTTP 500) whatever the document is', true, true)];
    }
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
        return [errorAt(node, `the variable ${node.name} is not defined`, true)];
      }
      case 'empty':
      case 'binding':
        return [errorAt(node, 'it fails whatever the document is', true)];
      case 'index':
        return union(input.flatMap((on) => elementOf(on, span)));
      case 'slice':
        return union(input.flatMap((on) => asList(on, span, this.dialect.stringSlices)));
      case 'subexpression': {
        const left = child(0);
        const errors = left.filter(isError);
        const inner = left.filter((possible) => !isError(possible));
        const nulls = inner.filter((possible) => canBe(possible, 'null'));
        if (!this.dialect.nullEndsSubexpression) return union(errors, child(1, inner));
        const values = inner.filter((possible) => !mustBe(possible, 'null'));
        return union(errors, nulls.length > 0 ? [nullAt(node)] : [], values.length > 0 ? child(1, values) : []);
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
            return mustBe(possible, 'number') ? number : [...number, nullAt(node)];
          }),
        );
      }
      case 'multiSelectList': {
        const sets = node.children.map((_, n) => child(n));
        const elements = union(...sets.map((set) => set.filter((possible) => !isError(possible))));
        const errors = sets.flatMap((set) => set.filter(isError));
        const nulls =
          this.dialect.multiSelectOfNullIsNull && input.some((on) => canBe(on, 'null')) ? [nullAt(node)] : [];
        return union([{ kind: 'array', elements, truthy: true, span }], errors, nulls);
      }
      case 'multiSelectHash': {
        const sets = node.children.map((_, n) => child(n));
        const members = new Map(
          node.keys.map(({ name }, n) => [name, sets[n]!.filter((possible) => !isError(possible))]),
        );
        const errors = sets.flatMap((set) => set.filter(isError));
        const nulls =
          this.dialect.multiSelectOfNullIsNull && input.some((on) => canBe(on, 'null')) ? [nullAt(node)] : [];
        return union([{ kind: 'object', members, span }], errors, nulls);
      }
      case 'flatten': {
        const lists = this.#swallowed(child(0), node).flatMap((on) => asList(on, span, false));
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
        const nulls = this.dialect.wildcardStartsWithNulls ? [nullAt(node)] : [];
        const left = this.#swallowed(child(0), node);
        const values = left.map(
          (on): Possible => ({ kind: 'array', elements: [...nulls, ...valuesOf(on, span)], truthy: false, span }),
        );
        const objects = left.some((on) => canBe(on, 'object')) ? values : [];
        const other = left.some((on) => !mustBe(on, 'object')) ? [nullAt(node)] : [];
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
        return interpretCall(node, input, scope, this);
    }
  }

  #let(node: ExpressionNode, input: PossibleSet, scope: Scope | undefined): PossibleSet {
    let inner = scope;
    const errors: Possible[] = [];
    for (const binding of node.children.slice(0, -1)) {
      const [target, source] = binding.children;
      const name = target === undefined ? undefined : nameHeld(target);
      if (source === undefined || name === undefined)
        return union(errors, [errorAt(binding, 'a binding has the form $name = value', true, true)]);
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
    return union(numbers ? [{ kind: 'number', span: node.span }] : [], other ? [nullAt(node)] : [], errors);
  }

  /** Errors on the left of `[?…]`, `[]` and `.*` are lost: null stays. */
  #swallowed(set: PossibleSet, node: ExpressionNode): PossibleSet {
    return union(set.map((possible) => (possible.kind === 'error' && !possible.panic ? nullAt(node) : possible)));
  }

  #projected(left: PossibleSet, node: ExpressionNode, take: (elements: PossibleSet) => PossibleSet): PossibleSet {
    const { span } = node;
    const lists = union(left.flatMap((on) => asList(on, span, false)));
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
}

const TYPES: readonly ValueType[] = ['null', 'boolean', 'number', 'string', 'array', 'object', 'expref'];
