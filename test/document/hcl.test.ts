import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HclValue, parseHcl } from '../../src/document/hcl.js';

const read = (text: string) => parseHcl({ path: 'main.tf', text });

function plain(value: HclValue): unknown {
  switch (value.kind) {
    case 'text':
      return value.parts.map((part) => ('text' in part ? part.text : `<${part.expression}>`)).join('');
    case 'number':
    case 'boolean':
      return JSON.parse(value.text);
    case 'null':
      return null;
    case 'list':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries(value.entries.map((entry) => [entry.name, plain(entry.value)]));
    case 'call':
      return { [value.name]: value.args.map(plain) };
    default:
      return `<${value.text}>`;
  }
}

const readValue = async (written: string) => plain((await read(`v = ${written}\n`)).attributes[0]!.value);

describe('values', () => {
  it.each([
    ['"a\\n\\"b\\" \\\\ \\u00e9"', 'a\n"b" \\ é'],
    ['"$${a} %%{b} $c %d"', '${a} %{b} $c %d'],
    ['"a${var.x}b"', 'a<${var.x}>b'],
    ['" a ${x}  ${y} "', ' a <${x}>  <${y}> '],
    ['" "', ' '],
    ['""', ''],
    ['12', 12],
    ['true', true],
    ['null', null],
    ['["a", 1]', ['a', 1]],
    ['{ a = "x", "b" : 1 }', { a: 'x', b: 1 }],
    ['jsonencode(["a b"])', { jsonencode: [['a b']] }],
    ['var.x', '<var.x>'],
    ['a ? "x" : "y"', '<a ? "x" : "y">'],
    ['[for x in y : x]', '<[for x in y : x]>'],
    ['("x")', 'x'],
    ['<<EOT\n  a\n  b\nEOT', '  a\n  b\n'],
    ['<<-EOT\n    a ${x} $${y}\n      b\n\n  EOT', 'a <${x}> ${y}\n  b\n\n'],
  ])('%s', async (written, value) => {
    expect(await readValue(written)).toEqual(value);
  });
});

it('gives blocks with labels, and places in UTF-16 units', async () => {
  const text = '# 😀\nresource "r" "n" {\n  inner {\n    key = "é😀\\"x"\n  }\n}\n';
  const [block] = (await read(text)).blocks;
  expect(block).toMatchObject({ type: 'resource', labels: ['r', 'n'] });
  const [attribute] = block!.blocks[0]!.attributes;
  expect(text.slice(attribute!.nameSpan.start, attribute!.nameSpan.end)).toBe('key');
  const value = attribute!.value as HclValue & { kind: 'text' };
  expect(text.slice(value.span.start, value.span.end)).toBe('"é😀\\"x"');
  const part = value.parts[0]! as { text: string; places: { start: number; end: number }[] };
  expect(part.text).toBe('é😀"x');
  expect(part.places.map(({ start, end }) => text.slice(start, end)).join('')).toBe('é😀\\"x');
});

it.each(['resource "a" {\n  x = \n', 'a = "x', '}', '{{ }}'])('says where %j is no HCL', async (text) => {
  const { problems } = await read(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]!.end).toBeLessThanOrEqual(text.length);
});

it('reads any text without throwing', async () => {
  const part = fc.constantFrom(
    'a',
    ' = ',
    '"',
    '${',
    '}',
    '{',
    '\n',
    '<<-E\n',
    'E\n',
    '\\',
    '[',
    ']',
    '%{',
    '#',
    '😀',
    '$$',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) => {
      const { attributes } = await read(parts.join(''));
      for (const { value } of attributes) plainly(value);
    }),
    { numRuns: 200 },
  );
});

function plainly(value: HclValue): void {
  if (value.kind === 'text')
    for (const part of value.parts) if ('text' in part) expect(part.places).toHaveLength(part.text.length);
}
