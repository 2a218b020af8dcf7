import { describe, expect, it } from 'vitest';
import { agreeOn, compareResolutions } from '../../src/claims/compare.js';
import type { Outcome, Resolution } from '../../src/claims/trace.js';

function run(user: Record<string, unknown> | null, outcome: Outcome = 'allowed', rule?: string): Resolution {
  return {
    formatVersion: 1,
    target: { product: 'grafana', version: '13.0' },
    outcome,
    user,
    denial: rule === undefined ? null : { rule, message: rule, productMessage: null },
    requests: [],
    trace: [],
  };
}

const changes = (before: Resolution, after: Resolution) =>
  compareResolutions(before, after).map(({ field, direction }) => `${field} ${direction}`);
const users = (before: Record<string, unknown>, after: Record<string, unknown>) => changes(run(before), run(after));

describe('access', () => {
  it('is all that counts where only one side lets the person in', () => {
    expect(changes(run({ role: 'Admin' }), run(null, 'denied', 'team_ids'))).toEqual(['access loss']);
    expect(changes(run(null, 'error', 'userinfo'), run({ role: 'Viewer' }))).toEqual(['access gain']);
    expect(changes(run({ role: 'Admin' }), run(null, 'redirect'))).toEqual(['access loss']);
  });

  it('does not change where both sides refuse, whatever the reason', () => {
    expect(changes(run(null, 'denied', 'team_ids'), run(null, 'error', 'config'))).toEqual([]);
    // a refusal for the e-mail address comes with a user object
    expect(changes(run({ role: 'Admin' }, 'denied', 'allowed_domains'), run(null, 'denied', 'team_ids'))).toEqual([]);
  });
});

describe('roles', () => {
  it.each([
    ['Viewer', 'Editor', 'gain'],
    ['Admin', 'None', 'loss'],
    // left as it is: the person may be anything by now
    ['', 'Viewer', 'loss'],
    ['', 'Admin', 'gain'],
    ['', 'Editor', 'either'],
    ['Admin', '', 'neutral'],
  ])('%s to %s is a %s', (before, after, direction) => {
    expect(users({ role: before }, { role: after })).toEqual([`role ${direction}`]);
  });

  it('of the default organization are told once', () => {
    expect(users({ role: 'Viewer', orgRoles: { 1: 'Viewer' } }, { role: 'Editor', orgRoles: { 1: 'Editor' } })).toEqual(
      ['role gain'],
    );
    expect(
      users({ role: 'Viewer', orgRoles: { 1: 'Viewer', 2: 'Admin' } }, { role: 'Editor', orgRoles: { 1: 'Editor' } }),
    ).toEqual(['role gain', 'orgRoles either']);
  });

  it('in organizations are gained, lost, or left alone from now on', () => {
    expect(users({ orgRoles: { 2: 'Viewer' } }, { orgRoles: { 2: 'Viewer', 3: 'Viewer' } })).toEqual(['orgRoles gain']);
    expect(users({ orgRoles: { 2: 'Admin' } }, { orgRoles: { 2: 'Viewer' } })).toEqual(['orgRoles loss']);
    expect(users({ orgRoles: { 2: 'Admin' } }, { orgRoles: null })).toEqual(['orgRoles neutral']);
    expect(users({ orgRoles: {} }, { orgRoles: null })).toEqual([]);
  });
});

describe('server administrators', () => {
  it.each([
    [null, true, 'gain'],
    [null, false, 'loss'],
    [true, false, 'loss'],
    [true, null, 'neutral'],
  ])('%s to %s is a %s', (before, after, direction) => {
    expect(users({ grafanaAdmin: before }, { grafanaAdmin: after })).toEqual([`grafanaAdmin ${direction}`]);
  });
});

describe('lists', () => {
  it('are sets', () => {
    expect(users({ groups: ['a', 'b'] }, { groups: ['b', 'a', 'a'] })).toEqual([]);
    expect(users({ groups: [] }, { groups: null })).toEqual([]);
    expect(users({ groups: [1, 7] }, { groups: [1, 7, 9] })).toEqual(['groups gain']);
    expect(users({ groups: ['a'] }, { groups: ['b'] })).toEqual(['groups either']);
  });

  it('with * hold everything', () => {
    expect(users({ tenants: ['a', 'b'] }, { tenants: ['*'] })).toEqual(['tenants gain']);
    expect(users({ tenants: ['*'] }, { tenants: ['a', 'b'] })).toEqual(['tenants loss']);
  });

  it('say what was added and removed', () => {
    const [change] = compareResolutions(run({ groups: ['a', 'b'] }), run({ groups: ['b', 'c'] }));
    expect(change).toMatchObject({ added: ['c'], removed: ['a'] });
  });
});

it('takes an identity that appears with an upgrade for no change, another one for one', () => {
  expect(users({ id: '' }, { id: '7f3c' })).toEqual([]);
  expect(users({ id: 'a' }, { id: 'b' })).toEqual(['id neutral']);
});

it('a virtual policy can only read metrics', () => {
  expect(users({ virtual: false }, { virtual: true })).toEqual(['virtual loss']);
});

it('compares attributes whatever their order', () => {
  expect(users({ attributes: { a: '1', b: '2' } }, { attributes: { b: '2', a: '1' } })).toEqual([]);
  expect(users({ attributes: { a: '1' } }, { attributes: { a: '2' } })).toEqual(['attributes neutral']);
});

it('agrees on a field only where the person is in on both sides or on neither', () => {
  expect(agreeOn('role', run({ role: 'Editor' }), run({ role: 'Editor' }))).toBe(true);
  expect(agreeOn('role', run(null, 'denied', 'email'), run({}))).toBe(false);
  expect(agreeOn('access', run(null, 'denied', 'email'), run(null, 'denied', 'team_ids'))).toBe(true);
});
