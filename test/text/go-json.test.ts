import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGoJson, MAX_JSON_DEPTH } from '../../src/text/go-json.js';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('decodeGoJson', () => {
  it.each([
    ['{"a":1,"a":"second"}', { a: 'second' }],
    ['{"a":{"x":1},"a":{"y":2}}', { a: { y: 2 } }],
    [' null ', null],
    ['1e-400', 0],
    ['"\\ud83d\\ude00"', '😀'],
    ['"\\ud83d"', '\ufffd'],
    ['{"\\ude00a":"\\ud83dx\\ud83d\\ude00"}', { '\ufffda': '\ufffdx😀' }],
    ['{"a":1e300,"b":[1.5E+100,-0.0]}', { a: 1e300, b: [1.5e100, -0] }],
    [`1${'0'.repeat(250)}`, 1e250],
  ])('reads %s', (text, value) => {
    expect(decodeGoJson(text)).toEqual({ value });
  });

  it('keeps a member named __proto__ as a member, on both ways of reading', () => {
    for (const text of ['{"__proto__":1}', '{"__proto__":1,"x":1e100}']) {
      const value = decodeGoJson(text).value as object;
      expect(Object.hasOwn(value, '__proto__')).toBe(true);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  });

  it.each([
    ['', 'unexpected end of JSON input', 0],
    [' ', 'unexpected end of JSON input', 1],
    ['{', 'unexpected end of JSON input', 1],
    ['"abc', 'unexpected end of JSON input', 4],
    ['nul', "invalid character ' ' in literal null (expecting 'l')", 3],
    ['{"a":1} junk', "invalid character 'j' after top-level value", 8],
    ["{'a':1}", "invalid character '\\'' looking for beginning of object key string", 1],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value", 0],
    ['[1,]', "invalid character ']' looking for beginning of value", 3],
    ['[1 2]', "invalid character '2' after array element", 3],
    ['{"a" 1}', "invalid character '1' after object key", 5],
    ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair", 7],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string", 7],
    ['01', "invalid character '1' after top-level value", 1],
    ['-', "invalid character ' ' in numeric literal", 1],
    ['1.x', "invalid character 'x' after decimal point in numeric literal", 2],
    ['1e', "invalid character ' ' in exponent of numeric literal", 2],
    ['"a\nb"', "invalid character '\\n' in string literal", 2],
    ['"\\x"', "invalid character 'x' in string escape code", 2],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape", 5],
  ])('refuses %j', (text, message, offset) => {
    expect(decodeGoJson(text)).toEqual({ error: { message, offset } });
  });

  it('reports a number outside float64 and gives what it decoded', () => {
    expect(decodeGoJson('{"a":1e400,"b":"x"}')).toEqual({
      error: {
        message: 'json: cannot unmarshal number 1e400 into Go value of type float64',
        offset: 5,
        partial: { value: { a: null, b: 'x' } },
      },
    });
    expect(decodeGoJson(`9${'9'.repeat(309)}`).error?.partial).toEqual({ value: null });
    expect(decodeGoJson('[1e400', true).error?.message).toBe('unexpected end of JSON input');
  });

  it('takes 10,000 levels and no more', () => {
    expect(decodeGoJson(nested(MAX_JSON_DEPTH)).error).toBeUndefined();
    expect(decodeGoJson(nested(MAX_JSON_DEPTH + 1)).error).toEqual({
      message: 'exceeded max depth',
      offset: MAX_JSON_DEPTH,
    });
    expect(decodeGoJson('['.repeat(200_000)).error?.message).toBe('exceeded max depth');
    expect(decodeGoJson(`"${'['.repeat(20_000)}"`).value).toBe('['.repeat(20_000));
  });

  it('agrees with JSON.parse on what needs no care', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (document, careful) => {
        // A number with a long exponent sends the whole text through the own reader.
        const text = JSON.stringify(careful ? [document, 1e200] : document);
        expect(decodeGoJson(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws, and its offsets lie in the text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'u',
      'd83d',
      '1',
      'e999',
      '-',
      '.',
      'true',
      'nul',
      ' ',
      '\u0000',
      'é',
      '\ud83d',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((list) => list.join('')),
        ),
        (text) => {
          const { error } = decodeGoJson(text);
          if (error === undefined) return;
          expect(error.offset).toBeGreaterThanOrEqual(0);
          expect(error.offset).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});
