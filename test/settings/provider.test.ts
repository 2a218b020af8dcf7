import { describe, expect, it } from 'vitest';
import { loadFilesSync } from '../../src/settings/load.js';
import { cloudSection, providerFromTexts, readProvider, readServer } from '../../src/settings/provider.js';
import { versionProfile } from '../../src/settings/versions.js';

const load = (text: string, grafanaVersion?: string, env?: Record<string, string>, defaults = true) =>
  loadFilesSync([{ path: 'grafana.ini', text }], { grafanaVersion, env, defaults });

const provider = (text: string, grafanaVersion?: string, env?: Record<string, string>) =>
  readProvider(load(`[auth.generic_oauth]\n${text}`, grafanaVersion, env), 'auth.generic_oauth');

describe('texts of a provider', () => {
  it.each([
    ['10.2', 'role'],
    ['10.3', '%(claim)s'],
    ['13.0', '%(claim)s'],
  ])('in %s, %%(name)s becomes %s', (version, expected) => {
    const read = provider('role_attribute_path = %(claim)s\nclaim = role', version);
    expect(read.text('role_attribute_path')).toBe(expected);
    expect(read.options.get('role_attribute_path')).toBe(expected);
  });

  it.each([
    ['10.2', true],
    ['10.3', false],
    ['11.0', false],
    ['11.1', true],
  ])('in %s, a key of [auth] counts for a provider that lacks it: %s', (version, expected) => {
    const read = readProvider(
      load('[auth]\nmy_own = uid\n[auth.generic_oauth]\nenabled = true\n', version),
      'auth.generic_oauth',
    );
    expect(read.text('my_own')).toBe(expected ? 'uid' : '');
    expect(read.options.has('my_own')).toBe(expected);
  });

  it('come with defaults and origins', () => {
    const read = provider('client_id = abc');
    expect(read.options.get('email_attribute_name')).toBe('email:primary');
    expect(read.setting('email_attribute_name')?.origin.origin).toBe('default');
    expect(read.setting('client_id')?.origin).toMatchObject({ origin: 'file', path: 'grafana.ini' });
    expect(read.text('unheard_of')).toBe('');
  });
});

describe('booleans of a provider', () => {
  it.each([
    ['10.2', 'yes', true],
    ['10.2', 'tRUE', false],
    ['11.1', 'On', true],
    ['13.0', '%(word)s', true],
    ['9.4', '%(word)s', true],
    ['10.4', 'T', true],
  ])('%s reads enabled = %s as %s', (version, text, expected) => {
    expect(provider(`enabled = ${text}\nword = on`, version)).toMatchObject({ created: true, enabled: expected });
  });

  it.each([
    ['enabled', 'yes'],
    ['allow_sign_up', 'enabled'],
    ['use_pkce', '%(word)s'],
    ['role_attribute_strict', '"true "'],
  ])('from 10.3 to 11.0, %s = %s keeps the provider from being created', (option, text) => {
    for (const version of ['10.3', '10.4', '11.0']) {
      const read = provider(`enabled = true\nword = true\n${option} = ${text}`, version);
      expect(read).toMatchObject({ created: false, enabled: false, notCreated: { option } });
    }
    for (const version of ['10.2', '11.1', '13.0'])
      expect(provider(`enabled = true\nword = true\n${option} = ${text}`, version).created).toBe(true);
  });

  it.each([
    ['10.3', 'ssoSettingsApi', true],
    ['11.0', 'other, ssoSettingsApi', true],
    ['11.0', 'other', false],
    ['11.1', 'other', true],
  ])('in %s with the toggles %s, enabled = yes creates the provider: %s', (version, toggles, expected) => {
    const config = load(`[feature_toggles]\nenable = ${toggles}\n[auth.generic_oauth]\nenabled = yes\n`, version);
    expect(readProvider(config, 'auth.generic_oauth').created).toBe(expected);
  });

  it('goes back to the strict decoder where the toggle is switched off', () => {
    const text =
      '[feature_toggles]\nenable = ssoSettingsApi\nssoSettingsApi = false\n[auth.generic_oauth]\nenabled = yes\n';
    expect(readProvider(load(text, '11.2'), 'auth.generic_oauth').created).toBe(false);
    expect(readProvider(load(text, '13.0'), 'auth.generic_oauth').created).toBe(true);
  });
});

describe('lists of a provider', () => {
  it.each([
    ['9.4', '`"A B", c`', ['"A', 'B"', 'c']],
    ['11.0', '["A B", "c"]', ['A B', 'c']],
    ['11.1', '`"A B", c`', ['A B', 'c']],
  ])('%s reads %s', (version, text, items) => {
    expect(provider(`allowed_groups = ${text}`, version).list('allowed_groups').items).toEqual(items);
  });

  it('is empty for a broken JSON list, and says so', () => {
    expect(provider("allowed_groups = ['a']", '9.4').list('allowed_groups')).toEqual({
      items: [],
      error: "incorrect format: ['a']",
    });
  });

  it.each([
    ['10.2', '1 2', ['1 2']],
    ['10.2', '1\\,2,3', ['1,2', '3']],
    ['10.2', '"  "', ['']],
    ['10.3', '1 2', ['1', '2']],
    ['10.3', '[1]', []],
    ['10.3', '"  "', []],
  ])('%s reads team_ids = %s as %j', (version, text, items) => {
    expect(provider(`team_ids = ${text}`, version).teamIds().items).toEqual(items);
  });
});

