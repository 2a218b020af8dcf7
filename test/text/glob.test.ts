import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../src/text/glob.js';

describe('compileGlob', () => {
  it.each([
    ['p-*.ini', 'p-1.ini', true],
    ['p-*.ini', 'px1.ini', false],
    ['*.ini', 'a/b.ini', false],
    ['**/*.ini', 'a/b.ini', true],
    ['**/*.ini', 'b.ini', true],
    ['a+(b).?ni', 'a+(b).ini', true],
    ['[a-c&].ini', '&.ini', true],
    ['[!a].ini', 'a.ini', false],
    ['[!a].ini', 'b.ini', true],
    ['[^a].ini', '^.ini', true],
    ['{dev,prod-eu}.ini', 'prod-eu.ini', true],
    ['é ~#@*.ini', 'é ~#@1.ini', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(compileGlob(pattern).matches(path)).toBe(expected);
  });

  it('takes what is no pattern after all as a name', () => {
    for (const name of ['[z-a].ini', '{a,{b}.ini', '*{a,{b}'])
      expect([compileGlob(name).matches(name), compileGlob(name).matches('a')]).toEqual([true, false]);
  });
});
