import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeForm } from '../../../src/forms/write/index.js';
import { WRITE_TARGETS, type WriteSetting, type WriteTarget } from '../../../src/forms/write/types.js';
import { envName } from '../../../src/settings/env-names.js';
import { NASTY } from './nasty.js';
import { READERS, type Table } from './readers.js';

const TARGETS = Object.keys(WRITE_TARGETS) as WriteTarget[];
const section = 'auth.generic_oauth';
const one = (key: string, value: string, more: Partial<WriteSetting> = {}): WriteSetting => ({
  section,
  key,
  value,
  ...more,
});

/** What was written, as the test's own readers see it, by section and key. */
async function written(target: WriteTarget, settings: readonly WriteSetting[]) {
  const result = await writeForm(target, settings);
  const { ini = {}, env = {}, stored = {} } = READERS[target](result.text);
  const table: Table = structuredClone({ ...ini, ...stored });
  for (const { section: name, key } of settings) {
    const variable = envName(name, key);
    if (Object.hasOwn(env, variable)) table[name] = { ...table[name], [key]: env[variable]! };
  }
  return { ...result, table };
}

describe.each(TARGETS)('%s', (target) => {
  it.each(NASTY)('%j reads back equal', async (value) => {
    const { table, left } = await written(target, [one('name', value), one('client_id', 'after')]);
    expect(left).toEqual([]);
    expect(table[section]).toMatchObject({ name: value, client_id: 'after' });
  });

  it('writes sections, an order and what stands before them', async () => {
    const settings = [
      one('enabled', 'true'),
      { section: 'auth', key: 'disable_login_form', value: 'true' },
      { section: 'DEFAULT', key: 'instance_name', value: 'main' },
      one('scopes', 'openid email'),
    ];
    const { table, left } = await written(target, settings);
    expect(table[section]).toMatchObject({ enabled: 'true', scopes: 'openid email' });
    if (target === 'terraform' || target === 'sso-api')
      expect(left.map((entry) => entry.section)).toEqual(['auth', 'DEFAULT']);
    else {
      expect(table['auth']).toEqual({ disable_login_form: 'true' });
      expect(table['DEFAULT']).toEqual({ instance_name: 'main' });
      expect(left).toEqual([]);
    }
  });

  it('never writes a hidden value, and says where it is expected', async () => {
    const secret = one('client_secret', 's3cr3t-value', { hidden: true });
    const { text, references } = await writeForm(target, [one('client_id', 'x'), secret]);
    expect(text).not.toContain('s3cr3t');
    expect(references).toEqual([expect.objectContaining({ section, key: 'client_secret' })]);
    // The text names the place it speaks of.
    const place = /(?:file|key|variable|member) (\S+?),? /.exec(`${references[0]!.where} `)![1]!;
    expect(text).toContain(place);
  });

  it('writes a secret in clear where it is not hidden', async () => {
    const { table } = await written(target, [one('client_secret', "s3'cr$$et{{#;")]);
    expect(table[section]).toMatchObject({ client_secret: "s3'cr$$et{{#;" });
  });

  it('joins the lines of an expression, or keeps them', async () => {
    const expression = "contains(groups, 'a')\n  && 'Admin'\r\n|| 'Viewer'";
    const { table, left } = await written(target, [one('role_attribute_path', expression)]);
    expect(left).toEqual([]);
    expect([expression, "contains(groups, 'a') && 'Admin' || 'Viewer'"]).toContain(
      table[section]!['role_attribute_path'],
    );
  });

  it('leaves out what would lose its line breaks', async () => {
    for (const setting of [one('name', 'a\nb'), one('role_attribute_path', "'a\nb'")]) {
      const { table, left } = await written(target, [setting, one('client_id', 'after')]);
      if (left.length > 0) {
        expect(left).toEqual([{ section, key: setting.key, reason: expect.stringMatching(/line/) }]);
        expect(table[section]?.[setting.key] ?? '').not.toContain('a');
      } else expect(table[section]).toMatchObject({ [setting.key]: setting.value });
      expect(table[section]).toMatchObject({ client_id: 'after' });
    }
  });

  it('takes the last of a key given twice', async () => {
    const { table } = await written(target, [one('name', 'a'), one('client_id', 'x'), one('name', 'b')]);
    expect(table[section]).toMatchObject({ name: 'b', client_id: 'x' });
  });

  it('writes nothing as something that can be read', async () => {
    const { text } = await writeForm(target, [], { comments: target === 'sso-api' ? [] : ['a remark'] });
    expect(() => READERS[target](text)).not.toThrow();
    if (target !== 'sso-api') expect(text).toContain('a remark');
  });
});

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom(
      '"',
      "'",
      '`',
      '\\',
      '$',
      '{',
      '}',
      '#',
      ';',
      '%',
      '=',
      ':',
      ' ',
      '\n',
      '\t',
      '"""',
      '{{',
      '}}',
      '${',
    ),
  ),
  { maxLength: 5 },
);
const KEYS = ['name', 'client_id', 'scopes', 'auth_url', 'role_attribute_path', 'groups_attribute_path'];
const settingsArbitrary = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), pieces), { selector: ([key]) => key, maxLength: 4 })
  .map((entries) => entries.map(([key, parts]) => one(key, parts.join(''))));

describe.each(TARGETS)('%s', (target) => {
  it('holds any text or names it as left out', async () => {
    await fc.assert(
      fc.asyncProperty(settingsArbitrary, async (settings) => {
        const { table, left } = await written(target, settings);
        const omitted = new Set(left.map(({ key }) => key));
        for (const { key, value } of settings) {
          const read = table[section]?.[key];
          if (omitted.has(key) || value === '') continue;
          const joins = key.endsWith('_path') && /[\r\n]/.test(value);
          if (joins) expect(read?.replace(/\s+/g, '')).toBe(value.replace(/\s+/g, ''));
          else expect(read).toBe(value);
        }
      }),
      { numRuns: 150 },
    );
  });
});
