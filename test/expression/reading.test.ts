import { describe, expect, it } from 'vitest';
import { type CompiledExpression, compile, type DialectName } from '../../src/expression/compile.js';
import { readExpression, type StaticReading } from '../../src/expression/reading.js';

function compiled(source: string, dialect: DialectName = 'community'): CompiledExpression {
  const result = compile(source, dialect);
  if (result.error !== undefined) throw new Error(`${source}: ${result.error.message}`);
  return result;
}

const read = (source: string, dialect?: DialectName): StaticReading => readExpression(compiled(source, dialect));

const CHAIN = "contains(groups[*], 'admin') && 'Admin' || contains(groups[*], 'editor') && 'Editor' || 'Viewer'";

describe('results', () => {
  it.each([
    [CHAIN, ['Admin', 'Editor', 'Viewer']],
    ["[contains(groups[*], 'a') && 'Admin', 'Viewer'][?@] | [0]", ['Admin', 'Viewer']],
    ["not_null(role, 'Viewer')", ['Viewer']],
    ["let $g = groups in contains($g, 'x') && 'Admin' || 'None'", ['Admin', 'None']],
    ["{a: 'Admin'}.a", ['Admin']],
    ["'Admin' && 'Editor'", ['Editor']],
    ["'' || 'Editor'", ['Editor']],
    ['roles[0]', []],
    ["contains('x', 'y') && 'Admin' || 'Viewer'", ['Viewer']],
    ["lower('ADMIN')", ['admin']],
  ])('%s gives %j', (source, texts) => {
    expect(read(source).texts.map(({ value }) => value)).toEqual(texts);
  });

  it.each([
    ['role', true],
    ['info | roles[0]', true],
    ['lower(role)', true],
    ["role == 'x' && 'Admin'", false],
    ['roles[*]', false],
  ])('%s: any text is possible: %j', (source, open) => {
    expect(read(source).open).toBe(open);
  });

  it.each([
    ['roles[*]', ['array']],
    ["contains(groups, 'a')", ['boolean']],
    ['length(groups)', ['number']],
    ['{a: b}', ['object']],
    ["contains(groups, 'a') && 'Admin'", []],
    ['resource_access.my-client.roles', ['number']],
  ])('%s can be %j', (source, types) => {
    expect(read(source).otherTypes.map(({ type }) => type)).toEqual(types);
  });

  it('knows what fails always, sometimes and never', () => {
    expect(read("nope(role) || 'Viewer'")).toMatchObject({ alwaysFails: true });
    expect(read("role = 'editor'")).toMatchObject({ alwaysFails: true });
    expect(read(CHAIN)).toMatchObject({ alwaysFails: false, mayFail: true, mayBeEmpty: false });
    expect(read("role == 'x' && 'Admin' || 'Viewer'")).toMatchObject({ mayFail: false, mayBeEmpty: false });
    expect(read('lower(role)', 'classic')).toMatchObject({ alwaysFails: true });
    expect(read("groups[?contains(@, 'x')] | [0]")).toMatchObject({ mayFail: true, mayBeEmpty: true });
  });

  it('stays small where a pipe multiplies what is possible', () => {
    const source = `[${"a || 'x', ".repeat(300)}'y'][] | [@, @][] | [@, @][] | [0]`;
    expect(read(source).results.length).toBeLessThanOrEqual(101);
  });
});

describe('the tail', () => {
  it('is the literal everybody gets', () => {
    expect(read(CHAIN).tail).toEqual({
      value: 'Viewer',
      text: "'Viewer'",
      span: { start: CHAIN.length - 8, end: CHAIN.length },
    });
    expect(read("role || 'Viewer'").tail?.value).toBe('Viewer');
    expect(read("role && 'Viewer'").tail).toBeUndefined();
    expect(read("contains(groups, 'a') && 'Admin' || role").tail).toBeUndefined();
    expect(read("role || ''").tail).toBeUndefined();
  });
});

