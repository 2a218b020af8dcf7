import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIni } from '../../src/document/ini.js';
import { writeIniValue } from '../../src/document/ini-write.js';
import { compile } from '../../src/expression/compile.js';
import {
  type ClaimShape,
  claimPath,
  groupsExpression,
  literal,
  roleExpression,
} from '../../src/init/role-expression.js';
import { deadRows, type RoleRow, readRoleRow, TABLE_ROLES } from '../../src/init/role-table.js';

const DIALECTS = ['classic', 'community'] as const;

const evaluate = (expression: string, document: unknown) =>
  DIALECTS.map((dialect) => {
    const compiled = compile(expression, dialect);
    const result = compiled.error === undefined ? compiled.evaluate(document) : compiled;
    expect(result.error, `${dialect}: ${expression} on ${JSON.stringify(document)}`).toBeUndefined();
    return result.error === undefined && 'value' in result ? result.value : undefined;
  });

/** Names as directories have them, and what quoting could stumble over. */
const group = fc.oneof(
  fc.constantFrom(
    'admins',
    'grafana-admins',
    'Ünïcode 組',
    "O'Brien's",
    'ACME\\admins',
    'a\\\\b',
    'end\\',
    'x"y',
    '"""',
    '`tick`',
  ),
  fc.constantFrom(
    '${HOME}',
    '$__env{X}',
    '%(name)s',
    '{{ x }}',
    '#1',
    'a;b',
    'cn=admins,dc=acme',
    '/eng/platform',
    "\\'",
    'a b',
    '😀',
  ),
  fc.string({ unit: fc.constantFrom(...'ab\'"\\`$%{}#;=, |&()[]@.é'), minLength: 1, maxLength: 8 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((text) => !/[\x00-\x1f\x7f]/.test(text)),
);

const rows = fc.array(fc.record({ value: group, role: fc.constantFrom(...TABLE_ROLES) }), {
  minLength: 1,
  maxLength: 5,
});

const claimName = fc.oneof(
  fc.constantFrom('groups', 'cognito:groups', 'https://acme.org/roles', 'my-claim', 'a.b', '$x', 'ü'),
  fc.string({ unit: fc.constantFrom(...'ab"\\`$%{}#;\'.:/-'), minLength: 1, maxLength: 6 }),
);

const first = (table: readonly RoleRow[], has: readonly string[]) =>
  table.find((row) => has.includes(row.value))?.role ?? false;

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** What Grafana reads where the expression stands in an INI file. */
function throughIni(expression: string): string {
  const { sections, problems } = parseIni({
    path: '',
    text: `[s]\nrole_attribute_path = ${writeIniValue(expression)}\n`,
  });
  expect(problems).toEqual([]);
  return sections[1]!.entries[0]!.value;
}

describe('a role table as an expression', () => {
  it('gives the role of the first row that fits, in both libraries, also out of an INI file', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(claimName, { minLength: 1, maxLength: 3 }),
        fc.array(group, { maxLength: 4 }),
        fc.nat(4),
        (table, path, others, pick) => {
          const has = pick === 0 ? others : [...others, table[pick % table.length]!.value];
          const expression = throughIni(roleExpression(table, { path, shape: 'list' }));
          for (const value of evaluate(expression, nested(path, has))) expect(value).toBe(first(table, has));
          for (const value of evaluate(expression, nested(path, has[0] ?? null)))
            expect(value).toBe(first(table, has.slice(0, 1)));
          for (const document of [{}, nested(path, null), nested(path, []), nested(path.slice(0, -1), null) ?? {}])
            for (const value of evaluate(expression, document)) expect(value).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('reads the keys of an object, one text, and a text with delimiters', () => {
    fc.assert(
      fc.property(rows, claimName, fc.nat(4), fc.constantFrom(',', ';', '; ', ' '), (table, claim, pick, delimiter) => {
        const has = table[pick % table.length]!.value;
        const check = (shape: ClaimShape, held: unknown, expected: unknown) => {
          const expression = throughIni(roleExpression(table, { path: [claim], shape, delimiter }));
          for (const value of evaluate(expression, { [claim]: held })) expect(value || false).toBe(expected);
        };
        check('map', { [has]: { 1: 'acme.org' } }, first(table, [has]));
        check('map', undefined, false);
        check('value', has, first(table, [has]));
        check('value', null, false);
        const whole = table.filter(
          (row) => !row.value.includes(delimiter.trim() || ' ') && row.value.trim() === row.value,
        );
        fc.pre(whole.length > 0 && whole.every((row) => row.value !== ''));
        const names = whole.map((row) => row.value);
        const expression = throughIni(roleExpression(whole, { path: [claim], shape: 'delimited', delimiter }));
        const given = (held: unknown) => evaluate(expression, { [claim]: held });
        for (const value of given(names.join(delimiter))) expect(value).toBe(whole[0]!.role);
        for (const value of given(names)) expect(value).toBe(whole[0]!.role);
        for (const value of given(names.at(-1))) expect(value).toBe(first(whole, names.slice(-1)));
        for (const value of given(undefined)) expect(value).toBe(false);
        for (const value of given(`x${names[0]}`)) expect(value).toBe(first(whole, [`x${names[0]}`]));
      }),
      { numRuns: 300 },
    );
  });

  it('has the form the documentation of presets shows where names are plain', () => {
    const table = [
      { value: 'grafana-admins', role: 'Admin' },
      { value: 'grafana-editors', role: 'Editor' },
    ] as const;
    expect(roleExpression(table, { path: ['groups'], shape: 'list' })).toBe(
      "contains([groups][], 'grafana-admins') && 'Admin' || contains([groups][], 'grafana-editors') && 'Editor'",
    );
    expect(roleExpression(table.slice(0, 1), { path: claimPath('cognito:groups'), shape: 'list' })).toBe(
      `contains(["cognito:groups"][], 'grafana-admins') && 'Admin'`,
    );
    expect(
      roleExpression([{ value: 'admin', role: 'Admin' }], {
        path: claimPath('urn:zitadel:iam:org:project:roles'),
        shape: 'map',
      }),
    ).toBe(`@."urn:zitadel:iam:org:project:roles".admin && 'Admin'`);
    expect(roleExpression([], { path: ['groups'], shape: 'list' })).toBe('');
  });

  it('never begins with a quote, a backtick or a comment sign', () => {
    fc.assert(
      fc.property(
        rows,
        claimName,
        fc.constantFrom<ClaimShape>('list', 'value', 'map', 'delimited'),
        (table, claim, shape) => {
          expect(roleExpression(table, { path: [claim], shape })).not.toMatch(/^["'`#;]/);
        },
      ),
    );
  });

  it('keeps everything that expands out of the text', () => {
    fc.assert(
      fc.property(rows, claimName, (table, claim) => {
        expect(roleExpression(table, { path: [claim], shape: 'list' })).not.toMatch(/\$|%\(|\{\{|;|#/);
      }),
    );
  });

  it('gives the groups as a list', () => {
    for (const [shape, held] of [
      ['list', ['a', 'b']],
      ['value', 'a'],
      ['map', { a: 1 }],
    ] as const) {
      const [value] = evaluate(groupsExpression({ path: ['x:y'], shape })!, { 'x:y': held });
      expect(value).toEqual(shape === 'list' ? ['a', 'b'] : ['a']);
      for (const nothing of evaluate(groupsExpression({ path: ['x:y'], shape })!, {})) expect(nothing).toEqual([]);
    }
    expect(groupsExpression({ path: ['g'], shape: 'delimited' })).toBeUndefined();
  });
});

describe('a claim as people write it', () => {
  it.each([
    ['groups', ['groups']],
    ['realm_access.roles', ['realm_access', 'roles']],
    ['resource_access.my-client.roles', ['resource_access', 'my-client', 'roles']],
    ['cognito:groups', ['cognito:groups']],
    ['https://grafana.acme.org/roles', ['https://grafana.acme.org/roles']],
    ['"a.b".c', ['a.b', 'c']],
    ['@."cognito:groups"', ['cognito:groups']],
    ['resource_access."my.client".roles', ['resource_access', 'my.client', 'roles']],
  ])('%s', (text, path) => expect(claimPath(text)).toEqual(path));
});

describe('a literal', () => {
  it('is plain where it can be', () => {
    expect(literal('grafana-admins')).toBe("'grafana-admins'");
    expect(literal("O'Brien")).toBe("'O\\'Brien'");
    expect(literal('ACME\\admins')).toBe("'ACME\\admins'");
    expect(literal('a\\\\b')).toBe('`"a\\\\\\\\b"`');
    expect(literal('${HOME}')).toBe('`"\\u0024\\u007bHOME\\u007d"`');
  });
});

describe('a row', () => {
  it('is read from its last "=", in any spelling of the role', () => {
    expect(readRoleRow('cn=admins,dc=acme = admin')).toEqual({ value: 'cn=admins,dc=acme', role: 'Admin' });
    expect(readRoleRow('root=grafana-admin')).toEqual({ value: 'root', role: 'GrafanaAdmin' });
  });

  it.each(['admins', '=Admin', 'x=Owner', 'x=', 'a\tb=Admin'])('is refused: %j', (text) => {
    expect(() => readRoleRow(text)).toThrow(/role/);
  });

  it('behind another for the same value never counts', () => {
    const table = ['a=Admin', 'b=Editor', 'a=Viewer'].map(readRoleRow);
    expect(deadRows(table)).toEqual([{ value: 'a', role: 'Viewer' }]);
  });
});
