import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envName } from '../../src/settings/env-names.js';
import { readBoolean, readCommaList, readInteger, readList } from '../../src/settings/read.js';
import { goEqualFold, goLower } from '../../src/text/go-text.js';
import { goTitle } from '../../src/text/go-title.js';

interface FunctionCase {
  readonly name: string;
  readonly input: { readonly fn: string; readonly in: string; readonly args?: readonly [string, string] };
  readonly expected: { readonly out?: unknown; readonly error?: string };
}

const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/functions.json', import.meta.url), 'utf8'),
) as FunctionCase[];

const ours: Readonly<Record<string, (input: FunctionCase['input']) => unknown>> = {
  'cases.Title(Und)': (input) => goTitle(input.in),
  'strings.EqualFold(GrafanaAdmin)': (input) => goEqualFold(input.in, 'GrafanaAdmin'),
  'strings.ToLower': (input) => goLower(input.in),
  'ini Key.MustBool(false)': (input) => readBoolean(input.in) ?? false,
  'ini Key.MustInt(1)': (input) => readInteger(input.in) ?? 1,
  'ini Key.Strings(,)': (input) => readCommaList(input.in),
  'setting.EnvKey': (input) => envName(...input.args!),
  'util.SplitStringWithError newest': (input) => readList(input.in, 'quoted').items,
};

describe.each(Object.entries(ours))('%s', (fn, run) => {
  const own = cases.filter((one) => one.input.fn === fn);

  it('has cases', () => {
    expect(own.length).toBeGreaterThan(3);
  });

  it.each(own.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(run(one.input)).toEqual(one.expected.out);
  });
});

/** The split of a development version that had no JSON lists yet; released versions read those as later ones do. */
describe('lists before 11.1', () => {
  const own = cases.filter((one) => one.input.fn === 'util.SplitString 9.4' && !/^\s*\[/.test(one.input.in));

  it('has cases', () => {
    expect(own.length).toBeGreaterThan(10);
  });

  it.each(own.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(readList(one.input.in, 'words').items).toEqual(one.expected.out);
  });

  const json = cases.filter(
    (one) => one.input.fn.startsWith('util.SplitStringWithError') && /^\s*\[/.test(one.input.in),
  );

  it.each(json.map((one) => [one.name, one] as const))('as from 11.1: %s', (_name, one) => {
    expect(readList(one.input.in, 'words').items).toEqual(one.expected.out);
    expect(readList(one.input.in, 'words').error).toBe(one.expected.error);
  });
});