describe('claims', () => {
  it.each([
    [CHAIN, ['groups', 'groups']],
    ["contains(realm_access.roles[*], 'a') && 'Admin'", ['realm_access.roles']],
    ['resource_access."my-client".roles[0]', ['resource_access.my-client.roles']],
    ["objs[?name=='a'].role | [0]", ['objs.[].name', 'objs.[].role']],
    ['info | roles[0]', ['info.roles']],
    ['$.a.b', ['a.b']],
    ['let $g = x.groups in $g[0].name', ['x.groups.[].name']],
    ["'Viewer'", []],
    ['{a: b}.a.c', ['b.c']],
  ])('%s reads %j', (source, paths) => {
    expect(read(source).claims.map(({ path }) => path.join('.'))).toEqual(paths);
  });

  it('have places', () => {
    const [claim] = read("contains(realm_access.roles[*], 'a')").claims;
    expect(claim).toEqual({ path: ['realm_access', 'roles'], text: 'realm_access.roles', span: { start: 9, end: 27 } });
    expect(read("objs[?name=='a']").claims.map(({ text }) => text)).toEqual(['name']);
  });
});

describe('contains', () => {
  it.each([
    ["contains(groups[*], 'a')", true, false],
    ["contains(groups, 'a')", true, true],
    ["contains(groups || `[]`, 'a')", false, true],
    ["contains(not_null(groups[*], `[]`), 'a')", false, false],
    ["contains(keys(roles), 'a')", false, false],
    ["contains('abc', 'a')", false, false],
  ])('%s: fails on a missing claim %j, matches parts %j', (source, failsOnMissing, matchesParts) => {
    expect(read(source).contains).toMatchObject([{ failsOnMissing, matchesParts }]);
  });
});

describe('what is never reached', () => {
  it.each([
    ["'Admin' || contains(x, 'y') && 'Editor'", "contains(x, 'y') && 'Editor'", "'Admin'"],
    ["contains('custom:groups', 'x') && 'Admin' || 'Viewer'", "'Admin'", "contains('custom:groups', 'x')"],
    ["role == 'a' && 'A' || 'Viewer' || role", 'role', "'Viewer'"],
    ["(`null` && role) || 'x'", 'role', '`null`'],
  ])('%s: %s', (source, text, because) => {
    expect(read(source).unreached).toMatchObject([{ text, because: { text: because } }]);
  });

  it('is not what may be reached', () => {
    for (const source of [CHAIN, "role || 'x' || y".slice(0, 11), "a && 'x' || 'y'", "nope(a) || 'x'"])
      expect(read(source).unreached).toEqual([]);
  });
});

describe('suspicions', () => {
  it.each([
    [
      'contains(groups[*], \'a\') && Admin || "viewer"',
      [
        ['role-as-claim', 'Admin', "'Admin'"],
        ['role-as-claim', '"viewer"', "'Viewer'"],
      ],
    ],
    ['contains(groups[*], "admin") && \'Admin\'', [['text-as-claim', '"admin"', "'admin'"]]],
    ["contains(groups[*], admin) && 'Admin'", [['text-as-claim', 'admin', "'admin'"]]],
    ['role == "admin" && \'Admin\'', [['text-as-claim', '"admin"', "'admin'"]]],
    ["contains('cognito:groups', 'x') && 'Admin'", [['claim-as-text', "'cognito:groups'", '"cognito:groups"']]],
    [
      "\"contains(groups, 'a') && 'Admin'\"",
      [['whole-in-quotes', "\"contains(groups, 'a') && 'Admin'\"", "contains(groups, 'a') && 'Admin'"]],
    ],
    ['resource_access.my-client.roles[0]', [['hyphen', 'my-client', '"my-client"']]],
    ["is_admin == 'true' && 'Admin'", [['boolean-as-text', "'true'", '`true`']]],
    ["contains(groups[*], ['a', 'b']) && 'Admin'", [['list-as-needle', "['a', 'b']", undefined]]],
  ])('%s', (source, expected) => {
    expect(read(source).suspicions.map(({ kind, text, replacement }) => [kind, text, replacement])).toEqual(expected);
  });

  it.each([
    CHAIN,
    'role',
    '"cognito:groups"[0]',
    "admin && 'Admin'",
    'a == b',
    'num - 1'.replace('1', 'other'),
    'num - num',
  ])('has none about %s', (source) => {
    expect(read(source).suspicions).toEqual([]);
  });
});
