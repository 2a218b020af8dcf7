import { describe, expect, it } from 'vitest';
import { compile, type DialectName } from '../../src/expression/compile.js';
import { hintFor, tokenLength } from '../../src/expression/hints.js';

function advise(source: string, dialect: DialectName = 'community') {
  const compiled = compile(source, dialect);
  const error = compiled.error ?? compiled.evaluate({}).error;
  if (error === undefined) throw new Error(`${source} has no error`);
  const hint = hintFor(source, error, dialect);
  const edit = hint?.edit;
  return {
    help: hint?.help,
    becomes: edit && source.slice(0, edit.span.start) + edit.newText + source.slice(edit.span.end),
    marked: source.slice(error.offset, (error.offset ?? 0) + tokenLength(source, error.offset ?? 0)),
  };
}

describe('what was probably meant', () => {
  it.each<[string, string, DialectName?]>([
    ['cognito:groups', '"cognito:groups"'],
    ["contains(custom:groups[*], 'x') && 'Admin'", "contains(\"custom:groups\"[*], 'x') && 'Admin'"],
    ['urn:zitadel:iam:org:project:roles | keys(@)', '"urn:zitadel:iam:org:project:roles" | keys(@)'],
    ['https://acme.org/roles', '"https://acme.org/roles"'],
    ['https://acme.org/roles', '"https://acme.org/roles"', 'classic'],
    ['resource_access.my-client.roles[0]', 'resource_access."my-client".roles[0]', 'classic'],
    ["contains(groups, 'a') and 'Admin'", "contains(groups, 'a') && 'Admin'"],
    ["contains(groups, 'a') && 'Admin' OR 'Viewer'", "contains(groups, 'a') && 'Admin' || 'Viewer'"],
    ["role = 'x'", "role == 'x'"],
    ["role = 'x'", "role == 'x'", 'classic'],
    ["role === 'x'", "role == 'x'"],
    ['`admin`', "'admin'"],
    ['num > 40', 'num > `40`'],
  ])('%s: %s', (source, becomes, dialect) => {
    expect(advise(source, dialect).becomes).toBe(becomes);
  });

  it.each<[string, RegExp, string, DialectName?]>([
    ["'admin' in groups", /contains\(list, 'element'\)/, 'in'],
    ["not contains(groups, 'a')", /write !/, 'contains'],
    ['info["roles"]', /behind a dot/, '"roles"'],
    ['info[roles]', /behind a dot/, 'roles'],
    ['role &&', /drop the operator/, ''],
    ["contains(groups, 'a(' && length(x)", /bracket that contains\( opens/, ''],
    ["{a: 'b'", /bracket that \{ opens/, ''],
    ["'abc", /close it with '/, "'"],
    ['“admin”', /plain quotes/, '“'],
    ["if(a, 'b', 'c')", /condition && 'a' \|\| 'b'/, 'if'],
    ['toLower(role)', /called lower\(\)/, 'toLower'],
    ['Contains(a, b)', /called contains\(\)/, 'Contains'],
    ['lower(role)', /11\.3/, 'lower', 'classic'],
    ['nonsense(role)', /functions are abs, .*, zip/, 'nonsense'],
    ['`{a}`', /backticks hold JSON/, '`{a}`'],
  ])('%s: %s', (source, help, marked, dialect) => {
    const advice = advise(source, dialect);
    expect(advice.help).toMatch(help);
    expect(advice.marked).toBe(marked);
  });

  it('is nothing where the message says it all', () => {
    expect(advise("contains(groups, 'a')").help).toBeUndefined();
    expect(advise('{a: b: c}').becomes).toBeUndefined();
  });
});
