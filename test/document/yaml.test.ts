import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf, nodeAt, parseYaml, plainTree, scalarSpan, type YamlScalar } from '../../src/document/yaml.js';

const read = (text: string) => parseYaml({ path: 'x.yaml', text });

describe('a YAML text as a tree with places', () => {
  it('gives each key and value its place, keys without their quotes', () => {
    const text = 'a:\n  "b c": \'d\'\n  e: [1, 010, ~]\n';
    const { roots, problems } = read(text);
    expect(problems).toEqual([]);
    const entry = entryOf(nodeAt(roots[0], 'a'), 'b c')!;
    expect(text.slice(entry.keySpan.start, entry.keySpan.end)).toBe('b c');
    expect(text.slice(entry.value.span.start, entry.value.span.end)).toBe("'d'");
    expect(roots[0]!.plain).toEqual({ a: { 'b c': 'd', e: [1, 10, null] } });
  });

  it('keeps the text of a scalar that looks like a number, and reads null as empty', () => {
    const list = nodeAt(read('a: [010, 1e3, true, ~, ""]').roots[0], 'a');
    expect(list?.kind === 'sequence' && list.items.map((item) => (item as YamlScalar).text)).toEqual([
      '010',
      '1e3',
      'true',
      '',
      '',
    ]);
  });

  it('follows aliases and merges, the own key first', () => {
    const { roots } = read('base: &b { x: 1, y: 2 }\nown:\n  <<: *b\n  y: 3\nlist: *b\n');
    expect(roots[0]!.plain).toMatchObject({ own: { x: 1, y: 3 }, list: { x: 1, y: 2 } });
    expect(entryOf(nodeAt(roots[0], 'own'), 'x')?.merged).toBe(true);
  });

  it('reads several documents, and the last of equal keys with a problem', () => {
    const { roots, problems } = read('a: 1\n---\nb: 1\nb: 2\n');
    expect(roots).toHaveLength(2);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ fatal: true, span: { start: 14 } });
  });

  it('stops at texts made to be huge', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 9; at++)
      lines.push(
        `a${at}: &a${at} [${Array(10)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
      );
    expect(read(lines.join('\n')).problems.map((problem) => problem.message)).toContain(
      'aliases make this text too large to be read',
    );
    expect(read(`${'['.repeat(3000)}`).problems.length).toBeGreaterThan(0);
  });

  it('keeps keys such as __proto__ as plain keys', () => {
    const plain = read('{"__proto__": {"polluted": true}}').roots[0]!.plain as object;
    expect(Object.keys(plain)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('knows the place inside plain, quoted and block texts', () => {
    for (const [text, at, length, expected] of [
      ['a: hello world', 6, 5, 'world'],
      ['a: "x\\ty z"', 4, 1, 'z'],
      ['a: "x\\\\Z"', 1, 2, '\\\\Z'],
      ['a: "\\u00e9\\U0001F600 z"', 4, 1, 'z'],
      ['a: "x \\\n   y z"', 4, 1, 'z'],
      ["a: 'it''s x'", 5, 1, 'x'],
      ['a: |\n  one\n  two\n', 4, 3, 'two'],
      ['a: >\n  one\n  two\n', 4, 3, 'two'],
    ] as const) {
      const { roots } = read(text);
      const node = nodeAt(roots[0], 'a') as YamlScalar;
      const span = scalarSpan(node, text, at, length);
      expect(text.slice(span.start, span.end)).toBe(expected);
    }
  });

  it('never throws, and its places lie in the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a:- \n[]{}&*!|>"\'#?,%') })), (text) => {
        const { roots, problems } = read(text);
        const walk = (node: (typeof roots)[number]): void => {
          expect(node.span.start).toBeLessThanOrEqual(node.span.end);
          expect(node.span.end).toBeLessThanOrEqual(text.length);
          if (node.kind === 'mapping') for (const entry of node.entries) walk(entry.value);
          if (node.kind === 'sequence') node.items.forEach(walk);
          if (node.kind === 'scalar') scalarSpan(node, text, 0, node.text.length);
        };
        roots.forEach(walk);
        for (const problem of problems) expect(problem.message).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('wraps plain data', () => {
    const value = { a: [1, 'x', null, { b: true }] };
    expect(plainTree(value).plain).toEqual(value);
    const list = nodeAt(plainTree(value), 'a');
    expect(list?.kind === 'sequence' && (list.items[0] as YamlScalar).text).toBe('1');
  });
});
