import { describe, expect, it } from 'vitest';
import { validate } from '../../../src/library/validate.js';

async function rulesOf(text: string, options: { env?: Record<string, string>; grafanaVersion?: string } = {}) {
  const { files } = await validate([{ path: 'a.ini', text }], options);
  return files[0]!.findings;
}

const find = async (text: string, rule: string, options = {}) =>
  (await rulesOf(text, options)).filter((finding) => finding.rule === rule);

describe('unknown keys', () => {
  it.each([
    ['[auth.generic_oauth]\nclent_id = x\n', 'did you mean client_id?'],
    ['[auth.generic_oauth]\nissuer = https://id.acme.org\n', 'Grafana reads no discovery document'],
    ['[auth.generic_oauth]\nauto_assign_org_role = Editor\n', 'is an option of [users]'],
    ['[auth.generic_oauth]\nsomething_else = 1\n', 'auth-cli explain'],
    ['[server]\nroot_ur = https://grafana.acme.org/\n', 'did you mean root_url?'],
  ])('%j: %s', async (text, help) => {
    expect((await find(text, 'unknown-key'))[0]?.help).toContain(help);
  });

  it.each([
    '[server]\nsomething_new = 1\n',
    '[auth.saml]\nsomething_new = 1\n',
    '[feature_toggles]\nanyToggle = true\n',
    '[database]\ntype = postgres\n',
    '[auth.generic_oauth]\nenabled = true\n',
    '[plugin.x]\nfoo = 1\n',
  ])('nothing is said of %j', async (text) => {
    expect(await find(text, 'unknown-key')).toEqual([]);
  });

  it('marks a misspelt gate as failing open', async () => {
    expect(await find('[auth.generic_oauth]\nallowed_domians = acme.org\n', 'unknown-key')).toMatchObject([
      { failOpen: true, suggestions: ['allowed_domains'] },
    ]);
  });

  it('leaves alone what %(name)s needs, in the versions that replace it', async () => {
    const text = '[auth.generic_oauth]\nauth_url = %(idp)s/auth\nidp = https://id.acme.org\n';
    expect(await find(text, 'unknown-key', { grafanaVersion: '10.2' })).toEqual([]);
    expect(await find(text, 'unknown-key', { grafanaVersion: '10.3' })).toHaveLength(1);
  });
});

describe('the cloud section under its second name', () => {
  const text =
    '[auth.metrics-dashboard_com]\nenabled = true\nuse_pkce = true\nsignout_redirect_url = https://acme.org\n';

  it('has the options of the cloud section, and one note', async () => {
    const findings = await rulesOf(text);
    expect(findings.filter(({ rule }) => rule === 'rebranded-section')).toMatchObject([{ severity: 'info' }]);
    expect(findings.map(({ rule }) => rule)).not.toContain('unknown-key');
    expect(findings.map(({ rule }) => rule)).not.toContain('parent-leak');
  });

  it('has variables of its own, which need the section in the file', async () => {
    const env = { GF_AUTH_METRICS_DASHBOARD_COM_CLIENT_ID: 'x' };
    expect(await find('', 'env-key-too-new', { env })).toMatchObject([{ severity: 'info' }]);
    const findings = await rulesOf(text, { env });
    expect(findings.filter(({ source }) => source !== undefined)).toEqual([]);
  });
});