describe('variables of a provider', () => {
  it.each([
    ['10.0', undefined],
    ['10.1', 'true'],
    ['10.3', 'true'],
    ['10.4', undefined],
  ])('in %s, skip_org_role_sync is set by a variable no file knows: %s', (version, expected) => {
    const config = loadFilesSync([], {
      grafanaVersion: version,
      defaults: false,
      env: { GF_AUTH_GENERIC_OAUTH_SKIP_ORG_ROLE_SYNC: 'true' },
    });
    const read = readProvider(config, 'auth.generic_oauth');
    expect(read.setting('skip_org_role_sync')?.value).toBe(expected);
    expect(read.options.get('skip_org_role_sync')).toBe(expected);
  });
});

describe('the cloud section', () => {
  it('has its own defaults under its documented other name', () => {
    const config = load('[auth.grafana_com]\nscopes = other\n[auth.metrics-dashboard_com]\nenabled = true\n');
    const read = readProvider(config, 'auth.metrics-dashboard_com');
    expect(read).toMatchObject({ product: 'grafana-cloud', enabled: true });
    expect(read.text('client_id')).toBe('some_id');
    expect(read.text('scopes')).toBe('user:email');
    expect(read.setting('scopes')).toMatchObject({
      section: 'auth.metrics-dashboard_com',
      origin: { origin: 'default' },
    });
    expect(config.sections['auth.metrics-dashboard_com']).toEqual({ enabled: 'true' });
  });

  it('takes variables for its defaults there', () => {
    const env = { GF_AUTH_METRICS_DASHBOARD_COM_ALLOWED_ORGANIZATIONS: '${ORG}', ORG: 'acme' };
    const config = load('[auth.metrics-dashboard_com]\nenabled = true\n', undefined, env);
    const read = readProvider(config, 'auth.metrics-dashboard_com');
    expect(read.setting('allowed_organizations')).toMatchObject({
      value: 'acme',
      origin: { origin: 'env', variable: 'GF_AUTH_METRICS_DASHBOARD_COM_ALLOWED_ORGANIZATIONS' },
    });
    expect(config.ignored).toEqual([]);
  });

  it.each([
    ['', 'auth.grafana_com'],
    ['[auth.grafananet]\nenabled = true\n', 'auth.grafananet'],
    ['[auth.grafananet]\nenabled = true\n[auth.grafana_com]\nenabled = true\n', 'auth.grafana_com'],
    ['[auth.metrics-dashboard_com]\nenabled = true\n', 'auth.metrics-dashboard_com'],
  ])('of %j is %s', (text, section) => {
    expect(cloudSection(load(text))).toBe(section);
  });
});

describe('options given as texts', () => {
  it('are all there is', () => {
    const read = providerFromTexts(
      { enabled: 'yes', a: '%(b)s', b: '1', c: '%(c)s' },
      'auth.generic_oauth',
      versionProfile('9.4')!,
    );
    expect(read.enabled).toBe(true);
    expect([...read.options]).toEqual([
      ['enabled', 'yes'],
      ['a', '1'],
      ['b', '1'],
      ['c', '%(c)s'],
    ]);
    expect(read.setting('a')).toBeUndefined();
  });
});

describe('server settings', () => {
  it('are those of defaults.ini', () => {
    expect(readServer(load(''))).toEqual({
      auto_assign_org_role: 'Viewer',
      auto_assign_org: true,
      auto_assign_org_id: 1,
      oauth_skip_org_role_update_sync: false,
      grafana_com_url: 'https://grafana.com',
    });
  });

  it.each([
    ['10.0', 'Boss', 'Editor'],
    ['10.0', 'None', 'Editor'],
    ['10.1', 'None', 'Viewer'],
    ['10.2', 'None', 'None'],
    ['13.0', 'admin', 'Viewer'],
    ['13.0', 'Admin', 'Admin'],
  ])('in %s, auto_assign_org_role = %s is %s', (version, role, expected) => {
    expect(readServer(load(`[users]\nauto_assign_org_role = ${role}\n`, version)).auto_assign_org_role).toBe(expected);
  });

  it('takes numbers, booleans and addresses as written', () => {
    const text =
      '[users]\nauto_assign_org = off\nauto_assign_org_id = 0x10\n[auth]\noauth_skip_org_role_update_sync = yes\n[grafana_com]\nurl = https://x\n';
    expect(readServer(load(text, '10.4'))).toMatchObject({
      auto_assign_org: false,
      auto_assign_org_id: 16,
      oauth_skip_org_role_update_sync: true,
      grafana_com_url: 'https://x',
    });
  });

  it('falls back where nothing is set', () => {
    expect(readServer(load('', '13.0', undefined, false))).toMatchObject({
      auto_assign_org_role: 'Viewer',
      auto_assign_org: true,
      auto_assign_org_id: 1,
    });
  });
});
