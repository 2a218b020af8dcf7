import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeForm } from '../../../src/forms/write/index.js';
import { WRITE_TARGETS, type WriteSetting, type WriteTarget } from '../../../src/forms/write/types.js';
import { envName } from '../../../src/settings/env-names.js';
import { versionProfile } from '../../../src/settings/versions.js';
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

// Source: forms overview, §0.1.
it.each<[WriteTarget, string]>([
  ['ini', `role_attribute_path = "'Viewer'"`],
  ['configmap', `    role_attribute_path = "'Viewer'"`],
  ['helm', `    role_attribute_path: "\\"'Viewer'\\""`],
  ['operator', `      role_attribute_path: "\\"'Viewer'\\""`],
  ['ansible', `    role_attribute_path: "\\"'Viewer'\\""`],
  ['helm-env', `  GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH: "'Viewer'"`],
  ['pod-env', `              value: "'Viewer'"`],
  ['compose', `      GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH: "'Viewer'"`],
  ['compose-list', `      - "GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH='Viewer'"`],
  ['env-file', `GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH="'Viewer'"`],
  ['systemd', `GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH="'Viewer'"`],
  ['docker-env-file', `GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH='Viewer'`],
  ['sso-api', `    "roleAttributePath": "'Viewer'"`],
])('writes an expression that is one text for %s', async (target, line) => {
  const { text } = await writeForm(target, [one('role_attribute_path', "'Viewer'")]);
  expect(text.split('\n')).toContain(line);
});

describe('Helm charts', () => {
  const helm = async (settings: readonly WriteSetting[], chartVersion?: string) =>
    writeForm('helm', settings, chartVersion === undefined ? {} : { chartVersion });

  it('of versions without templates get braces as they are', async () => {
    expect((await helm([one('name', '{{x')], '6.4.4')).text).toContain('"{{x"');
    expect((await helm([one('name', '{{x')], '6.7.5')).text).toContain('"{{ `{{` }}x"');
  });

  it('below 6.29.7 have nothing outside sections', async () => {
    const top = { section: 'DEFAULT', key: 'instance_name', value: 'x' };
    expect((await helm([top], '6.29.6')).left).toEqual([
      { section: 'DEFAULT', key: 'instance_name', reason: expect.any(String) },
    ]);
    expect((await helm([top], '6.29.7')).left).toEqual([]);
  });

  it('that wrap texts get none they would change', async () => {
    const settings = [one('name', 'Acme'), one('scopes', 'openid '.repeat(20).trim()), one('client_id', '"x" || y')];
    expect((await helm(settings, '6.7.4')).left.map(({ key }) => key)).toEqual(['scopes', 'client_id']);
    expect((await helm(settings, '6.7.5')).left).toEqual([]);
  });

  it('that refuse references to secrets are told to accept them', async () => {
    const secret = one('client_secret', '$__file{/run/secrets/x}');
    expect((await helm([secret], '7.2.1')).text).toContain('assertNoLeakedSecrets: false');
    expect((await helm([secret], '7.2.2')).text).not.toContain('assertNoLeakedSecrets');
  });

  it('get secrets in clear as variables of a Secret, since they refuse them in grafana.ini', async () => {
    const { text } = await helm([one('client_secret', 'abc'), one('client_id', 'x')]);
    expect(text).toContain('envRenderSecret:\n  GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: abc\n');
    expect(text).not.toContain('client_secret:');
  });

  it('get no empty secret, which they refuse too', async () => {
    expect((await helm([one('client_secret', ''), one('name', '')])).text).toBe(
      'grafana.ini:\n  auth.generic_oauth:\n    name: ""\n',
    );
  });
});

