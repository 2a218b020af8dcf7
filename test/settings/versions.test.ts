import { expect, it } from 'vitest';
import { versionProfile } from '../../src/settings/versions.js';

it.each([
  [undefined, '13.0', 'community'],
  ['9.4', '9.4', 'classic'],
  ['9.4.17', '9.4', 'classic'],
  ['8.5', '9.4', 'classic'],
  ['9.5', '9.5', 'classic'],
  ['10', '10.0', 'classic'],
  ['11.2', '11.2', 'classic'],
  ['11.3', '11.3', 'community'],
  ['11.4', '11.3', 'community'],
  ['11.5', '11.6', 'community'],
  ['12.0', '11.6', 'community'],
  ['12.1', '13.0', 'community'],
  ['13.2', '13.0', 'community'],
])('version %s behaves as %s with the %s dialect', (asked, id, dialect) => {
  expect(versionProfile(asked)).toMatchObject({ id, dialect });
});

it('says where a version lies outside what is known', () => {
  expect(versionProfile('8.5')?.note).toContain('older');
  expect(versionProfile('14.0')?.note).toContain('newer');
  expect(versionProfile('12.2')?.note).toBeUndefined();
});

it.each(['', 'newest', '1..2', 'v'])('%j is no version', (text) => {
  expect(versionProfile(text)).toBeUndefined();
});
