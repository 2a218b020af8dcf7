import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fingerprints } from '../../src/rules/fingerprint.js';

const at = (line: number, column = 1) => ({ start: { line, column }, end: { line, column: column + 3 } });
const finding = (line: number, more: object = {}) => ({
  rule: 'duplicate-key',
  section: 'auth.generic_oauth',
  option: 'enabled',
  range: at(line),
  ...more,
});

describe('a fingerprint', () => {
  const text = '[auth.generic_oauth]\nenabled = true\nenabled = false\n';

  it('is 16 digits and stays the same when lines move, are indented, or change their ends', () => {
    const before = new Fingerprints(text).base(finding(3));
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(new Fingerprints(`; new\n\n${text}`).base(finding(5))).toBe(before);
    expect(new Fingerprints(text.replaceAll('\n', '\r\n')).base(finding(3))).toBe(before);
    expect(new Fingerprints(text.replace('enabled = false', '\t enabled  =\tfalse ')).base(finding(3))).toBe(before);
  });

  it('differs by rule, option, variable and what the line says', () => {
    const all = [
      new Fingerprints(text).base(finding(2)),
      new Fingerprints(text).base(finding(3)),
      new Fingerprints(text).base(finding(3, { rule: 'other' })),
      new Fingerprints(text).base(finding(3, { option: 'name' })),
      new Fingerprints('').base({ rule: 'env-quotes', source: 'env:GF_A' }),
      new Fingerprints('').base({ rule: 'env-quotes', source: 'env:GF_B' }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('numbers findings that only their order tells apart', () => {
    const prints = new Fingerprints('a = 1\na = 1\n');
    const [first, second] = [prints.next(finding(1)), prints.next(finding(2))];
    expect(first).toMatch(/:1$/);
    expect(second).toBe(first.replace(/:1$/, ':2'));
  });

  it('says nothing of a secret: two secrets have one fingerprint, whatever their length', () => {
    const print = (secret: string) => new Fingerprints(`client_secret = ${secret}\n`).base(finding(1));
    expect(print('hunter2-and-more')).toBe(print('c0rrect-horse'));
  });

  it('hardly ever meets another one', () => {
    const prints = new Set<string>();
    for (let at = 0; at < 50_000; at++) prints.add(new Fingerprints('').base({ rule: `r${at}`, option: `${at % 7}` }));
    expect(prints.size).toBe(50_000);
  });

  it('can be taken at any place of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (any, line) => {
        expect(new Fingerprints(any).next(finding(line + 1))).toMatch(/^[0-9a-f]{16}:1$/);
      }),
    );
  });
});