describe('Terraform', () => {
  const github = (key: string, value: string) => ({ section: 'auth.github', key, value });

  it('writes what the resource would otherwise send as empty or false', async () => {
    const { text } = await writeForm('terraform', [one('client_id', 'x')]);
    const { stored = {} } = READERS.terraform(text);
    expect(stored[section]).toEqual({
      enabled: 'false',
      client_id: 'x',
      name: 'OAuth',
      allow_sign_up: 'true',
      scopes: 'user:email',
      email_attribute_name: 'email:primary',
    });
  });

  it('leaves out what the Terraform provider refuses, and says what it demands', async () => {
    const { left, notes } = await writeForm('terraform', [github('client_id', 'x'), github('auth_url', 'https://g/')]);
    expect(left).toEqual([{ section: 'auth.github', key: 'auth_url', reason: expect.stringContaining('refuses') }]);
    expect(notes).toEqual([]);
    expect((await writeForm('terraform', [one('client_id', 'x'), one('org_mapping', '*:1:Viewer')])).notes).toEqual([
      'the Terraform provider demands auth_url, token_url, api_url for generic_oauth',
      expect.stringContaining('both or none'),
    ]);
  });

  it('translates words of INI files, and leaves out what is no boolean', async () => {
    const settings = [one('client_id', 'x'), one('use_pkce', 'yes'), one('auto_login', 'maybe')];
    const { text, left } = await writeForm('terraform', settings);
    expect(READERS.terraform(text).stored![section]).toMatchObject({ use_pkce: 'true' });
    expect(left.map(({ key }) => key)).toEqual(['auto_login']);
    const strict = await writeForm('terraform', settings, { profile: versionProfile('11.0')! });
    expect(strict.left.map(({ key }) => key)).toEqual(['use_pkce', 'auto_login']);
  });

  it('writes a resource for each provider, and the API a list', async () => {
    const settings = [one('client_id', 'x'), github('client_id', 'y')];
    for (const target of ['terraform', 'sso-api'] as const) {
      const { stored = {} } = READERS[target]((await writeForm(target, settings)).text);
      expect(stored['auth.github']).toMatchObject({ client_id: 'y' });
      expect(stored[section]).toMatchObject({ client_id: 'x' });
    }
  });
});

describe('variables', () => {
  it('are not written for options that Grafana would not look for', async () => {
    const { text, left } = await writeForm('compose', [one('jwk_set_url', 'https://x'), one('name', 'x')]);
    expect(left).toEqual([{ section, key: 'jwk_set_url', reason: expect.stringContaining('no variable') }]);
    expect(text).not.toContain('JWK');
  });

  it('depend on the version', async () => {
    const setting = one('org_mapping', 'a:1:Viewer');
    expect((await writeForm('env-file', [setting], { profile: versionProfile('10.4')! })).left).toHaveLength(1);
    expect((await writeForm('env-file', [setting], { profile: versionProfile('11.1')! })).left).toEqual([]);
  });
});

it('says which lines of an env file others than Compose read differently', async () => {
  const { notes, text } = await writeForm('env-file', [one('name', "a 'b' c"), one('scopes', 'pa$word')]);
  expect(text).toBe("GF_AUTH_GENERIC_OAUTH_NAME=a 'b' c\nGF_AUTH_GENERIC_OAUTH_SCOPES='pa$word'\n");
  expect(notes).toEqual([expect.stringMatching(/docker run.*: GF_AUTH_GENERIC_OAUTH_SCOPES$/)]);
});

it('leaves the paths out that the operator sets itself', async () => {
  const paths = { section: 'paths', key: 'data', value: '/x' };
  expect((await writeForm('operator', [paths])).left).toEqual([
    { section: 'paths', key: 'data', reason: expect.any(String) },
  ]);
});

describe.each<WriteTarget>(['ini', 'configmap', 'secret', 'helm', 'kps', 'operator', 'ansible'])('%s', (target) => {
  it.each(['a b', '"k"', '`k`', 'a:b', 'a=b', '#k', ';k', '[k', 'é', 'true', 'y', '0123', '- k', '%k', '{k}', 'K'])(
    'holds a key %j',
    async (key) => {
      const { table, left } = await written(target, [one(key, 'x'), one('name', 'after')]);
      expect(left).toEqual([]);
      expect(table[section]).toEqual({ [key]: 'x', name: 'after' });
    },
  );

  it.each(['a b', 'a]b', '[a', 'a;b', '#a', "'a'", 'true', '0123', 'é'])(
    'holds a section %j or leaves it out',
    async (name) => {
      const settings = [{ section: name, key: 'k', value: 'x' }, one('name', 'after')];
      const { table, left } = await written(target, settings);
      if (left.length === 0) expect(table).toEqual({ [name]: { k: 'x' }, [section]: { name: 'after' } });
      else expect(table).toEqual({ [section]: { name: 'after' } });
    },
  );
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
