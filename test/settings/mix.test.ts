import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadFilesSync } from '../../src/settings/load.js';
import { configDifferences, mixedConfig } from '../../src/settings/mix.js';

const load = (text: string, grafanaVersion = '13.0') =>
  loadFilesSync([{ path: 'grafana.ini', text }], { grafanaVersion });

const sections = fc.constantFrom('auth.generic_oauth', 'auth', 'users', 'own');
const keys = fc.constantFrom('enabled', 'role_attribute_path', 'auto_assign_org_role', 'disable_login_form', 'other');
const values = fc.constantFrom('true', 'false', 'Viewer', "'Admin' || role", '%(other)s');
const texts = fc
  .array(fc.tuple(sections, keys, values), { maxLength: 8 })
  .map((lines) => lines.map(([section, key, value]) => `[${section}]\n${key} = ${value}\n`).join(''));

it('with every difference taken one configuration becomes the other', () => {
  fc.assert(
    fc.property(texts, texts, (old, now) => {
      const [before, after] = [load(old), load(now)];
      const differences = configDifferences(before, after);
      const mixed = mixedConfig(before, after, differences);
      for (const section of new Set([...before.sectionNames(), ...after.sectionNames()]))
        for (const key of ['enabled', 'role_attribute_path', 'auto_assign_org_role', 'disable_login_form', 'other']) {
          expect(mixed.get(section, key)?.value).toBe(after.get(section, key)?.value);
          expect(mixed.lookup(section, key)?.interpolated).toBe(after.lookup(section, key)?.interpolated);
        }
    }),
  );
});

it('takes what is named and leaves the rest, and neither side is touched', () => {
  const before = load('[auth.generic_oauth]\nrole_attribute_path = a\nrole_attribute_strict = true\n');
  const after = load('[auth.generic_oauth]\nrole_attribute_path = b\nscopes = openid\n');
  const differences = configDifferences(before, after);
  expect(differences.map(({ key }) => key).sort()).toEqual(['role_attribute_path', 'role_attribute_strict', 'scopes']);
  const mixed = mixedConfig(
    before,
    after,
    differences.filter(({ key }) => key === 'role_attribute_path'),
  );
  const read = (config: typeof mixed) =>
    ['role_attribute_path', 'role_attribute_strict', 'scopes'].map(
      (key) => config.get('auth.generic_oauth', key)?.value,
    );
  expect(read(mixed)).toEqual(['b', 'true', read(before)[2]]);
  expect(read(before)[0]).toBe('a');
  expect(read(after)[0]).toBe('b');
});

it('drops a key that only the old one has', () => {
  const before = load('[own]\nonly = 1\n');
  const after = load('[own]\nother = 1\n');
  const mixed = mixedConfig(before, after, [{ section: 'own', key: 'only' }]);
  expect(mixed.get('own', 'only')).toBeUndefined();
  expect(mixed.get('own', 'other')).toBeUndefined();
});
