import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../helpers/findings.js';

const SERVER = '[server]\nroot_url = https://grafana.acme.io/\n';
const OIDC = `${SERVER}[auth.generic_oauth]
enabled = true
client_id = grafana
client_secret = $__file{/run/secret}
scopes = openid profile email
auth_url = https://login.acme.io/authorize
token_url = https://login.acme.io/token
api_url = https://login.acme.io/userinfo
use_pkce = true
role_attribute_path = role
`;

async function rules(text: string, version?: string, env?: Record<string, string>): Promise<Record<string, string>> {
  const findings = await findingsIn(text, { grafanaVersion: version, env });
  return Object.fromEntries(
    findings.map(({ rule, severity, failOpen }) => [rule, failOpen ? `${severity}, fails open` : severity]),
  );
}

describe('a configuration that is in order', () => {
  it.each(['9.4', '10.0', '10.2', '10.4', '11.0', '11.2', '12.0', '13.0'])('has no finding on %s', async (version) => {
    expect(await rules(`${OIDC}allowed_domains = acme.io\n`, version)).toEqual({});
  });

  it('may leave what is secret to the environment', async () => {
    const text = OIDC.replace('client_secret = $__file{/run/secret}\n', '');
    expect(
      await rules(`${text}allowed_domains = acme.io\n`, undefined, { GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: 'k3y' }),
    ).toEqual({});
  });
});

describe('a provider that is off', () => {
  it('is left alone, whatever it holds', async () => {
    const text = `${SERVER}[auth.generic_oauth]\nenabled = false\nclient_id = YOUR_ID\nauth_url = http://foo.bar\nallowed_domains = ['a']\n`;
    expect(await rules(text)).toEqual({});
  });

  it('is spoken about while someone sets it up', async () => {
    const text = `${SERVER}[auth.generic_oauth]\nclient_id = YOUR_ID\nauth_url = https://login.acme.io/authorize\n`;
    expect(await rules(text)).toMatchObject({ placeholder: 'error' });
  });
});

describe('a layer that sets one key', () => {
  it('is not taken for a provider', async () => {
    expect(await rules('[auth.generic_oauth]\nclient_secret = $__file{/run/secret}\n')).toEqual({});
  });
});

describe('allowed_groups', () => {
  const text = `${OIDC}allowed_groups = admins\n`;
  it.each([
    ['9.5', { 'groups-gate-ignored': 'error, fails open' }],
    ['10.0', { 'groups-gate-ignored': 'error, fails open' }],
    ['10.1', { 'groups-gate-without-path': 'error' }],
    ['13.0', { 'groups-gate-without-path': 'error' }],
  ])('on %s', async (version, expected) => {
    expect(await rules(text, version)).toEqual(expected);
  });
});

describe('a JSON list', () => {
  it.each([
    ['9.3', { 'json-list-too-old': 'error' }],
    ['9.4', {}],
    ['13.0', {}],
  ])('on %s', async (version, expected) => {
    expect(await rules(`${OIDC}allowed_domains = ["acme.io"]\n`, version)).toEqual(expected);
  });

  it('that is broken opens a gate, but only a gate', async () => {
    expect(await rules(`${OIDC}allowed_domains = ['acme.io']\n`)).toEqual({
      'malformed-json-list': 'error, fails open',
    });
    const scopes = await rules(`${OIDC.replace('openid profile email', '["openid",]')}allowed_domains = acme.io\n`);
    expect(scopes['malformed-json-list']).toBe('error');
  });
});

