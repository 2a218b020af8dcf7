import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commaItems,
  jsonListText,
  type ListStyle,
  readList,
  repairJsonList,
} from '../../../src/rules/grafana/list-items.js';
import { readCommaList, readList as readTexts } from '../../../src/settings/read.js';

interface Golden {
  name: string;
  input: { fn: string; in: string };
  expected: { out: string[]; error?: string };
}

const golden: Golden[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/functions.json', import.meta.url), 'utf8'),
);
const newest = golden.filter(({ input }) => input.fn === 'util.SplitStringWithError newest');
const oldest = golden.filter(({ input }) => input.fn === 'util.SplitString 9.4');

const texts = (value: string, style: ListStyle) => readList(value, style).items.map((item) => item.text);

describe('items with places', () => {
  it.each(newest)('are those of Grafana: $name', ({ input, expected }) => {
    const read = readList(input.in, 'quoted');
    expect(read.items.map((item) => item.text)).toEqual(expected.out);
    expect(read.fault !== undefined).toBe(expected.error !== undefined);
  });

  it.each(oldest)('are those of Grafana without JSON: $name', ({ input, expected }) => {
    expect(texts(input.in, 'plain')).toEqual(expected.out);
  });

  const list = fc.string({
    unit: fc.constantFrom('a', 'B', ' ', ',', '"', "'", '[', ']', '\\', '\t', '\u00a0', '1', 'null', '{'),
  });

  it('agree with the reading of options for any text', () => {
    fc.assert(
      fc.property(list, (value) => {
        expect(texts(value, 'quoted')).toEqual(readTexts(value, 'quoted').items);
        expect(texts(value, 'json')).toEqual(readTexts(value, 'words').items);
        expect(texts(value, 'commas')).toEqual(readCommaList(value).filter((item) => item !== ''));
      }),
    );
  });

  it('stand where they say, in order and without overlap', () => {
    fc.assert(
      fc.property(list, fc.constantFrom<ListStyle>('plain', 'json', 'quoted', 'commas'), (value, style) => {
        const { items, fault } = readList(value, style);
        let end = 0;
        for (const item of items) {
          expect(item.at).toBeGreaterThanOrEqual(end);
          end = item.at + item.length;
          expect(end).toBeLessThanOrEqual(value.length);
        }
        if (fault) expect(fault.at).toBeLessThanOrEqual(value.length);
      }),
    );
  });
});

describe('a broken JSON list', () => {
  it.each([
    ["['a']", 1, 'double quotes'],
    ['["a",]', 5, 'a comma stands before "]"'],
    ['["a" "b"]', 5, 'a comma or "]" is missing here'],
    ['["a"', 4, 'the closing "]" is missing'],
    ['["a', 1, 'the closing double quote is missing'],
    ['[1, "a"]', 1, 'numbers must be written as strings'],
    ['["a"] x', 6, 'text follows'],
    ['[,"a"]', 1, 'an item is missing'],
    ['[“a”]', 1, 'straight double quotes'],
    ['["\\x"]', 1, 'escape'],
    ['[a]', 1, 'double quotes'],
  ])('%s is faulty at %i: %s', (value, at, problem) => {
    const { fault, items } = readList(value, 'json');
    expect(items).toEqual([]);
    expect(fault?.at).toBe(at);
    expect(fault?.problem).toContain(problem);
  });

  it('is repaired to what was most likely meant', () => {
    expect(repairJsonList("['a', 'b c']")).toBe('["a", "b c"]');
    expect(repairJsonList('["a", "b",]')).toBe('["a", "b"]');
    expect(repairJsonList('[1, 2')).toBe('["1", "2"]');
    expect(repairJsonList('[]')).toBe('[]');
  });

  it('is a JSON list again after the repair', () => {
    fc.assert(
      fc.property(fc.string(), (inner) => {
        expect(readList(repairJsonList(`[${inner}]`), 'json').fault).toBeUndefined();
      }),
    );
  });
});

describe('items between commas', () => {
  it('keep blanks inside and lose those around', () => {
    expect(commaItems(' Admins ,Software Engineers')).toEqual([
      { text: 'Admins', at: 1, length: 6 },
      { text: 'Software Engineers', at: 9, length: 18 },
    ]);
  });

  it('may hold an escaped comma', () => {
    expect(commaItems('a\\, b,c').map((item) => item.text)).toEqual(['a, b', 'c']);
  });
});

describe('the text of a JSON list', () => {
  it('reads back as the same items', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (items) => {
        expect(texts(jsonListText(items), 'quoted')).toEqual(items);
      }),
    );
  });
});