describe('variables', () => {
  const env = (name: string, value = 'x') => ({ env: { [name]: value } });

  it.each([
    ['GF_AUTH_GENERIC_OAUTH_CLIENTID', 'error'],
    ['GF_AUTH_GENERIC_OAUTH_NOTHING_LIKE_IT', 'error'],
    ['GF_SERVER_ROOTURL', 'error'],
    ['GF_SERVER_SOMETHING_NEW', 'warning'],
    ['GF_LOG_LEVELL', 'warning'],
  ])('%s without an option: %s', async (name, severity) => {
    expect(await find('', 'env-no-target', env(name))).toMatchObject([{ severity, source: `env:${name}` }]);
  });

  it.each([
    'GF_PLUGIN_SOMETHING',
    'GF_AUTH_SAML_ENABLED',
    'GF_FEATURE_TOGGLES_SSOSETTINGSAPI',
    'HOME',
    'GF_INSTALL_PLUGINS',
  ])('nothing is said of %s', async (name) => {
    const findings = await rulesOf('', env(name));
    expect(findings.filter(({ rule }) => rule.startsWith('env-'))).toEqual([]);
  });

  it.each([
    ['10.0', 'GF_AUTH_GENERIC_OAUTH_ALLOWED_GROUPS', 'exists from 10.1.0 on'],
    ['13.0', 'GF_AUTH_GENERIC_OAUTH_JWK_SET_URL', 'in [auth.generic_oauth] of the file'],
    ['11.0', 'GF_AUTH_OAUTH_SKIP_ORG_ROLE_UPDATE_SYNC', 'removed in 11.0.0; use skip_org_role_sync'],
  ])('in %s %s: %s', async (grafanaVersion, name, help) => {
    const found = await find('', 'env-key-too-new', { ...env(name), grafanaVersion });
    // Where defaults.ini of the version still has the key, the variable is applied.
    if (found.length > 0) expect(found[0]!.help).toContain(help);
    else expect(name).toBe('GF_AUTH_OAUTH_SKIP_ORG_ROLE_UPDATE_SYNC');
  });

  it.each([
    ['GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH', "'Viewer'", 0],
    ['GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH', `"contains(groups, 'a') && 'Admin'"`, 1],
    ['GF_AUTH_GENERIC_OAUTH_GROUPS_ATTRIBUTE_PATH', '"cognito:groups"', 0],
    ['GF_AUTH_GENERIC_OAUTH_ALLOWED_GROUPS', '"Team One"', 0],
    ['GF_AUTH_GENERIC_OAUTH_ALLOWED_GROUPS', `'["a"]'`, 1],
    ['GF_AUTH_GENERIC_OAUTH_ENABLED', '"true"', 1],
    ['GF_AUTH_GENERIC_OAUTH_CLIENT_ID', 'a"b"', 0],
  ])('%s = %s has quotes around it: %i', async (name, value, count) => {
    expect(await find('', 'env-quotes', env(name, value))).toHaveLength(count);
  });
});

describe('expanders', () => {
  it('says nothing of variables where no environment is given', async () => {
    expect(await find('[auth.generic_oauth]\nclient_id = ${ID}\n', 'expander-unset-or-accident')).toEqual([]);
    expect(
      await find('[auth.generic_oauth]\nclient_id = ${ID}\n', 'expander-unset-or-accident', { env: {} }),
    ).toHaveLength(1);
    expect(await find('[x]\ny = ${HOSTNAME}\n', 'expander-unset-or-accident', { env: {} })).toEqual([]);
  });

  it.each([
    ['client_secret = ab${cd!ef}gh', 'expander-unset-or-accident'],
    ['client_secret = $SECRET', 'expander-form'],
    ['client_secret = $(SECRET)', 'expander-form'],
    ['client_secret = $__env(SECRET)', 'expander-form'],
    ['client_secret = $__FILE{/run/x}', 'expander-form'],
    ['client_secret = %SECRET%', 'expander-form'],
    ['client_secret = $__vault{a:b}', 'expander-form'],
  ])('%s: %s', async (line, rule) => {
    expect(await find(`[auth.generic_oauth]\n${line}\n`, rule)).toHaveLength(1);
  });

  it.each([
    'client_secret = $ecret',
    'client_secret = a$b',
    'role_attribute_path = $.role',
    'auth_url = https://x/?a=%20b',
  ])('%s is no variable', async (line) => {
    expect(await find(`[auth.generic_oauth]\n${line}\n`, 'expander-form')).toEqual([]);
  });
});
