import { describe, expect, it } from 'vitest';
import { createStyle, wantsColor, wantsUnicode } from '../../src/report/style.js';

const terminal = { isTTY: true, columns: 80 };
const pipe = { isTTY: false, columns: undefined };

it.each([
  ['auto', terminal, {}, true],
  ['auto', pipe, {}, false],
  ['never', terminal, { FORCE_COLOR: '1' }, false],
  ['always', pipe, { NO_COLOR: '1' }, true],
  ['auto', terminal, { NO_COLOR: '1' }, false],
  ['auto', terminal, { NO_COLOR: '' }, true],
  ['auto', pipe, { FORCE_COLOR: '1' }, true],
  ['auto', pipe, { FORCE_COLOR: '' }, true],
  ['auto', terminal, { FORCE_COLOR: '0' }, false],
  ['auto', terminal, { FORCE_COLOR: 'false' }, false],
  ['auto', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['auto', terminal, { TERM: 'dumb' }, false],
  ['auto', pipe, { TERM: 'dumb', FORCE_COLOR: '1' }, true],
] as const)('--color %s on %j with %j: %s', (mode, stream, env, expected) => {
  expect(wantsColor(mode, stream, env)).toBe(expected);
});

it.each([
  [{ LANG: 'C' }, 'linux', false],
  [{ LANG: 'C.UTF-8' }, 'linux', true],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, 'linux', false],
  [{}, 'linux', true],
  [{ TERM: 'linux' }, 'linux', false],
  [{}, 'win32', false],
  [{ WT_SESSION: 'x' }, 'win32', true],
])('%j on %s shows symbols: %s', (env, platform, expected) => {
  expect(wantsUnicode(env, platform)).toBe(expected);
});

describe('a style', () => {
  it('leaves text alone without colour', async () => {
    const style = await createStyle('auto', pipe, {}, 'linux');
    expect([style.red('a'), style.bold('b'), style.symbols.ok, style.width]).toEqual(['a', 'b', '✔', 100]);
  });

  it('paints with colour whatever chalk thinks of the environment', async () => {
    const style = await createStyle('always', pipe, { LANG: 'C', COLUMNS: '72' }, 'linux');
    expect([style.red('a'), style.symbols.arrow, style.width]).toEqual(['\x1b[31ma\x1b[39m', '->', 72]);
  });
});
