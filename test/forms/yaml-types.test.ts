import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/document/yaml.js';
import {
  decodeBase64,
  goFloat,
  pythonFloat,
  resolveKey,
  resolvePlain,
  resolveScalar,
  writeValue,
  type YamlDialect,
} from '../../src/forms/yaml-types.js';

const DIALECTS: readonly YamlDialect[] = ['go-yaml-v2', 'go-yaml-v3', 'pyyaml'];

/** Text, then what it is written out as: Helm and Kubernetes, Compose, Ansible. Null is `null`. */
const TEXTS: readonly (readonly [string, string | null, string | null, string | null])[] = [
  ['yes', 'true', 'yes', 'True'],
  ['Off', 'false', 'Off', 'False'],
  ['y', 'true', 'y', 'y'],
  ['N', 'false', 'N', 'N'],
  ['yEs', 'yEs', 'yEs', 'yEs'],
  ['truE', 'truE', 'truE', 'truE'],
  ['TRUE', 'true', 'true', 'True'],
  ['~', null, null, null],
  ['', null, null, null],
  ['nULL', 'nULL', 'nULL', 'nULL'],
  ['0123', '83', '83', '83'],
  ['-017', '-15', '-15', '-15'],
  ['0o17', '15', '15', '0o17'],
  ['089', '89', '89', '089'],
  ['0x1F', '31', '31', '31'],
  ['0b101', '5', '5', '5'],
  ['0b2', '0b2', '0b2', '0b2'],
  ['1_000', '1000', '1000', '1000'],
  ['_1', '_1', '_1', '_1'],
  ['12:30', '12:30', '12:30', '750'],
  ['1:2:3.5', '1:2:3.5', '1:2:3.5', '3723.5'],
  ['1e3', '1000', '1000', '1e3'],
  ['1.0e+3', '1000', '1000', '1000.0'],
  ['1e400', '1e400', '1e400', '1e400'],
  ['1.10', '1.1', '1.1', '1.1'],
  ['.5', '0.5', '0.5', '0.5'],
  ['-.5', '-0.5', '-0.5', '-.5'],
  ['1.', '1', '1', '1.0'],
  ['1000000', '1000000', '1000000', '1000000'],
  ['1000000.0', '1e+06', '1e+06', '1000000.0'],
  ['0.00001', '1e-05', '1e-05', '1e-05'],
  ['12345678901234567890', '12345678901234567890', '12345678901234567890', '12345678901234567890'],
  ['.inf', '+Inf', '+Inf', 'inf'],
  ['-.INF', '-Inf', '-Inf', '-inf'],
  ['.nan', 'NaN', 'NaN', 'nan'],
  ['2024-01-02', '2024-01-02', '2024-01-02 00:00:00 +0000 UTC', '2024-01-02'],
  ['2024-1-2', '2024-1-2', '2024-01-02 00:00:00 +0000 UTC', '2024-1-2'],
  ['2024-13-02', '2024-13-02', '2024-13-02', null],
  [
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43.1 -0500 -0500',
    '2001-12-14 21:59:43.100000-05:00',
  ],
  ['2001-12-14 21:59', '2001-12-14 21:59', '2001-12-14 21:59', '2001-12-14 21:59'],
  ['2001-1-4 21:59:43', '2001-1-4 21:59:43', '2001-01-04 21:59:43 +0000 UTC', '2001-01-04 21:59:43'],
  ['openid', 'openid', 'openid', 'openid'],
  ['-', '-', '-', '-'],
];

describe('unquoted texts', () => {
  it.each(TEXTS)('%s', (text, ...wanted) => {
    const written = DIALECTS.map((dialect) => writeValue(resolvePlain(text, dialect), dialect) ?? null);
    expect(written).toEqual(wanted);
  });
});

function scalarOf(text: string) {
  const root = parseYaml({ path: 'a.yaml', text, form: 'helm-values' }).roots[0];
  if (root?.kind !== 'scalar') throw new Error('no scalar');
  return root;
}

describe('tags', () => {
  it.each([
    ['!!int "5"', '5', '5'],
    ['!!bool "yes"', 'true', 'True'],
    ['!!float 5', '5', '5.0'],
    ['!!float 1e3', '1000', '1000.0'],
    ['!!str 5', '5', '5'],
    ['!!binary aGk=', 'hi', 'hi'],
    ['! 5', '5', '5'],
    ['!vault x', 'x', 'x'],
  ])('%s', (text, go, python) => {
    expect(writeValue(resolveScalar(scalarOf(text), 'go-yaml-v2'), 'go-yaml-v2')).toBe(go);
    expect(writeValue(resolveScalar(scalarOf(text), 'pyyaml'), 'pyyaml')).toBe(python);
  });

  it('refuses a text that does not fit', () => {
    expect(resolveScalar(scalarOf('!!int x'), 'go-yaml-v2')).toEqual({
      type: 'invalid',
      message: 'the text does not fit its tag !!int',
    });
  });

  it.each(['"yes"', "'0123'", '|-\n  yes\n'])('quotes and blocks are text: %s', (text) => {
    expect(resolveScalar(scalarOf(text), 'go-yaml-v2').type).toBe('string');
  });
});

describe('keys', () => {
  it('takes an unquoted yes for true, a quoted one as it is', () => {
    const text = 'yes: 1\n"on": 2\n0123: 3\nplain: 4\n';
    const root = parseYaml({ path: 'a.yaml', text, form: 'helm-values' }).roots[0];
    if (root?.kind !== 'mapping') throw new Error('no mapping');
    expect(root.entries.map((entry) => resolveKey(entry, text, 'go-yaml-v2').key)).toEqual([
      'true',
      'on',
      '83',
      'plain',
    ]);
    expect(root.entries.map((entry) => resolveKey(entry, text, 'go-yaml-v3').key)).toEqual([
      'yes',
      'on',
      '83',
      'plain',
    ]);
  });
});

describe('numbers', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(goFloat(value))).toBe(value);
        expect(Number(pythonFloat(value))).toBe(value);
      }),
    );
  });

  it('never throws for any text, and says one of its types', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-+._:eExXobTtZ0-9 ]{0,14}$/), fc.constantFrom(...DIALECTS), (text, dialect) => {
        const value = resolvePlain(text, dialect);
        expect(['null', 'boolean', 'integer', 'float', 'timestamp', 'string', 'invalid']).toContain(value.type);
        if (value.type === 'string') expect(value.text).toBe(text);
      }),
    );
  });
});

describe('base64', () => {
  it.each([
    ['aGk=', 'hi'],
    ['aG\nk=\n', 'hi'],
    ['', ''],
    ['aGk', undefined],
    ['my_secret!', undefined],
  ])('%j', (text, wanted) => {
    expect(decodeBase64(text)).toBe(wanted);
  });
});
