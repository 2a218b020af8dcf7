import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type DialectName, type EvaluationResult, type TracedNode } from '../../src/expression/compile.js';
import { canBe, type Possible, truthOf } from '../../src/expression/possible.js';
import { readExpression } from '../../src/expression/reading.js';
import { typeOf } from '../../src/expression/values.js';
import { anyText, document, expression } from './expressions.js';

const dialect = fc.constantFrom<DialectName>('classic', 'community');

function covers(possible: Possible, { value, error }: EvaluationResult): boolean {
  if (error !== undefined) return possible.kind === 'error';
  switch (possible.kind) {
    case 'constant':
      return (
        JSON.stringify(possible.value) === JSON.stringify(value) ||
        (Number.isNaN(value) && Number.isNaN(possible.value))
      );
    case 'claim':
      return true;
    case 'nothing':
      return value === null || value === false || JSON.stringify(value).length === 2;
    case 'reference':
      return value === null || JSON.stringify(value) === '{}';
    case 'error':
      return false;
    default:
      return canBe(possible, typeOf(value));
  }
}

function* nodes(node: TracedNode): Generator<TracedNode> {
  yield node;
  for (const child of node.children) yield* nodes(child);
}

describe('any text', () => {
  it('compiles or gives an error with an offset inside it', () => {
    fc.assert(
      fc.property(anyText, dialect, (text, name) => {
        const { error } = compile(text, name);
        if (error === undefined) return;
        expect(error.message).not.toBe('');
        expect(error.offset).toBeGreaterThanOrEqual(0);
        expect(error.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it('evaluates to a value or an error with an offset inside it, and leaves the document alone', () => {
    fc.assert(
      fc.property(anyText, dialect, document, (text, name, value) => {
        const compiled = compile(text, name);
        if (compiled.error !== undefined) return;
        const before = JSON.stringify(value);
        const { error } = compiled.evaluate(value);
        expect(JSON.stringify(value)).toBe(before);
        if (error?.offset === undefined) return;
        expect(error.offset).toBeGreaterThanOrEqual(0);
        expect(error.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it('has nodes whose spans lie inside each other', () => {
    fc.assert(
      fc.property(expression, dialect, (text, name) => {
        const compiled = compile(text, name);
        if (compiled.error !== undefined) return;
        for (const node of nodes(compiled.trace(null).root)) {
          expect(node.span.start).toBeLessThanOrEqual(node.span.end);
          for (const child of node.children) {
            expect(child.span.start).toBeGreaterThanOrEqual(node.span.start);
            expect(child.span.end).toBeLessThanOrEqual(node.span.end);
          }
        }
      }),
    );
  });
});

describe('a trace', () => {
  it('gives what evaluation gives', () => {
    fc.assert(
      fc.property(expression, dialect, document, (text, name, value) => {
        const compiled = compile(text, name);
        if (compiled.error !== undefined) return;
        const trace = compiled.trace(value);
        expect(trace.result).toEqual(compiled.evaluate(value));
        if (trace.root.evaluations > 0) expect(trace.root.results[0]).toEqual(trace.result);
      }),
      { numRuns: 1000, seed: 12 },
    );
  });
});

describe('the static reading', () => {
  it('covers every result', () => {
    fc.assert(
      fc.property(expression, dialect, document, (text, name, value) => {
        const compiled = compile(text, name);
        if (compiled.error !== undefined) return;
        const result = compiled.evaluate(value);
        if (result.error?.limit) return;
        const reading = readExpression(compiled);
        if (!reading.results.some((possible) => covers(possible, result)))
          expect.fail(`${JSON.stringify(result)} is not among ${JSON.stringify(reading.results)}`);
        if (reading.alwaysFails) expect(result.error).toBeDefined();
        if (!reading.mayBeEmpty && !reading.mayFail)
          expect(reading.results.some((possible) => truthOf(possible) === 'true')).toBe(true);
      }),
      { numRuns: 4000, seed: 13 },
    );
  });

  it('never calls a part unreached that was evaluated', () => {
    fc.assert(
      fc.property(expression, dialect, document, (text, name, value) => {
        const compiled = compile(text, name);
        if (compiled.error !== undefined) return;
        const { unreached } = readExpression(compiled);
        if (unreached.length === 0) return;
        for (const node of nodes(compiled.trace(value).root))
          if (unreached.some(({ span }) => span.start === node.span.start && span.end === node.span.end))
            expect(node.evaluations).toBe(0);
      }),
      { numRuns: 2000, seed: 11 },
    );
  });
});
