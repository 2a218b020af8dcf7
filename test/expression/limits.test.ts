import { describe, expect, it } from 'vitest';
import { compile, type DialectName, type EvaluationResult } from '../../src/expression/compile.js';
import { MAX_EXPRESSION_DEPTH } from '../../src/expression/grammar.js';
import { readExpression } from '../../src/expression/reading.js';
import { evaluate } from '../../src/library/evaluate.js';

const DIALECTS: readonly DialectName[] = ['classic', 'community'];

function run(source: string, document: unknown, dialect: DialectName = 'community'): EvaluationResult {
  const compiled = compile(source, dialect);
  return compiled.error === undefined ? compiled.evaluate(document) : { error: compiled.error };
}

describe.each(DIALECTS)('%s', (dialect) => {
  const deep = 100_000;
  it.each([
    ['brackets', '['.repeat(deep)],
    ['closed brackets', `${'['.repeat(deep)}a${']'.repeat(deep)}`],
    ['parentheses', `${'('.repeat(deep)}a${')'.repeat(deep)}`],
    ['objects', '{a: '.repeat(deep)],
    ['negations', `${'!'.repeat(deep)}a`],
    ['references', `${'&'.repeat(1)}${'!&'.repeat(deep)}a`],
    ['calls', 'type('.repeat(deep)],
    ['members', `a${'.a'.repeat(deep)}`],
    ['indexes', `a${'[0]'.repeat(deep)}`],
    ['projections', `a${'[*]'.repeat(deep)}`],
    ['filters', 'a[?'.repeat(deep)],
    ['comparisons', `a${' == a'.repeat(deep)}`],
    ['multi-selects', `a${'.[a]'.repeat(deep)}`],
  ])('refuses 100,000 %s with an error', (_, source) => {
    const { error } = run(source, {}, dialect);
    expect(error?.message).toMatch(/deeper than|never closed/);
    expect(error?.offset).toBeLessThanOrEqual(source.length);
  });

  it('evaluates long chains', () => {
    for (const operator of ['||', '&&', '|']) {
      const source = `a${` ${operator} a`.repeat(20_000)}`;
      expect(run(source, { a: 'x' }, dialect).error).toBeUndefined();
      const compiled = compile(source, dialect);
      if (compiled.error === undefined) {
        expect(readExpression(compiled).claims.length).toBe(operator === '|' ? 1 : 20_001);
        expect(compiled.trace({ a: 'x' }).result.error).toBeUndefined();
      }
    }
    expect(run(`a${'.a'.repeat(1500)}`, {}, dialect)).toEqual({ value: null });
    const levels = MAX_EXPRESSION_DEPTH - 2;
    expect(run(`${'('.repeat(levels)}a${')'.repeat(levels)}`, { a: 1 }, dialect)).toEqual({ value: 1 });
  });

  it('survives a document of 100,000 levels', () => {
    let document: unknown = 'x';
    for (let n = 0; n < 100_000; n++) document = [document];
    for (const source of ['to_string(@)', '@ == [@]', 'sort_by(@, &@)', '@[*][0]']) run(source, document, dialect);
    expect(run('to_string(@)', document, dialect).error?.message).toBe(
      'the expression or the document is nested too deeply',
    );
  });
});

it.each([
  ['pad_left', "pad_left('a', `1000000000`)"],
  ['repeated replacing', `'x'${" | replace(@, '', 'aaaaaaaa')".repeat(12)}`],
  ['repeated doubling', `@${' | [@, @][]'.repeat(60)}`],
  ['writing shared lists', `to_string(@${' | [@, @]'.repeat(60)})`],
  ['repeated joining', `'abcdefgh'${' | join(@, [@, @, @, @, @, @])'.repeat(12)}`],
])('%s ends with an error, not with the memory', (_, source) => {
  expect(run(source, ['a']).error).toMatchObject({ limit: true });
});

