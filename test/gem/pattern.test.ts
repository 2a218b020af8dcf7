import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goLower, wellFormed } from '../../src/gem/lower.js';
import { compilePattern, patternFacts } from '../../src/gem/pattern.js';
import { parsePattern, refusedSyntax } from '../../src/gem/pattern-syntax.js';

function match(pattern: string, text: string): string | null | undefined {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(compiled.message);
  const { matched, value } = compiled.pattern.match(text);
  return matched ? value : null;
}

describe('matching as Go does it', () => {
  it.each([
    ['(.*)', 'a\nb', 'a'],
    ['(.*)', 'a\rb', 'a\rb'],
    ['(.*)', 'a\u2028b', 'a\u2028b'],
    ['(\\d+)', '\u0661\u0662', null],
    ['(\\s)', '\u00a0', null],
    ['(\\s)', '\v', null],
    ['(\\bé)', 'aé', 'é'],
    ['(?m)(\\d+)$', '12\nx', '12'],
    ['x(.)$', 'x😀', '😀'],
    ['(a|ab)', 'ab', 'a'],
    ['(a*)', 'b', ''],
    ['(a)|b', 'b', ''],
    ['x', 'x', undefined],
    ['(.)', '\ud800', '\ufffd'],
  ])('%s on %j gives %j', (pattern, text, expected) => {
    expect(match(pattern, text)).toBe(expected);
  });

  it('takes linear time where other engines do not', () => {
    expect(match('(x+x+)+y', 'x'.repeat(50_000))).toBeNull();
  });
});

describe('what RE2 refuses', () => {
  it.each([
    ['a(?=b)', 'a look-ahead', 1, 4],
    ['a(?<!b)', 'a negative look-behind', 1, 5],
    ['(a)\\1', 'the back-reference \\1', 3, 5],
    ['(a)\\12', undefined, 0, 0],
    ['[\\]\\Z]', 'the end-of-text anchor \\Z', 3, 5],
    ['x*+', 'the possessive repetition *+', 1, 3],
    ['x{2}+', 'the possessive repetition }+', 3, 5],
    ['[+]+', undefined, 0, 0],
    ['\\++', undefined, 0, 0],
    ['\\Q(?=\\E', undefined, 0, 0],
    ['\\p{Script=Greek}', 'the property Script=Greek', 0, 16],
    ['\\p{Alphabetic}', 'the property Alphabetic', 0, 14],
    ['\\p{^Greek}', undefined, 0, 0],
    ['(?i-s:x)', undefined, 0, 0],
    ['(?x)a', 'the flag x', 0, 3],
    ['(?P<a>x)(?P=a)', 'a back-reference', 8, 12],
    ['x{3,1001}', 'a repetition above 1000', 1, 9],
    ['x{,1001}', undefined, 0, 0],
    ['(?<n>x)', 'a group named with (?<name>…)', 0, 3],
  ])('%s', (pattern, what, start, end) => {
    const [found] = refusedSyntax(pattern);
    expect(found?.what).toBe(what);
    if (what !== undefined) expect(found?.span).toEqual({ start, end });
    expect(compilePattern(pattern).ok).toBe(what === undefined);
  });

  it('says where the library stopped', () => {
    expect(compilePattern('ab[z-a]')).toMatchObject({ ok: false, span: { start: 3, end: 6 } });
    expect(compilePattern(`${'('.repeat(1001)}a${')'.repeat(1001)}`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('nests too deeply'),
    });
  });
});

describe('what can be said of an expression', () => {
  it.each([
    ['pref-([0-9]+)-.*', { anchoredStart: false, anchoredEnd: true, wholeValue: false, canBeEmpty: false }],
    ['^(.+)$', { anchoredStart: true, anchoredEnd: true, wholeValue: true, canBeEmpty: false }],
    ['(?s)(.*)', { anchoredStart: true, anchoredEnd: true, wholeValue: true, canBeEmpty: true }],
    ['(.*?)', { anchoredEnd: false, wholeValue: false }],
    ['\\A(a)\\z', { anchoredStart: true, anchoredEnd: true }],
    ['(?:^a|^b)(c)$', { anchoredStart: true, anchoredEnd: true }],
    ['^a|(b)$', { anchoredStart: false, optional: true }],
    ['a(x)?b', { optional: true, canBeEmpty: false }],
    ['(x|)b', { optional: false, canBeEmpty: true }],
    ['(?:(a)|b)', { optional: true }],
    ['((a)|b)', { groupCount: 2, optional: false, firstGroup: { start: 0, end: 7 } }],
    ['(a)-(b)', { groupCount: 2, otherGroup: { start: 4, end: 7 } }],
    ['(?P<n>a)', { groupCount: 1, firstGroup: { start: 0, end: 8 } }],
    ['[(](a)\\(', { groupCount: 1, firstGroup: { start: 3, end: 6 } }],
    ['(\\Q(\\E)', { groupCount: 1 }],
  ])('%s', (pattern, facts) => expect(patternFacts(pattern)).toMatchObject(facts));

  it('counts the groups the library counts', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '(?:',
      '(?P<a>',
      '[',
      ']',
      '\\',
      'a',
      '*',
      '|',
      '{2}',
      '?',
      '^',
      '(?i)',
      '\\Q',
      '\\E',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const pattern = pieces.join('');
        const compiled = compilePattern(pattern);
        if (compiled.ok) expect(patternFacts(pattern).groupCount).toBe(compiled.pattern.groupCount);
        else expect(compiled.message).not.toBe('');
        expect(parsePattern(pattern).span.start).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('lower case as Go does it', () => {
  it.each([
    ['İ', 'i'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ẞ', 'ß'],
    ['ǅ', 'ǆ'],
    ['𐐀', '𐐨'],
    ['K', 'k'],
    ['TEAM-A_1', 'team-a_1'],
  ])('%s', (text, lower) => expect(goLower(text)).toBe(lower));

  it('turns each letter into exactly one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...goLower(text)].length).toBe([...text].length);
        expect(goLower(goLower(text))).toBe(goLower(text));
      }),
    );
    expect(wellFormed('a\ud800b😀')).toBe('a\ufffdb😀');
  });
});

it('uses no regular expression of JavaScript on the way from a token to its policies', () => {
  const folder = new URL('../../src/gem/', import.meta.url);
  const allowed = new Set(['duration.ts']);
  for (const file of readdirSync(folder)) {
    if (allowed.has(file)) continue;
    const code = readFileSync(new URL(file, folder), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '');
    expect([
      file,
      /new RegExp|\.(?:replace|replaceAll|search|match|matchAll|test|exec)\(\s*\/|[=(,:!&|?]\s*\/[^/*\s].*\//.test(
        code,
      ),
    ]).toEqual([file, false]);
  }
});
