import { describe, expect, it } from 'vitest';
import { parseIni } from '../../../src/document/ini.js';
import { type FormLoadOptions, loadForms } from '../../../src/forms/load.js';
import { type CollectOptions, collectSettings } from '../../../src/forms/write/collect.js';
import { writeForm } from '../../../src/forms/write/index.js';
import { loadDocuments } from '../../../src/settings/load.js';

async function collected(text: string, options: CollectOptions & FormLoadOptions = {}) {
  const config = await loadForms([{ path: 'grafana.ini', text }], options);
  return collectSettings(config, options);
}

async function stored(text: string, options: CollectOptions = {}) {
  const source = { path: 'sso.json', text };
  const document = { ...parseIni(source), stored: true, range: parseIni(source).range };
  return collectSettings(await loadDocuments({ files: [source], documents: [document] }), options).settings;
}

const section = 'auth.generic_oauth';

describe('settings of a configuration', () => {
  it('come in the order of the file, each once, with what counts', async () => {
    const { settings } = await collected(
      '[b]\ny = 1\n[auth.generic_oauth]\nname = a\nclient_id = x\nname = b\n[b]\nx = 2\n',
    );
    expect(settings).toEqual([
      { section: 'b', key: 'y', value: '1' },
      { section, key: 'name', value: 'b' },
      { section, key: 'client_id', value: 'x' },
      { section: 'b', key: 'x', value: '2' },
    ]);
  });

  it('keep what is written before expanders and references', async () => {
    const text = '[server]\nroot_url = %(protocol)s://${HOST}/$__file{/x}\n';
    const { settings } = await collected(text, { env: { HOST: 'h' }, readFile: () => 'content' });
    expect(settings.map(({ value }) => value)).toEqual(['%(protocol)s://${HOST}/$__file{/x}']);
  });

  it('keep lines without a value, which take back an earlier one of the same file', async () => {
    expect((await collected('[a]\nx = 1\nx =\n')).settings).toEqual([{ section: 'a', key: 'x', value: '' }]);
    expect((await collected('[a]\nx =\n')).settings).toEqual([{ section: 'a', key: 'x', value: '' }]);
  });

  it('say where Grafana puts a key that only a parent section has', async () => {
    const { settings } = await collected('[auth.generic_oauth]\ndisable_login_form = true\n');
    expect(settings).toEqual([{ section, key: 'disable_login_form', value: 'true', home: 'auth' }]);
    expect((await writeForm('docker-env-file', settings)).text).toBe('GF_AUTH_DISABLE_LOGIN_FORM=true\n');
    expect((await writeForm('ini', settings)).text).toBe('[auth.generic_oauth]\ndisable_login_form = true\n');
    expect((await writeForm('sso-api', settings)).left.map((remark) => remark.section)).toEqual(['auth']);
  });

  it('take variables in, and tell which lines they override and which ones nobody reads', async () => {
    const { settings, overridden, left } = await collected('[auth.generic_oauth]\nname = file\n', {
      env: {
        GF_AUTH_GENERIC_OAUTH_NAME: 'variable',
        GF_AUTH_GENERIC_OAUTH_SCOPES: 'openid',
        GF_AUTH_X: '1',
        HOME: '/',
      },
    });
    expect(settings).toEqual([
      { section, key: 'name', value: 'variable' },
      { section, key: 'scopes', value: 'openid' },
    ]);
    expect(overridden).toEqual([{ section, key: 'name', variable: 'GF_AUTH_GENERIC_OAUTH_NAME' }]);
    expect(left).toEqual([{ section: 'GF_AUTH_X', reason: expect.stringContaining('no variable') }]);
  });

  it.each([
    ['client_secret', 'abcdef', true],
    ['client_secret', '${SECRET}', false],
    ['client_secret', '$__file{/run/secrets/x}', false],
    ['client_secret', 'pre$__file{/x}', true],
    ['client_secret', '', false],
    ['client_secret', 'YOUR_SECRET', false],
    ['admin_password', 'admin1234', true],
    ['url', 'postgres://grafana:hunter2@db/grafana', true],
    ['url', 'postgres://grafana:$__env{PW}@db/grafana', false],
    ['url', 'https://id.acme.dev/?a=1', false],
    ['role_attribute_path', "password == 'x' && 'Admin'", false],
    ['client_id', 'grafana', false],
  ])('hide %s = %s: %s', async (key, value, hidden) => {
    const { settings } = await collected(`[auth.generic_oauth]\n${key} = ${value}\n`, {
      isPlaceholder: (text) => text.startsWith('YOUR_'),
    });
    expect(settings).toEqual([{ section, key, value, ...(hidden ? { hidden } : {}) }]);
    const shown = await collected(`[auth.generic_oauth]\n${key} = ${value}\n`, { showSecrets: true });
    expect(shown.settings).toEqual([{ section, key, value }]);
  });

  it('never have the asterisks the API gives in place of a secret', async () => {
    for (const showSecrets of [true, false])
      expect(await stored('[auth.generic_oauth]\nclient_secret = *********\n', { showSecrets })).toEqual([
        { section, key: 'client_secret', value: '*********', hidden: true, stored: true },
      ]);
  });

  it('of files that the start script reads become expanders', async () => {
    const text = 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE=/run/secrets/x\n';
    const config = await loadForms([{ path: 'x', text, form: 'docker-entrypoint' }]);
    expect(collectSettings(config).settings).toEqual([
      { section, key: 'client_secret', value: '$__file{/run/secrets/x}' },
    ]);
  });

  it('that only the running system knows are left out, secrets of it are references', async () => {
    const text = 'GF_AUTH_GENERIC_OAUTH_CLIENT_ID\nGF_AUTH_GENERIC_OAUTH_CLIENT_SECRET\n';
    const config = await loadForms([{ path: 'x', text, form: 'docker-env-file' }]);
    const { settings, left } = collectSettings(config, { showSecrets: true });
    expect(left).toEqual([{ section, key: 'client_id', reason: expect.stringContaining('running system') }]);
    expect(settings).toMatchObject([{ key: 'client_secret', hidden: true }]);
    expect((await writeForm('ini', settings)).text).not.toContain('$__from');
  });
});

