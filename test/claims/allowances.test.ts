import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allowance, isPermitted, parseAllowance } from '../../src/claims/allowances.js';
import type { FieldChange } from '../../src/claims/compare.js';

const change = (field: string, before: unknown, after: unknown, more: Partial<FieldChange> = {}): FieldChange => ({
  field,
  before,
  after,
  direction: 'neutral',
  ...more,
});
const permits = (allow: readonly string[], one: FieldChange) =>
  isPermitted(
    one,
    allow.map((text) => parseAllowance(text) as Allowance),
  );

describe('an allowance', () => {
  it.each([
    ['role:Viewer->Editor', change('role', 'Viewer', 'Editor'), true],
    ['role:Viewer->Editor', change('role', 'Viewer', 'Admin'), false],
    ['role:Viewer->Editor', change('mappedRole', 'Viewer', 'Editor'), false],
    ['role:*->Viewer', change('role', '', 'Viewer'), true],
    ['role:->Viewer', change('role', '', 'Viewer'), true],
    ['role:->Viewer', change('role', 'Admin', 'Viewer'), false],
    ['role:*', change('role', 'Admin', 'None'), true],
    ['access:allowed->denied', change('access', 'allowed', 'denied'), true],
    ['outcome:*->denied', change('access', 'allowed', 'denied'), true],
    ['server-admin:true->false', change('grafanaAdmin', true, false), true],
    ['grafanaAdmin:null->true', change('grafanaAdmin', null, true), true],
    ['role:Viewer→Editor', change('role', 'Viewer', 'Editor'), true],
  ])('%s', (allow, one, expected) => {
    expect(permits([allow], one)).toBe(expected);
  });

  it('of a list must permit everything that comes and goes', () => {
    const one = change('groups', ['a', 'b'], ['b', 'c'], { added: ['c'], removed: ['a'] });
    expect(permits(['groups:+c'], one)).toBe(false);
    expect(permits(['groups:+c', 'groups:-a'], one)).toBe(true);
    expect(permits(['groups:+*', 'groups:-*'], one)).toBe(true);
    expect(permits(['groups:a,b->*'], one)).toBe(true);
  });
});

describe('what is none', () => {
  it.each([
    ['role', 'needs FIELD:FROM->TO'],
    ['role:Editor', 'has no FROM->TO'],
    ['rolle:a->b', 'knows no field "rolle"'],
    ['', 'needs FIELD:FROM->TO'],
  ])('%s', (text, message) => {
    expect(parseAllowance(text)).toMatchObject({ problem: expect.stringContaining(message) });
  });

  it('is told, never thrown', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseAllowance(text);
        expect('problem' in read || 'kind' in read).toBe(true);
      }),
    );
  });
});
