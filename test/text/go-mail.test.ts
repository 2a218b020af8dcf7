import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMailAddress } from '../../src/text/go-mail.js';

interface FunctionCase {
  name: string;
  input: { fn: string; in: string };
  expected: { out?: string; error?: string };
}

const cases = (JSON.parse(readFileSync('fixtures/golden/functions.json', 'utf8')) as FunctionCase[]).filter(
  (one) => one.input.fn === 'mail.ParseAddress',
);

describe('parseMailAddress', () => {
  it('has its cases', () => expect(cases.length).toBe(70));

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const parsed = parseMailAddress(one.input.in);
    if (one.expected.error === undefined) expect(parsed).toEqual({ ok: true, address: one.expected.out });
    else {
      expect(parsed.ok).toBe(false);
      // Go quotes characters its own way; the words are the same
      if (!parsed.ok) expect(parsed.error.replace(/".*$/s, '')).toBe(one.expected.error.replace(/".*$/s, ''));
    }
  });

  it('reads what people have in upn', () => {
    const read = (text: string) => {
      const parsed = parseMailAddress(text);
      return parsed.ok ? parsed.address : null;
    };
    expect(read('g: a@x;')).toBe('a@x');
    expect(read('g: a@x, b@x;')).toBeNull();
    expect(read('g:;')).toBeNull();
    expect(read('u@x (c (nested) \\) )')).toBe('u@x');
    expect(read('u@x (open')).toBeNull();
    expect(read('N =?x?q?y?= <a@b>')).toBe('a@b');
    // Among the words of a name a bracket is a character like others, not the start of a comment.
    expect(read('N (x) M <a@b>')).toBe('a@b');
    expect(read('N (x <a@b>')).toBe('a@b');
    expect(read('N (a<b) <a@b>')).toBeNull();
    expect(read('N (\0) <a@b>')).toBeNull();
    expect(read('a@b (=?x?q?y?=)')).toBeNull();
    expect(read('u@[127.0.0.1]')).toBeNull();
    expect(read('CORP\\ada')).toBeNull();
  });

  it('never throws, and what it finds holds an @', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aé@.<>()";:, \\=?q_😀') }), (text) => {
        const parsed = parseMailAddress(text);
        if (parsed.ok) expect(parsed.address).toContain('@');
      }),
    );
  });
});
