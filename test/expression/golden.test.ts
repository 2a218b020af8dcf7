import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile, type DialectName, type EvaluationResult } from '../../src/expression/compile.js';
import { evaluate } from '../../src/library/evaluate.js';

interface Answer {
  readonly result?: unknown;
  readonly error?: string;
  readonly panic?: string;
}

interface Case {
  readonly name?: string;
  readonly expression: string;
  readonly document: number;
  readonly classic: Answer;
  readonly community: Answer;
  readonly nondeterministic?: true;
}

const { documents, cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/jmespath.json', import.meta.url), 'utf8'),
) as { documents: unknown[]; cases: Case[] };

/** Keys sorted; -0 and 0 are the same in JSON; members in any order where Go's order is random. */
function canonical(value: unknown, anyOrder: boolean): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, anyOrder));
    return `[${(anyOrder ? items.sort() : items).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, anyOrder)}`);
    return `{${members.sort().join(',')}}`;
  }
  return JSON.stringify(value === 0 ? 0 : (value ?? null));
}

describe.each([
  ['classic', '11.2'],
  ['community', '11.3'],
] as const)('%s answers as the library does', (dialect: DialectName, grafanaVersion) => {
  it.each(cases.map((entry) => [entry.name ?? entry.expression, entry] as const))('%s', (_, entry) => {
    const answer = entry[dialect];
    const actual: EvaluationResult = evaluate(entry.expression, documents[entry.document], { grafanaVersion });
    if (answer.panic !== undefined) expect(actual.error?.panic).toBe(true);
    else if (answer.error !== undefined) {
      expect(actual).toHaveProperty('error');
      expect(actual.error?.panic).toBeUndefined();
      const told = actual.error?.productMessage;
      if (told !== undefined && answer.error !== '')
        expect(answer.error.startsWith('SyntaxError') ? answer.error.split('\n')[0] : answer.error).toBe(told);
      if (answer.error.startsWith('SyntaxError')) {
        expect(actual.error?.offset).toBeGreaterThanOrEqual(0);
        expect(actual.error?.offset).toBeLessThanOrEqual(entry.expression.length);
      }
    } else {
      expect(actual.error).toBeUndefined();
      const anyOrder = entry.nondeterministic === true;
      if ('result' in answer) expect(canonical(actual.value, anyOrder)).toBe(canonical(answer.result, anyOrder));
    }
  });
});

it('knows which answers follow the random order of an object', () => {
  for (const entry of cases.filter(({ nondeterministic }) => nondeterministic)) {
    const compiled = compile(entry.expression, 'community');
    expect(compiled.error === undefined && compiled.nondeterministic, entry.expression).toBe(true);
  }
});
