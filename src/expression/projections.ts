/**
 * What goes over lists and objects: `[*]`, `[]`, `[?…]`, `.*` and slices.
 */
import type { ExpressionNode, PlainNode, SliceNode } from './ast.js';
import type { Dialect } from './dialect.js';
import type { Evaluation } from './evaluation.js';
import type { Compiler, Evaluator } from './evaluator.js';
import { fail, isOrdinary, panic } from './problem.js';
import { isObject, isTrue } from './values.js';

/** The evaluator with its errors turned into null; panics and limits stay what they are. */
function swallowing(inner: Evaluator): Evaluator {
  return (value, evaluation) => {
    try {
      return inner(value, evaluation);
    } catch (problem) {
      if (isOrdinary(problem)) return null;
      throw problem;
    }
  };
}

export function compileFlatten(node: PlainNode, compiler: Compiler): Evaluator {
  const list = swallowing(compiler.compile(node.children[0]!));
  const at = node.span.start;
  return (value, evaluation) => {
    const outer = list(value, evaluation);
    if (!Array.isArray(outer)) return null;
    const result: unknown[] = [];
    for (const element of outer) {
      if (Array.isArray(element)) {
        evaluation.spend(element.length, at);
        for (const inner of element) result.push(inner);
      } else result.push(element);
    }
    evaluation.spend(outer.length, at);
    return result;
  };
}

/** What `take` gives for each element, nulls left out. */
function project(list: readonly unknown[], take: Evaluator, evaluation: Evaluation): unknown[] {
  const result: unknown[] = [];
  for (const element of list) {
    const taken = take(element, evaluation);
    if (taken !== null && taken !== undefined) result.push(taken);
  }
  return result;
}

export function compileProjection(node: PlainNode, compiler: Compiler): Evaluator {
  const [left, right] = node.children as [ExpressionNode, ExpressionNode];
  const list = compiler.compile(left);
  const take = compiler.compile(right);
  const at = node.span.start;
  const sliced = left.kind === 'indexExpression' && left.children[1]!.kind === 'slice';
  const keepText = compiler.dialect.stringSlices && sliced;
  return (value, evaluation) => {
    const elements = list(value, evaluation);
    if (!Array.isArray(elements)) return keepText && typeof elements === 'string' ? elements : null;
    evaluation.spend(elements.length, at);
    return project(elements, take, evaluation);
  };
}

export function compileObjectProjection(node: PlainNode, compiler: Compiler): Evaluator {
  const object = swallowing(compiler.compile(node.children[0]!));
  const take = compiler.compile(node.children[1]!);
  const at = node.span.start;
  const nullsFirst = compiler.dialect.wildcardStartsWithNulls;
  return (value, evaluation) => {
    const source = object(value, evaluation);
    if (!isObject(source)) return null;
    const members = Object.values(source);
    evaluation.spend(members.length, at);
    const nulls = nullsFirst ? project(new Array(members.length).fill(null), take, evaluation) : [];
    return nulls.concat(project(members, take, evaluation));
  };
}

export function compileFilter(node: PlainNode, compiler: Compiler): Evaluator {
  const list = swallowing(compiler.compile(node.children[0]!));
  const take = compiler.compile(node.children[1]!);
  const condition = compiler.compile(node.children[2]!);
  const at = node.span.start;
  return (value, evaluation) => {
    const elements = list(value, evaluation);
    if (!Array.isArray(elements)) return null;
    evaluation.spend(elements.length, at);
    return project(
      elements,
      (element) => (isTrue(condition(element, evaluation)) ? take(element, evaluation) : null),
      evaluation,
    );
  };
}

const MAX_INT64 = 2n ** 63n - 1n;

/** Bounds beyond any length are as good as the length. */
function bound(part: bigint | undefined): number | undefined {
  if (part === undefined) return undefined;
  const reach = 2n ** 52n;
  return Number(part > reach ? reach : part < -reach ? -reach : part);
}

export function compileSlice(node: SliceNode, dialect: Dialect): Evaluator {
  const at = node.span.start;
  const start = bound(node.parts[0]);
  const stop = bound(node.parts[1]);
  const step = bound(node.parts[2]) ?? 1;
  // A step so large that adding it to an index overflows makes the libraries read before the list.
  const room = MAX_INT64 - (node.parts[2] ?? 1n);
  const lastSafe = room < 2n ** 52n ? Number(room) : Number.POSITIVE_INFINITY;

  const cap = (index: number, length: number): number => {
    if (index < 0) return index + length >= 0 ? index + length : step < 0 ? -1 : 0;
    return index < length ? index : step < 0 ? length - 1 : length;
  };
  const slice = <T>(list: readonly T[], evaluation: Evaluation): T[] => {
    const length = list.length;
    const from = start === undefined ? (step < 0 ? length - 1 : 0) : cap(start, length);
    const to = stop === undefined ? (step < 0 ? -1 : length) : cap(stop, length);
    const result: T[] = [];
    for (let n = from; step > 0 ? n < to : n > to; n += step) {
      result.push(list[n]!);
      if (n > lastSafe) panic(at, 'the step of this slice is too large', 'runtime error: index out of range');
    }
    evaluation.spend(result.length, at);
    return result;
  };
  return (value, evaluation) => {
    if (typeof value === 'string' && dialect.stringSlices)
      return step === 0 ? null : slice(Array.from(value), evaluation).join('');
    if (!Array.isArray(value)) return null;
    if (step === 0)
      return fail(
        at,
        'the step of a slice cannot be 0',
        `${dialect.name === 'classic' ? 'I' : 'i'}nvalid slice, step cannot be 0`,
      );
    return slice(value, evaluation);
  };
}
