import { describe, expect, it } from 'vitest';
import { AttributePath } from '../../src/claims/attribute-path.js';
import { ValueBody } from '../../src/claims/body.js';
import { claimPresence, claimsOf, missingClaims } from '../../src/claims/presence.js';

const path = (expression: string) => new AttributePath('role_attribute_path', expression, 'community');
const claims = (expression: string) => claimsOf(path(expression).compiled!.tree).map((claim) => claim.join('.'));

describe('claimsOf', () => {
  it.each([
    ['role', ['role']],
    ["contains(info.roles[*], 'admin') && 'Admin' || role", ['info.roles', 'role']],
    ['groups[*].name', ['groups.name']],
    ["groups[?type == 'x'].name | [0]", ['groups.type', 'groups.name']],
    ['resource_access."my-client".roles[]', ['resource_access.my-client.roles']],
    ['[given_name, family_name]', ['given_name', 'family_name']],
    ['{a: x.y, b: z}', ['x.y', 'z']],
    ['sort_by(teams, &name)[0].id', ['teams']],
    ['not_null(a, b).c', ['a', 'b']],
    ['@', []],
    ["'Admin'", []],
    ['a | b.c', ['a.b.c']],
    ['!a == b', ['a', 'b']],
  ])('%s reads %j', (expression, found) => expect(claims(expression)).toEqual(found));
});

describe('claimPresence', () => {
  const documents = new Map([
    ['id_token', new ValueBody({ sub: '1', group: ['a'] })],
    ['userinfo', new ValueBody({ sub: '1', realm_access: { roles: ['x'] }, groups: null })],
    ['access_token', new ValueBody({ groups: ['admins'] })],
  ] as const);

  it('says where a claim is, where Grafana looks, and what is there instead', () => {
    expect(
      claimPresence([path("contains(groups[*], 'admins')"), undefined, path('roles')], documents, [
        'id_token',
        'userinfo',
      ]),
    ).toEqual([
      {
        option: 'role_attribute_path',
        claim: 'groups',
        id_token: false,
        userinfo: false,
        access_token: true,
        read: ['id_token', 'userinfo'],
        nearby: [],
      },
      {
        option: 'role_attribute_path',
        claim: 'roles',
        id_token: false,
        userinfo: false,
        access_token: false,
        read: ['id_token', 'userinfo'],
        nearby: ['realm_access.roles'],
      },
    ]);
  });

  it('knows no document where there is none, and no claims of an expression that does not parse', () => {
    expect(claimPresence([path('a')], new Map(), [])).toMatchObject([
      { id_token: null, userinfo: null, access_token: null },
    ]);
    expect(claimPresence([path('a[')], documents, [])).toEqual([]);
  });
});

describe('missingClaims', () => {
  it('names what is missing, with names that look alike', () => {
    expect(missingClaims(path('realm_access.role'), { realm_access: { roles: [] } })).toEqual([
      { claim: 'realm_access.role', nearby: ['realm_access.roles'] },
    ]);
    expect(missingClaims(path('groups[*].name'), { groups: [{ id: 1 }, { name: 'x' }] })).toEqual([]);
    expect(missingClaims(path('"cognito:groups"'), {})).toEqual([{ claim: '"cognito:groups"', nearby: [] }]);
  });
});
