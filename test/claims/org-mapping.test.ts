import { describe, expect, it } from 'vitest';
import { type KnownOrgs, mapOrgRoles, readOrgMapping } from '../../src/claims/org-mapping.js';
import { claimsProfile } from '../../src/claims/profile.js';

const NEWEST = claimsProfile('13.0');
const ORGS = { 'Main Org.': 1, Ops: 2, 'a:b': 4, 'a\\:b': 5 };

function map(
  entries: string[],
  externals: string[],
  { role = '', strict = false, orgs = ORGS as KnownOrgs, profile = NEWEST } = {},
): Record<string, string> | null {
  const mapping = readOrgMapping(entries, profile, orgs, strict);
  const { roles } = mapOrgRoles(mapping, externals, role, strict, { id: '9', role: 'Viewer' }, orgs);
  return roles && Object.fromEntries(roles);
}

describe('org_mapping', () => {
  it.each([
    ['an id', ['x:2:Editor'], ['x'], { 2: 'Editor' }],
    ['a name', ['x:Ops:Editor'], ['x'], { 2: 'Editor' }],
    ['ids as Go reads them', ['x:+2:Editor', 'x:003:Admin'], ['x'], { 2: 'Editor', 3: 'Admin' }],
    ['an id that is too large, and a name nobody has', ['x:99999999999999999999:Editor'], ['x'], { 9: 'Viewer' }],
    ['-1, which is every organization', ['x:-1:Editor'], ['x'], { 1: 'Editor', 2: 'Editor', 4: 'Editor', 5: 'Editor' }],
    ['no role', ['x:2'], ['x'], { 2: 'Viewer' }],
    ['a role in lower case', ['x:2:admin'], ['x'], { 2: 'Viewer' }],
    ['GrafanaAdmin, which is none here', ['x:2:GrafanaAdmin'], ['x'], { 2: 'Viewer' }],
    ['None', ['x:2:None'], ['x'], { 2: 'None' }],
    ['everybody', ['*:2:Editor'], [], { 2: 'Editor' }],
    ['the same twice: the last', ['x:2:Admin', 'x:2:Viewer'], ['x'], { 2: 'Viewer' }],
    ['two of them: the higher', ['x:2:Viewer', 'y:2:Admin'], ['x', 'y'], { 2: 'Admin' }],
    ['everybody and one: the higher', ['*:2:Viewer', 'x:2:Editor'], ['x'], { 2: 'Editor' }],
    [
      'every organization and one',
      ['*:*:Viewer', 'x:2:Admin'],
      ['x'],
      { 1: 'Viewer', 2: 'Admin', 4: 'Viewer', 5: 'Viewer' },
    ],
    ['too few parts', ['x', 'y:2:Editor'], ['x', 'y'], { 2: 'Editor' }],
    ['too many parts', ['x:2:Editor:z'], ['x'], { 9: 'Viewer' }],
    ['nothing that applies', ['x:2:Editor'], ['y'], { 9: 'Viewer' }],
    ['an escaped colon', ['a\\:b:a\\:b:Editor'], ['a:b'], { 4: 'Editor' }],
    ['an escaped colon in the last part', ['x:a\\:b'], ['x'], { 5: 'Viewer' }],
  ])('%s', (_what, entries, externals, roles) => {
    expect(map(entries as string[], externals as string[])).toEqual(roles);
  });

  it('raises mapped organizations to the role of the path, and leaves the others alone', () => {
    expect(map(['x:2:Viewer', 'x:3:Admin'], ['x'], { role: 'Editor' })).toEqual({ 2: 'Editor', 3: 'Admin' });
    expect(map(['x:2:Viewer'], ['y'], { role: 'Editor' })).toEqual({ 9: 'Editor' });
    expect(map(['x:2:Viewer'], ['x'], { role: 'None' })).toEqual({ 2: 'Viewer' });
  });

  it('is void in strict mode for one bad entry', () => {
    for (const bad of ['y', 'y:3', 'y:3:editor', 'y:Nope:Editor', 'y:1:2:3'])
      expect(map(['x:2:Editor', bad], ['x'], { strict: true }), bad).toEqual({});
    expect(map(['x:2:Editor', 'y'], ['x'], { strict: true, role: 'Admin' })).toEqual({ 9: 'Admin' });
    expect(map(['x:2:Editor'], ['x'], { strict: true })).toEqual({ 2: 'Editor' });
  });

  it('synchronizes nothing where Grafana cannot list its organizations', () => {
    expect(map(['x:*:Editor'], ['x'], { orgs: null })).toBeNull();
    expect(map(['x:2:Editor'], ['x'], { orgs: null })).toEqual({ 2: 'Editor' });
  });

  it('says where nothing is known about the organizations', () => {
    const named = readOrgMapping(['x:Ops:Editor'], NEWEST, undefined, false);
    expect(named.entries[0]).toMatchObject({ unknownState: true });
    const all = mapOrgRoles(
      readOrgMapping(['x:*:Editor'], NEWEST, undefined, false),
      ['x'],
      '',
      false,
      { id: '1', role: 'Viewer' },
      undefined,
    );
    expect(all).toMatchObject({ unknownState: true });
  });

  it('knows no escapes in 11.1, and nothing at all before', () => {
    expect(map(['a\\:b:2:Editor'], ['a:b', 'a\\'], { profile: claimsProfile('11.1') })).toEqual({ 9: 'Viewer' });
    expect(readOrgMapping(['x:2:Editor'], claimsProfile('11.0'), ORGS, false).entries).toEqual([]);
  });
});
