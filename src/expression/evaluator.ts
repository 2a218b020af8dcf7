/**
 * A tree to a closure that evaluates it. Both dialects share everything; what differs are the flags of the dialect.
 */
import { setOwn } from '../text/go-json.js';
import { type ExpressionNode, nameHeld, type PlainNode, sameNode } from './ast.js';
import { compileCall } from './calls.js';
import type { Dialect } from './dialect.js';
import type { Evaluation } from './evaluation.js';
import { chain } from './grammar.js';
import { fail, panic } from './problem.js';
import {
  compileFilter,
  compileFlatten,
  compileObjectProjection,
  compileProjection,
  compileSlice,
} from './projections.js';
import { equal, isTrue, member, type Reference } from './values.js';

/** Evaluates one node on a value. Throws ExpressionProblem. */
export type Evaluator = (value: unknown, evaluation: Evaluation) => unknown;

/** Makes evaluators; `compile` of a child goes through it, so that a trace can put itself between. */
export interface Compiler {
  readonly dialect: Dialect;
  /** Shortcuts that skip nodes are allowed. */
  readonly fuse: boolean;
  compile(node: ExpressionNode): Evaluator;
}

const PROTOTYPE_NAMES: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The evaluator of one node; children are compiled with `compiler`. */
export function compileNode(node: ExpressionNode, compiler: Compiler): Evaluator {
  const { dialect } = compiler;
  const at = node.span.start;
  switch (node.kind) {
    case 'field':
      return compileField(node.name);
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'identity':
    case 'current':
      return (value) => value;
    case 'root':
      return (_, evaluation) => evaluation.root;
    case 'variable':
      return compileVariable(node.name, at);
    case 'empty':
      return () => fail(at, 'the brackets that begin here were never read to their end', 'Unknown AST node: ASTEmpty');
    case 'binding':
      return () => fail(at, 'a single “=” compares nothing; write “==”', 'Unknown AST node: ASTBinding');
    case 'call':
      return compileCall(node, compiler);
    case 'index': {
      const { index } = node;
      return (value) => {
        if (!Array.isArray(value)) return null;
        return value[index < 0 ? index + value.length : index] ?? null;
      };
    }
    case 'slice':
      return compileSlice(node, dialect);
    case 'subexpression':
    case 'indexExpression':
      return compileStep(node, compiler);
    case 'or':
    case 'and':
      return compileLogic(node, compiler);
    case 'pipe': {
      const steps = chain(node).map((step) => compiler.compile(step));
      return (value, evaluation) => {
        let result = value;
        for (const step of steps) result = step(result, evaluation);
        return result;
      };
    }
    case 'not': {
      const operand = compiler.compile(node.children[0]!);
      return (value, evaluation) => !isTrue(operand(value, evaluation));
    }
    case 'reference': {
      const body = compiler.compile(node.children[0]!);
      const target = node.children[0]!;
      return (_, evaluation) => Object.assign((value: unknown) => body(value, evaluation), { node: target });
    }
    case 'comparison':
      return compileComparison(node.operator, node.children, compiler);
    case 'arithmetic':
      return compileArithmetic(node.operator, node.children, compiler);
    case 'sign': {
      const operand = compiler.compile(node.children[0]!);
      const factor = node.operator === '-' ? -1 : 1;
      return (value, evaluation) => {
        const number = operand(value, evaluation);
        return typeof number === 'number' ? number * factor : null;
      };
    }
    case 'multiSelectList': {
      const members = node.children.map((child) => compiler.compile(child));
      return (value, evaluation) => {
        if (dialect.multiSelectOfNullIsNull && value === null) return null;
        return members.map((item) => item(value, evaluation));
      };
    }
    case 'multiSelectHash': {
      const members = node.children.map((child) => compiler.compile(child));
      return (value, evaluation) => {
        if (dialect.multiSelectOfNullIsNull && value === null) return null;
        const result = {};
        members.forEach((item, n) => {
          setOwn(result, node.keys[n]!.name, item(value, evaluation));
        });
        return result;
      };
    }
    case 'flatten':
      return compileFlatten(node, compiler);
    case 'projection':
      return compileProjection(node, compiler);
    case 'objectProjection':
      return compileObjectProjection(node, compiler);
    case 'filterProjection':
      return compileFilter(node, compiler);
    case 'let':
      return compileLet(node, compiler);
  }
}

