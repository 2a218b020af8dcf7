import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnvDocument } from '../../src/document/env-document.js';

const read = (text: string) => parseEnvDocument({ path: '.env', text });

describe('an environment file', () => {
  it.each([
    ['A=b', 'b', 'none', 'b'],
    ['A = b ', 'b', 'none', ' b '],
    ['export A=b', 'b', 'none', 'b'],
    ['A=b # comment', 'b', 'none', 'b # comment'],
    ['A=b#c', 'b#c', 'none', 'b#c'],
    ['A="b c"', 'b c', 'double', '"b c"'],
    ['A="b\\n\\"c\\""', 'b\n"c"', 'double', '"b\\n\\"c\\""'],
    ["A='b \\n'", 'b \\n', 'single', "'b \\n'"],
    ['A="b" c', '"b" c', 'none', '"b" c'],
    ['A=', '', 'none', ''],
    ['A={"x": [1]}', '{"x": [1]}', 'none', '{"x": [1]}'],
  ])('%s', (text, value, quote, literal) => {
    const [entry] = read(`${text}\n`).entries;
    expect(entry).toMatchObject({ name: 'A', value, quote, literal });
    expect(text.slice(entry!.nameSpan.start, entry!.nameSpan.end)).toBe('A');
    if (entry!.verbatim) expect(text.slice(entry!.contentStart, entry!.contentStart + value.length)).toBe(value);
  });

  it('reads a quoted value over lines, CRLF, comments and a byte order mark', () => {
    const { entries, handedOn, problems } = read('\ufeffA="x\ny"\r\n# no\r\n\r\nB=2\r\nC\nnonsense here\n');
    expect(entries.map(({ name, value }) => [name, value])).toEqual([
      ['A', 'x\ny'],
      ['B', '2'],
    ]);
    expect(handedOn).toEqual([{ start: 23, end: 24 }]);
    expect(problems.map(({ message }) => message)).toEqual(['this line has no "=" and sets nothing']);
  });

  it('never throws, and its places lie in the text in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AB=" \'#\\\n\r\tx{}$') }), (text) => {
        let at = 0;
        for (const entry of read(text).entries) {
          expect(entry.nameSpan.start).toBeGreaterThanOrEqual(at);
          expect(entry.valueSpan.start).toBeGreaterThanOrEqual(entry.nameSpan.end);
          expect(entry.valueSpan.end).toBeLessThanOrEqual(text.length);
          at = entry.valueSpan.end;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
