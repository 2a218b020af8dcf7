import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goEqualFold, goLower, goQuote, goTrim, goUpper } from '../../src/text/go-text.js';
import { goTitle } from '../../src/text/go-title.js';

/** What Go's own functions answered. */
describe('as Go has them', () => {
  it.each([
    [' \t\n\v\f\r\u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000x\u3000', 'x'],
    ['\ufeffx\u200b', '\ufeffx\u200b'],
    ['\u180ex', '\u180ex'],
    ['\x1cx', '\x1cx'],
    [' \n', ''],
  ])('trimming %j', (text, expected) => {
    expect(goTrim(text)).toBe(expected);
  });

  it.each([
    ['straße', 'STRAßE'],
    ['ﬁ', 'ﬁ'],
    ['ı', 'I'],
    ['ŉ', 'ŉ'],
    ['ᾳ', 'ᾼ'],
    ['ᾀᾘᾯ', 'ᾈᾘᾯ'],
    ['ῃῼ', 'ῌῼ'],
    ['ǆǅ', 'ǄǄ'],
    ['𐐨', '𐐀'],
    ['ΐ', 'ΐ'],
  ])('upper case of %s', (text, expected) => {
    expect(goUpper(text)).toBe(expected);
  });

  it.each([
    ['ΑΣ', 'ασ'],
    ['İ', 'i'],
    ['ẞ', 'ß'],
    ['ᾈ', 'ᾀ'],
    ['𐐀', '𐐨'],
  ])('lower case of %s', (text, expected) => {
    expect(goLower(text)).toBe(expected);
  });

  it.each([
    ['K', 'k', true],
    ['ſ', 'S', true],
    ['ß', 'ẞ', true],
    ['ß', 'ss', false],
    ['İ', 'i', false],
    ['ı', 'I', false],
    ['ς', 'Σ', true],
    ['ǅ', 'ǆ', true],
    ['ᾳ', 'ᾼ', true],
    ['a', 'ab', false],
  ])('%s and %s are equal but for case: %s', (left, right, expected) => {
    expect(goEqualFold(left, right)).toBe(expected);
    expect(goEqualFold(right, left)).toBe(expected);
  });

  it.each([
    ['a٫b', 'A٫b'],
    ['a˘b', 'A˘B'],
    ['アadmin', 'アAdmin'],
    ['aーb', 'AーB'],
    ['aไb', 'AไB'],
    ['a\u200bb', 'A\u200bB'],
    ['a\u200db', 'A\u200db'],
    ["a'b", "A'b"],
    ["a''b", "A''B"],
    ['aΣ.', 'Aς.'],
    ['aΣ.b', 'Aσ.b'],
    ['ᾳ', 'ᾼ'],
    ['ᾲx', 'Ὰͅx'],
    ['ǆ', 'ǅ'],
    ['აბ', 'აბ'],
    ['և', 'Եւ'],
    ['aİ', 'Ai̇'],
  ])('title case of %s', (text, expected) => {
    expect(goTitle(text)).toBe(expected);
  });

  it('quoting', () => {
    expect(goQuote('a"\\\n\t\x00\x7fé\u00a0\u200b\u{e0001}')).toBe(
      '"a\\"\\\\\\n\\t\\x00\\x7fé\\u00a0\\u200b\\U000e0001"',
    );
  });
});

it('cases map code point by code point', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect([...goUpper(text)]).toHaveLength([...text].length);
      expect([...goLower(text)]).toHaveLength([...text].length);
      expect(goEqualFold(text, text)).toBe(true);
    }),
  );
});