describe('between the database and files', () => {
  it('tells texts that begin to be expanded, and those that cease to be', async () => {
    const [setting] = await stored('[auth.generic_oauth]\nname = ${X} login\n');
    const toFile = await writeForm('ini', [setting!]);
    expect(toFile.text).toContain('name = ${X} login');
    expect(toFile.changed).toEqual([{ section, key: 'name', reason: expect.stringContaining('Grafana replaces it') }]);
    const toDatabase = await writeForm('sso-api', [{ section, key: 'name', value: '${X} login' }]);
    expect(toDatabase.changed).toEqual([{ section, key: 'name', reason: expect.stringContaining('plain text') }]);
    expect((await writeForm('sso-api', [setting!])).changed).toEqual([]);
    expect((await writeForm('env-file', [{ section, key: 'name', value: '${X} login' }])).changed).toEqual([]);
  });

  it('does not store a reference in place of a secret', async () => {
    const secret = { section, key: 'client_secret', value: '$__file{/run/secrets/x}' };
    const { text, references, changed } = await writeForm('terraform', [secret]);
    expect(text).toMatch(/client_secret +=+ var\.generic_oauth_client_secret/);
    expect(references).toHaveLength(1);
    expect(changed).toEqual([]);
  });

  it('names defaults that come back where an empty text was stored', async () => {
    const settings = await stored('[auth.generic_oauth]\nscopes = ""\nteams_url = ""\nallowed_groups = ""\n');
    const { text, left } = await writeForm('ini', settings);
    expect(left).toEqual([{ section, key: 'scopes', reason: expect.stringContaining('"user:email"') }]);
    expect(text).not.toContain('scopes');
    expect((await writeForm('sso-api', settings)).text).toContain('"scopes": ""');
  });

  it('stores nothing for a line without a value', async () => {
    const { text, left, notes } = await writeForm('sso-api', [{ section, key: 'scopes', value: '' }]);
    expect(text).not.toContain('scopes');
    expect(left).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('in the database they would count')]);
  });
});
