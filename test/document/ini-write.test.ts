import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseIni } from '../../src/document/ini.js';
import { writeIniValue } from '../../src/document/ini-write.js';

it.each([
  ['', ''],
  ['abc', 'abc'],
  ["contains(groups[*], 'admin') && 'Admin' || 'Viewer'", "contains(groups[*], 'admin') && 'Admin' || 'Viewer'"],
  ["'Viewer'", `"'Viewer'"`],
  ['"first-name"', `'"first-name"'`],
  ['p#w;d', '`p#w;d`'],
  ['`true` && role', '"`true` && role"'],
  ['  x  ', '"  x  "'],
  ['C:\\dir\\', '"C:\\dir\\"'],
  ['a\nb', '`a\nb`'],
  ['`a#b', '``a#b`'],
  ['a`\nb', '"""a`\nb"""'],
  ['"""', '\'"""\''],
])('writes %j as %j', (value, text) => {
  expect(writeIniValue(value)).toBe(text);
});

it('gives nothing for a value no form can hold', () => {
  expect(writeIniValue('a`\nb"""\nc')).toBeUndefined();
});

it('heeds what follows on the line', () => {
  expect(writeIniValue('a#b', ' ; the `old` one')).toBe('"""a#b"""');
});

const LINES = fc.string({ unit: fc.constantFrom(...'ab \'"`#;\\=:[]%$(){}\t\n\r\u00a0é😀') });

it('is read back equal, with the lines around it untouched', () => {
  fc.assert(
    fc.property(LINES, (value) => {
      const text = writeIniValue(value);
      if (text === undefined) return;
      const { sections, problems } = parseIni({ path: '', text: `[a]\nbefore = 1\nk = ${text}\n[b]\nafter = 2\n` });
      expect(problems).toEqual([]);
      expect(sections.map((one) => one.entries.map(({ key, value: read }) => [key, read]))).toEqual([
        [],
        [
          ['before', '1'],
          ['k', value],
        ],
        [['after', '2']],
      ]);
    }),
  );
});

it('can write every value on one line', () => {
  fc.assert(
    fc.property(LINES, (value) => {
      const line = value.replace(/[\r\n]/g, '');
      if (line.includes('"""') && line.includes('`')) return;
      expect(writeIniValue(line)).toBeDefined();
    }),
  );
});