describe('booleans', () => {
  const withoutRoles = `${OIDC.replace('role_attribute_path = role\n', '')}allowed_domains = acme.io\n`;
  it.each([
    ['10.2', 'yes', { 'bool-nonstandard': 'warning' }],
    ['10.3', 'yes', { 'bool-nonstandard': 'error' }],
    ['11.0', 'off', { 'bool-nonstandard': 'error', 'no-role-sync-plan': 'warning' }],
    ['11.1', 'yes', { 'bool-nonstandard': 'warning' }],
    ['13.0', 'Y', { 'bool-typo': 'error', 'no-role-sync-plan': 'warning' }],
    ['13.0', 'T', {}],
  ])('on %s: skip_org_role_sync = %s', async (version, value, expected) => {
    expect(await rules(`${withoutRoles}skip_org_role_sync = ${value}\n`, version)).toEqual(expected);
  });

  it('may be written that way where the newer reading is switched on', async () => {
    const text = `${withoutRoles}skip_org_role_sync = yes\n[feature_toggles]\nenable = ssoSettingsApi\n`;
    expect(await rules(text, '10.4')).toEqual({ 'bool-nonstandard': 'warning' });
  });

  it('that would open a gate are marked', async () => {
    expect(await rules(`${OIDC}role_attribute_strict = ja!\n`)).toMatchObject({
      'bool-typo': 'error, fails open',
    });
  });
});

describe('refresh tokens', () => {
  const text = `${OIDC}allowed_domains = acme.io\nuse_refresh_token = true\n`;
  const toggle = '[feature_toggles]\nenable = accessTokenExpirationCheck\n';
  it('are used by the option alone from 10.3, with a toggle before', async () => {
    expect(await rules(text, '10.3')).toEqual({ 'refresh-without-offline': 'error' });
    expect(await rules(text, '10.2')).toEqual({});
    expect(await rules(text + toggle, '10.2')).toMatchObject({ 'refresh-without-offline': 'error' });
    expect(await rules(`${OIDC}allowed_domains = acme.io\n${toggle}`, '9.5')).toMatchObject({
      'refresh-without-offline': 'error',
    });
  });

  it.each([
    'https://sso.acme.io/realms/main/protocol/openid-connect/auth',
    'https://gitlab.acme.io/oauth/authorize',
    'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/authorize',
    'https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent',
  ])('come without a scope from %s', async (url) => {
    const own = text.replace('https://login.acme.io/authorize', url);
    expect(Object.keys(await rules(own))).not.toContain('refresh-without-offline');
  });
});

describe('root_url', () => {
  const provider = OIDC.replace(SERVER, '');
  it.each([
    ['', { 'root-url-default': 'warning' }],
    ['[server]\nroot_url = http://localhost:3000/\n', {}],
    ['[server]\nroot_url = %(protocol)s://%(domain)s:%(http_port)s/\n', { 'root-url-default': 'warning' }],
    ['[server]\ndomain = grafana.acme.io\n', { 'root-url-default': 'warning' }],
    ['[server]\ndomain = grafana.acme.io\nprotocol = https\n', {}],
    ['[server]\ndomain = grafana.acme.io\nroot_url = http://localhost:3000/\n', { 'root-url-default': 'error' }],
    ['[server]\nroot_url = https://%(domain)s/\ndomain = grafana.acme.io\n', {}],
    ['[server]\nroot_url = http://grafana.acme.io/\n', { 'root-url-http': 'warning' }],
    ['[server]\nroot_url = grafana.acme.io\n', { 'invalid-url': 'error' }],
    ['[server]\nroot_url = https://acme.io/grafana/\n', { 'root-url-path': 'warning' }],
    ['[server]\nroot_url = https://acme.io/grafana\nserve_from_sub_path = true\n', {}],
    ['[server]\nroot_url = https://acme.io/\nserve_from_sub_path = true\n', { 'root-url-path': 'warning' }],
  ])('%j', async (server, expected) => {
    expect(await rules(`${server}${provider}allowed_domains = acme.io\n`)).toEqual(expected);
  });
});

describe('expanders and references', () => {
  it('leave the shape of an address open', async () => {
    const text = OIDC.replace('https://login.acme.io/authorize', '${IDP_URL}/authorize');
    const found = await rules(`${text}allowed_domains = acme.io\n`);
    expect(Object.keys(found)).not.toContain('invalid-url');
    expect(Object.keys(found)).not.toContain('missing-endpoint');
  });
});

describe('secrets', () => {
  it('stand in no text of a finding', async () => {
    const text = `${SERVER}[security]\nsecret_key = sh0rt-k3y\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nclient_secret = YOUR_SECRET_9f\n`;
    const findings = JSON.stringify(await findingsIn(text));
    expect(findings).not.toContain('sh0rt-k3y');
    expect(findings).not.toContain('YOUR_SECRET_9f');
  });
});
