import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { javaDouble, NumberText } from '../../src/dashboard/java-number.js';
import { parseJavaUri } from '../../src/dashboard/java-uri.js';
import { fromPlain, parseJson, toPlain } from '../../src/dashboard/json.js';

/** Text, and what java.net.URI of OpenJDK 17 makes of it: scheme and host, or null where it throws. */
const URIS: readonly [string, [string | null, string | null] | null][] = JSON.parse(
  readFileSync('fixtures/golden/java-uri.json', 'utf8'),
);

describe('URIs as Java reads them', () => {
  it(`agrees in ${URIS.length} texts`, () => {
    for (const [text, expected] of URIS) {
      const uri = parseJavaUri(text);
      expect([text, uri === undefined ? null : [uri.scheme, uri.host]]).toEqual([text, expected]);
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true })), (text) => {
        parseJavaUri(text);
      }),
    );
  });
});

describe('numbers as Java writes them', () => {
  it.each([
    [12345678.9, '1.23456789E7'],
    [1, '1.0'],
    [100, '100.0'],
    [0.001, '0.001'],
    [0.00099, '9.9E-4'],
    [1e7, '1.0E7'],
    [9999999.5, '9999999.5'],
    [-3.25, '-3.25'],
    [-0, '-0.0'],
    [1e21, '1.0E21'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('%d', (value, text) => expect(javaDouble(value)).toBe(text));

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Number(javaDouble(value))).toBe(value);
      }),
    );
  });

  it.each([
    ['42', '42'],
    ['1.0', '1.0'],
    ['1e2', '100.0'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1e999', 'Infinity'],
  ])('%s as text is %s', (written, text) => expect(String(new NumberText(written))).toBe(text));
});

describe('JSON with its numbers as written', () => {
  it('agrees with JSON.parse', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        expect(toPlain(parseJson(text)!)).toEqual(JSON.parse(text));
        expect(toPlain(fromPlain(value))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '',
    '{',
    '{"a"}',
    '{"a":}',
    '[1,]',
    '{"a":1,}',
    "{'a':1}",
    '01',
    '+1',
    '1.',
    '.5',
    'nul',
    '"a\nb"',
    '"\\x"',
    '"\\u12"',
    '"',
    `${'['.repeat(600)}`,
  ])('refuses %j', (text) => {
    // 01 and 1. begin with a number, and text behind the value is ignored
    if (text === '01' || text === '1.') expect(parseJson(text)).toBeInstanceOf(NumberText);
    else expect(parseJson(text)).toBeUndefined();
  });

  it('lets the last of equal keys win and keeps odd keys', () => {
    expect(toPlain(parseJson('{"a":1,"a":2,"__proto__":3} behind')!)).toEqual(JSON.parse('{"a":2,"__proto__":3}'));
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]":,0-.eEtruefalsn\\u \n') }),
        (text) => void parseJson(text),
      ),
    );
  });
});