describe('evaluate', () => {
  it('answers with the library of the version', () => {
    expect(evaluate('lower(role)', { role: 'ADMIN' })).toEqual({ value: 'admin' });
    expect(evaluate('lower(role)', { role: 'ADMIN' }, { grafanaVersion: '11.3.1' })).toEqual({ value: 'admin' });
    expect(evaluate('lower(role)', { role: 'ADMIN' }, { grafanaVersion: '11.2' }).error).toMatchObject({
      message: 'there is no function lower() before Grafana 11.3',
      offset: 0,
    });
    expect(() => evaluate('a', {}, { grafanaVersion: 'next' })).toThrow('no Grafana version');
  });

  it('reports what the library panics on as a panic', () => {
    expect(evaluate('x || merge(a)', {}, { grafanaVersion: '10' }).error).toMatchObject({ panic: true, offset: 5 });
    expect(evaluate("find_first('a', 'a', `9`)", {}).error).toMatchObject({ panic: true, offset: 0 });
    expect(evaluate('objs[1::9223372036854775807]', { objs: [1, 2] }, { grafanaVersion: '10' }).error).toMatchObject({
      panic: true,
    });
  });

  it('points at what failed', () => {
    expect(evaluate("role && contains(groups[*], 'a')", { role: 'x' }).error?.offset).toBe(8);
    expect(evaluate('info.nope(@)', { info: {} }).error?.offset).toBe(5);
    expect(evaluate('cognito:groups', {}).error?.offset).toBe(7);
    expect(evaluate('role &&', {}).error?.offset).toBe(7);
    expect(evaluate("a || 'unclosed", {}).error?.offset).toBe(5);
    expect(evaluate('a || `nope`', {}).error?.offset).toBe(5);
    expect(evaluate('"😀" || 😀', {}).error?.offset).toBe(8);
  });

  it('gives references, NaN and infinities a form', () => {
    expect(evaluate('[&a, {b: &a}]', {}, { grafanaVersion: '10' })).toEqual({ value: [{}, { b: {} }] });
    expect(evaluate('[&a, {b: &a}]', {})).toEqual({ value: [null, { b: null }] });
    expect(evaluate('avg(`[]`)', {}, { grafanaVersion: '10' })).toEqual({ value: Number.NaN });
    expect(evaluate("to_number('-inf')", {})).toEqual({ value: Number.NEGATIVE_INFINITY });
  });

  it('decodes text as Go does', () => {
    expect(evaluate('a', '{"a":1,"a":2}')).toEqual({ value: 2 });
    expect(evaluate('a', '{"a":"\\ud800"}')).toEqual({ value: '\ufffd' });
    expect(evaluate('a', '{"a":1} x').error).toEqual({
      message: "the document cannot be decoded: invalid character 'x' after top-level value",
    });
  });

  it('lets a number outside float64 spoil only what reads it', () => {
    const text = '{"a":1e400,"b":"x"}';
    expect(evaluate('b', text)).toEqual({ value: 'x' });
    for (const source of ['a', '@', "a || 'x'", 'type(a)', 'nope(a)'])
      expect(evaluate(source, text).error?.message).toMatch(/1e400|nope/);
  });

  it('keeps members named like those of every JavaScript object, and finds no others', () => {
    for (const source of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'x.length'])
      expect(evaluate(source, { x: 'abc' })).toEqual({ value: null });
    expect(evaluate('__proto__', '{"__proto__":{"a":1}}')).toEqual({ value: { a: 1 } });
    const made = evaluate("{__proto__: 'x', constructor: 'y'}", {}).value as object;
    expect(Object.entries(made)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.keys(evaluate("merge(@, {__proto__: 'x'})", { a: 1 }).value as object)).toEqual(['a', '__proto__']);
    expect(Object.keys(evaluate('from_items(`[["__proto__",1]]`)', {}).value as object)).toEqual(['__proto__']);
    expect(Object.keys(evaluate('group_by(@, &k)', [{ k: '__proto__' }]).value as object)).toEqual(['__proto__']);
  });
});

describe('sort_by', () => {
  const objs = [{ w: 2 }, { w: 1 }];
  it.each(DIALECTS)('sorts in place for the rest of one evaluation (%s)', (dialect) => {
    const compiled = compile('[objs[0].w, sort_by(objs, &w)[0].w, objs[0].w]', dialect);
    for (let n = 0; n < 2; n++)
      expect(compiled.error === undefined && compiled.evaluate({ objs })).toEqual({ value: [2, 1, 1] });
    expect(objs).toEqual([{ w: 2 }, { w: 1 }]);
    const literal = compile('`[2,1]` | [@[0], sort_by(@, &@)[0], @[0]]', dialect);
    for (let n = 0; n < 2; n++)
      expect(literal.error === undefined && literal.evaluate({})).toEqual({ value: [2, 1, 1] });
  });
});