function compileField(name: string): Evaluator {
  if (PROTOTYPE_NAMES.has(name)) return (value) => member(value, name);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return (value as Record<string, unknown>)[name] ?? null;
  };
}

function compileVariable(name: string, at: number): Evaluator {
  return (_, evaluation) => {
    for (let scope = evaluation.scope; scope !== undefined; scope = scope.outer)
      if (scope.name === name) return scope.value;
    return fail(at, `the variable ${name} is not defined`, `variable not defined: ${name}`);
  };
}

function compileStep(node: PlainNode, compiler: Compiler): Evaluator {
  const left = compiler.compile(node.children[0]!);
  const right = compiler.compile(node.children[1]!);
  if (node.kind === 'subexpression' && compiler.dialect.nullEndsSubexpression)
    return (value, evaluation) => {
      const inner = left(value, evaluation);
      return inner === null ? null : right(inner, evaluation);
    };
  return (value, evaluation) => right(left(value, evaluation), evaluation);
}

/** `a || b || c` gives the first true operand, `a && b && c` the first false one, else the last. */
function compileLogic(node: PlainNode, compiler: Compiler): Evaluator {
  const operands = chain(node).map((operand) => compiler.compile(operand));
  const stopAt = node.kind === 'or';
  if (operands.length === 2) {
    const [first, second] = operands as [Evaluator, Evaluator];
    return (value, evaluation) => {
      const result = first(value, evaluation);
      return isTrue(result) === stopAt ? result : second(value, evaluation);
    };
  }
  const last = operands.pop()!;
  return (value, evaluation) => {
    for (const operand of operands) {
      const result = operand(value, evaluation);
      if (isTrue(result) === stopAt) return result;
    }
    return last(value, evaluation);
  };
}

/** Ordering gives null unless both sides are numbers; equality is deep and strict. */
function compileComparison(operator: string, children: readonly ExpressionNode[], compiler: Compiler): Evaluator {
  const left = compiler.compile(children[0]!);
  const right = compiler.compile(children[1]!);
  const sameReference = (a: Reference, b: Reference) => compiler.dialect.referencesCompare && sameNode(a.node, b.node);
  if (operator === '==')
    return (value, evaluation) => equal(left(value, evaluation), right(value, evaluation), sameReference);
  if (operator === '!=')
    return (value, evaluation) => !equal(left(value, evaluation), right(value, evaluation), sameReference);
  const holds = ORDER[operator]!;
  return (value, evaluation) => {
    const a = left(value, evaluation);
    const b = right(value, evaluation);
    return typeof a === 'number' && typeof b === 'number' ? holds(a, b) : null;
  };
}

const ORDER: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a % b,
};

/** Anything but two numbers gives null. */
function compileArithmetic(operator: string, children: readonly ExpressionNode[], compiler: Compiler): Evaluator {
  const left = compiler.compile(children[0]!);
  const right = compiler.compile(children[1]!);
  const operation = OPERATIONS[operator]!;
  return (value, evaluation) => {
    const a = left(value, evaluation);
    const b = right(value, evaluation);
    return typeof a === 'number' && typeof b === 'number' ? operation(a, b) : null;
  };
}

/** The bindings see only what is in sight outside; whatever has two children can stand for a binding. */
function compileLet(node: PlainNode, compiler: Compiler): Evaluator {
  const written = node.children.slice(0, -1);
  const body = compiler.compile(node.children[node.children.length - 1]!);
  const bindings = written.map((binding) => {
    const at = binding.span.start;
    const [target, source] = binding.children;
    if (source === undefined) {
      const length = binding.children.length;
      return () =>
        panic(
          at,
          'a binding of “let” has the form $name = value',
          `runtime error: index out of range [1] with length ${length}`,
        );
    }
    const name = binding.kind === 'multiSelectHash' ? binding.keys[0]!.name : nameHeld(target!);
    const evaluate = compiler.compile(source);
    return (value: unknown, evaluation: Evaluation) => {
      const bound = evaluate(value, evaluation);
      if (name === undefined)
        return panic(
          at,
          'a binding of “let” has the form $name = value',
          'interface conversion: interface {} is nil, not string',
        );
      return { name, value: bound };
    };
  });
  return (value, evaluation) => {
    let scope = evaluation.scope;
    for (const binding of bindings) scope = { ...binding(value, evaluation), outer: scope };
    return body(value, evaluation.with(scope!));
  };
}
