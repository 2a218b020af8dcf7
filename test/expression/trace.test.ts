import { expect, it } from 'vitest';
import { compile, type TracedNode } from '../../src/expression/compile.js';
import { compareWithReference } from '../../src/expression/reference.js';
import { evaluate } from '../../src/library/evaluate.js';

function trace(source: string, document: unknown) {
  const compiled = compile(source, 'community');
  if (compiled.error !== undefined) throw new Error(compiled.error.message);
  return compiled.trace(document);
}

function outline(node: TracedNode, depth = 0): string[] {
  const shown = node.results.map(({ value, error }) =>
    error === undefined ? JSON.stringify(value) : `! ${error.message}`,
  );
  return [
    `${'  '.repeat(depth)}${node.text} → ${shown.join(', ') || '–'}`,
    ...node.children.flatMap((child) => outline(child, depth + 1)),
  ];
}

it('shows what every sub-expression gave', () => {
  const { result, root } = trace("contains(groups[*], 'a') && 'Admin' || role == 'x' && 'Editor' || 'Viewer'", {
    groups: ['b'],
    role: 'x',
  });
  expect(result).toEqual({ value: 'Editor' });
  expect(outline(root)).toMatchInlineSnapshot(`
    [
      "contains(groups[*], 'a') && 'Admin' || role == 'x' && 'Editor' || 'Viewer' → "Editor"",
      "  contains(groups[*], 'a') && 'Admin' → false",
      "    contains(groups[*], 'a') → false",
      "      groups[*] → ["b"]",
      "        groups → ["b"]",
      "      'a' → "a"",
      "    'Admin' → –",
      "  role == 'x' && 'Editor' → "Editor"",
      "    role == 'x' → true",
      "      role → "x"",
      "      'x' → "x"",
      "    'Editor' → "Editor"",
      "  'Viewer' → –",
    ]
  `);
});

it('shows where an error arose and each element of a projection', () => {
  const failed = trace("contains(groups, 'a') && 'Admin' || 'Viewer'", {});
  expect(failed.result.error).toMatchObject({
    offset: 0,
    message: 'contains() needs an array or a string as its first argument, not null',
  });
  expect(outline(failed.root.children[0]!)).toEqual([
    "contains(groups, 'a') && 'Admin' → ! contains() needs an array or a string as its first argument, not null",
    "  contains(groups, 'a') → ! contains() needs an array or a string as its first argument, not null",
    '    groups → null',
    '    \'a\' → "a"',
    "  'Admin' → –",
  ]);
  const many = trace('list[*].n', { list: Array.from({ length: 50 }, (_, n) => ({ n })) });
  const last = many.root.children.at(-1)!;
  expect([last.text, last.evaluations, last.results.length]).toEqual(['n', 50, 20]);
});

it.each([
  ['length(x)', { x: '😀' }, 2, 1],
  ["`admin` == 'admin'", {}, true, undefined],
  ['a < b', { a: 'x', b: 'y' }, true, null],
  ["to_number(' 1')", {}, 1, null],
])('compares %s with the reference implementation', async (source, document, reference, value) => {
  const grafana = evaluate(source, document);
  const comparison = await compareWithReference(source, document, grafana);
  expect(comparison.reference.value ?? null).toEqual(reference);
  expect(grafana.value).toEqual(value);
  expect(comparison.differs).toBe(reference !== value);
});

it('calls two errors, and equal values, the same', async () => {
  for (const source of ['nope(x)', 'a ||', "contains(groups, 'a') && 'Admin'", "groups[?@ == 'a']"]) {
    const document = { groups: ['a'] };
    expect((await compareWithReference(source, document, evaluate(source, document))).differs).toBe(false);
  }
  expect((await compareWithReference('lower(a)', { a: 'A' }, evaluate('lower(a)', { a: 'A' }))).differs).toBe(true);
});
