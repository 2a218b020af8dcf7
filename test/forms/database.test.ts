import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm } from '../../src/forms/read.js';
import { snakeCase } from '../../src/forms/sso-names.js';
import type { FormReading } from '../../src/forms/types.js';
import { loadConfig } from '../../src/library/load-config.js';
import { validate } from '../../src/library/validate.js';

const terraform = (text: string, path = 'sso.tf') => readForm({ path, text, form: 'terraform' }, 'terraform', {});
const api = (value: unknown, path = 'sso.json') =>
  readForm(
    { path, text: typeof value === 'string' ? value : JSON.stringify(value, null, 2), form: 'sso-api-json' },
    'sso-api-json',
    {},
  );

/** Section → option → text of what somebody wrote. */
function stored({ documents }: FormReading) {
  return Object.fromEntries(
    documents.map(({ sections: [, section] }) => [
      section!.name,
      Object.fromEntries(section!.entries.filter((one) => !one.implied).map(({ key, value }) => [key, value])),
    ]),
  );
}

function resource(attributes: string, provider = 'generic_oauth') {
  return `resource "grafana_sso_settings" "x" {\n  provider_name = "${provider}"\n  oauth2_settings {\n${attributes}\n  }\n}\n`;
}

const URLS = ['auth_url', 'token_url', 'api_url']
  .map((name) => `    ${name} = "https://id.acme.test/${name}"`)
  .join('\n');

const problems = ({ notes }: FormReading) =>
  notes.filter(({ kind }) => kind !== 'form-omitted').map(({ kind, option }) => `${kind} ${option}`);

describe('Terraform', () => {
  it.each([
    ['name = "a\\"b %%{y}"', 'a"b %{y}'],
    ["name = <<-EOT\n      contains(groups[*], 'a')\n        && b\n    EOT", "contains(groups[*], 'a')\n  && b\n"],
    ['name = 12345678', '12345678'],
    ['name = true', 'true'],
    ['name = var.name', '$__from{var.name}'],
    ['name = "a ${var.name} b"', 'a $__from{var.name} b'],
    ['name = var.x ? "a" : "b"', '$__from{var.x ? "a" : "b"}'],
    ['name = jsonencode(["a<b", 1, true])', '["a\\u003cb",1,true]'],
    ['name = join(" ", ["a", "b"])', 'a b'],
    ['name = sensitive("a")', 'a'],
    ['name = file("x")', '$__from{file(…)}'],
    ['name = null', undefined],
  ])('stores %s', async (line, value) => {
    const reading = await terraform(resource(`${URLS}\n    ${line}`));
    expect(stored(reading)['auth.generic_oauth']!['name']).toBe(value);
    expect(problems(reading)).toEqual([]);
  });

  it.each([
    ['scopes = ["openid"]', 'form-type scopes'],
    ['use_pkce = "yes"', 'form-type use_pkce'],
    ['validate_id_token = true', 'form-unknown-name validate_id_token'],
    ['custom = { usePkce = "true" }', 'form-unknown-name use_pkce'],
    ['org_mapping = "a:b:Viewer"', 'form-refused org_mapping'],
    ['name = "$${X}"', 'form-stored-expander name'],
    ['name = "$__env{X}"', 'form-stored-expander name'],
    ['client_secret = "*********"', 'form-mask client_secret'],
    ['client_secret = "k3y"', 'form-readable-secret client_secret'],
  ])('says what comes of %s', async (line, kind) => {
    expect(problems(await terraform(resource(`${URLS}\n    ${line}`)))).toContain(kind);
  });

  it('refuses addresses where the provider knows them itself', async () => {
    const reading = await terraform(resource('    api_url = "https://x.test"', 'github'));
    expect(problems(reading)).toEqual(['form-refused api_url']);
  });

  it('sends what is left out, over files and variables', async () => {
    const ini = {
      path: 'grafana.ini',
      text: '[auth.generic_oauth]\nallow_sign_up = true\nscopes = openid\nname = X\n',
    };
    const config = await loadConfig([ini, { path: 'a.tf', text: resource(`${URLS}\n    name = "Y"`) }]);
    expect(config.sections['auth.generic_oauth']).toMatchObject({
      enabled: 'true',
      allow_sign_up: 'false',
      scopes: '',
      name: 'Y',
      teams_url: '',
    });
  });

  it('is read in JSON as well, with places', async () => {
    const settings = { client_id: 'a', name: 'x $${y} ${var.z}', use_pkce: true, custom: { icon: 'key' } };
    const text = JSON.stringify(
      { resource: { grafana_sso_settings: { x: { provider_name: 'okta', oauth2_settings: [settings] } } } },
      null,
      2,
    );
    const reading = await terraform(text, 'main.tf.json');
    expect(stored(reading)).toEqual({
      'auth.okta': { client_id: 'a', name: 'x ${y} $__from{var.z}', use_pkce: 'true', icon: 'key' },
    });
    const [document] = reading.documents;
    const entry = document!.sections[1]!.entries.find(({ key }) => key === 'name')!;
    const { start } = document!.range(entry.keySpan);
    expect(text.split('\n')[start.line - 1]!.slice(start.column - 1)).toMatch(/^name"/);
  });

  it('points into the written text', async () => {
    const text = resource(`${URLS}\n    client_id = "x"\n    role_attribute_path = "'Admn' || 'Viewer'"`);
    const { files } = await validate([{ path: 'main.tf', text }]);
    const { range } = files[0]!.findings.find(({ rule }) => rule === 'role-never-valid')!;
    expect(text.split('\n')[range!.start.line - 1]!.slice(range!.start.column - 1, range!.end.column - 1)).toBe(
      "'Admn'",
    );
    expect(files[0]!.findings.map(({ rule }) => rule)).not.toContain('root-url-default');
  });

  it('says where the text is no HCL', async () => {
    expect((await terraform('resource "a" {')).notes).toMatchObject([{ kind: 'form-refused', stops: 'terraform' }]);
    expect((await terraform('{"a": ')).notes).toMatchObject([{ kind: 'form-refused', stops: 'terraform' }]);
  });
});

describe('settings API', () => {
  it.each([
    ['clientId', 'client_id'],
    ['authURL', 'auth_url'],
    ['APIUrl', 'api_url'],
    ['usePKCE', 'use_pkce'],
    ['TLSClientCa', 'tls_client_ca'],
    ['teamIDs', 'team_i_ds'],
    ['OAuth2x', 'o_auth_2_x'],
    ['client_id', 'client_id'],
    ['client-id', 'client_id'],
    ['client id', 'client_id'],
  ])('%s is stored as %s', (name, key) => {
    expect(snakeCase(name)).toBe(key);
  });

  it('takes values as weakly as the decoder does', async () => {
    const settings = {
      clientId: 12345678,
      name: true,
      enabled: 'T',
      usePkce: 0,
      allowSignUp: 7,
      autoLogin: null,
      scopes: ['openid', 'a b'],
      allowedGroups: 'a b',
      groupsAttributePath: null,
      clientSecret: '*********',
    };
    const reading = await api({ provider: 'okta', settings, source: 'database' });
    expect(stored(reading)).toEqual({
      'auth.okta': {
        client_id: '12345678',
        name: '1',
        enabled: 'T',
        use_pkce: '0',
        allow_sign_up: 'true',
        auto_login: 'false',
        scopes: '["openid","a b"]',
        allowed_groups: 'a b',
        groups_attribute_path: '',
        client_secret: '$__from{stored secret}',
      },
    });
    expect(problems(reading)).toEqual(['form-mask client_secret']);
  });

  it.each([
    [{ teamIds: ['1'] }, 'form-type team_ids'],
    [{ foo: {} }, 'form-type foo'],
    [{ enabled: 'yes' }, 'form-type enabled'],
    [{ teamIDs: '1' }, 'form-unknown-name team_ids'],
    [{ name: '${X}' }, 'form-stored-expander name'],
  ])('says what comes of %j', async (settings, kind) => {
    expect(problems(await api({ provider: 'generic_oauth', settings }))).toEqual([kind]);
  });

  it('reads a list of providers, and settings alone by the name of the file', async () => {
    const list = ['okta', 'github'].map((provider) => ({ provider, settings: { clientId: provider } }));
    expect(stored(await api(list))).toEqual({
      'auth.okta': { client_id: 'okta' },
      'auth.github': { client_id: 'github' },
    });
    expect(stored(await api({ clientId: 'a' }, 'sso/azuread.json'))).toEqual({ 'auth.azuread': { client_id: 'a' } });
  });

  it('is not there before Grafana 10.4', async () => {
    const file = { path: 'sso.json', text: '{"provider": "okta", "settings": {"clientId": "a"}}' };
    const rules = async (grafanaVersion: string) =>
      (await validate([file], { grafanaVersion })).files[0]!.findings.map(({ rule }) => rule);
    expect(await rules('10.3')).toContain('stored-settings-version');
    expect(await rules('10.4')).not.toContain('stored-settings-version');
  });
});

describe('any text', () => {
  it('is read without throwing', async () => {
    const part = fc.constantFrom(
      'resource "grafana_sso_settings" "x" {',
      'oauth2_settings {',
      '}',
      '\n',
      'custom = {',
      'name = ',
      '"',
      '${',
      '[',
      '{"settings":',
      'null',
      ':',
      ',',
      '1e9',
      '<<A\n',
      'A\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 25 }), async (parts) => {
        const text = parts.join('');
        for (const reading of [await terraform(text), await terraform(text, 'x.tf.json'), await api(text)])
          for (const { span } of reading.notes) expect(span.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 150 },
    );
  });
});
