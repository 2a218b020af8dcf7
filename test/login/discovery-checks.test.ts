import { describe, expect, it } from 'vitest';
import { issuerCandidates } from '../../src/login/discovery.js';
import { discoveryChecks } from '../../src/login/discovery-checks.js';
import { authStyleFor, idpChecklist, impliedSettings } from '../../src/login/implied-settings.js';
import { providerFromTexts } from '../../src/settings/provider.js';
import { versionProfile } from '../../src/settings/versions.js';

const ISSUER = 'https://id.example.com';
const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/auth`,
  token_endpoint: `${ISSUER}/token`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  jwks_uri: `${ISSUER}/keys`,
  end_session_endpoint: `${ISSUER}/logout`,
  scopes_supported: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  response_types_supported: ['code'],
  claims_supported: ['sub', 'preferred_username', 'groups'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
};

const provider = (options: Record<string, string>) =>
  providerFromTexts(options, 'auth.generic_oauth', versionProfile()!);

/** Name and outcome of the checks; `changes` to a good document, undefined drops a member. */
function check(
  changes: Record<string, unknown> = {},
  options: Record<string, string> | undefined = undefined,
  issuer = ISSUER,
) {
  const document = Object.fromEntries(
    Object.entries({ ...DOCUMENT, ...changes }).filter(([, value]) => value !== undefined),
  );
  const attempt = {
    url: `${issuer}/.well-known/openid-configuration`,
    redirects: [],
    elapsed: 1,
    status: 200,
    document,
  };
  const keys = {
    url: `${ISSUER}/keys`,
    redirects: [],
    elapsed: 1,
    status: 200,
    document: { keys: [{ kty: 'RSA', kid: 'a' }] },
  };
  const checks = discoveryChecks(
    { issuer, attempts: [attempt], source: 'openid', document },
    { keys, ...(options ? { provider: provider(options) } : {}) },
  );
  return Object.fromEntries(checks.map((one) => [one.name, one]));
}

describe('checks', () => {
  it('a good document passes all', () => {
    expect(Object.values(check()).every((one) => one.ok === true)).toBe(true);
  });

  it('compares the issuer to the byte and shows where it differs', () => {
    expect(check({ issuer: `${ISSUER}/` })['issuer']).toMatchObject({
      ok: false,
      expected: ISSUER,
      actual: `${ISSUER}/`,
      because: expect.stringMatching(/^they differ at character 23: "\/" instead of the end; only the slash/),
    });
    expect(check({ issuer: 'https://id.example.org' })['issuer']!.because).toContain(
      'character 20: "o" instead of "c"',
    );
    expect(check({ issuer: 'https://login/{tenantid}/v2.0' })['issuer']!.because).toContain('template');
    expect(check({ issuer: undefined })['issuer']!.ok).toBe(false);
  });

  it('wants https but on this machine', () => {
    expect(check({ token_endpoint: 'http://id.example.com/token' })['https']).toMatchObject({
      ok: false,
      actual: 'http: token_endpoint',
    });
    expect(check({ token_endpoint: 'http://127.0.0.1:1/token' })['https']!.ok).toBe(true);
  });

  it('wants endpoints, keys and the code flow', () => {
    expect(check({ token_endpoint: undefined })['endpoints']).toMatchObject({
      ok: false,
      actual: 'missing: token_endpoint',
    });
    expect(check({ userinfo_endpoint: undefined })['endpoints']!.ok).toBeNull();
    expect(check({ response_types_supported: ['id_token'] })['code flow']!.ok).toBe(false);
    expect(check({ jwks_uri: undefined })['keys']).toBeUndefined();
  });

  it('holds PKCE against use_pkce', () => {
    expect(check({}, { use_pkce: 'false' })['PKCE']!.ok).toBeNull();
    expect(check({ code_challenge_methods_supported: ['plain'] }, { use_pkce: 'true' })['PKCE']!.ok).toBe(false);
    expect(check({ code_challenge_methods_supported: undefined }, { use_pkce: 'true' })['PKCE']!.ok).toBeNull();
  });

  it('holds client authentication against auth_style', () => {
    const auth = (methods: string[] | undefined, style: string) =>
      check({ token_endpoint_auth_methods_supported: methods }, { auth_style: style })['client authentication']!;
    expect(auth(['client_secret_post'], 'InHeader')).toMatchObject({ ok: false, expected: 'auth_style = InParams' });
    expect(auth(['client_secret_post'], 'inparams').ok).toBe(true);
    expect(auth(undefined, 'InParams').ok).toBe(false);
    expect(auth(['client_secret_basic'], '').ok).toBeNull();
    expect(auth(['private_key_jwt'], 'InHeader').ok).toBe(false);
  });

  it('names scopes that are not announced, without a verdict', () => {
    const scopes = check({}, { scopes: 'openid user:email' })['scopes']!;
    expect(scopes.ok).toBeNull();
    expect(scopes.because).toContain('user:email');
    expect(check({}, { scopes: 'openid' })['scopes']!.ok).toBe(true);
  });

  it('does not blame a provider without discovery', () => {
    const missing = {
      url: 'x',
      redirects: [],
      elapsed: 1,
      status: 404,
      problem: { kind: 'missing', message: '404' },
    } as const;
    expect(discoveryChecks({ issuer: ISSUER, attempts: [missing] })).toEqual([
      expect.objectContaining({ name: 'document', ok: null }),
    ]);
  });
});

describe('implied settings', () => {
  const options = { rootUrl: 'https://grafana.example.com/sub/', refreshTokens: true };

  it('follow from the document', () => {
    expect(impliedSettings(DOCUMENT, options)).toEqual({
      enabled: 'true',
      scopes: 'openid profile email groups offline_access',
      auth_url: `${ISSUER}/auth`,
      token_url: `${ISSUER}/token`,
      api_url: `${ISSUER}/userinfo`,
      auth_style: 'InHeader',
      use_pkce: 'true',
      use_refresh_token: 'true',
      login_attribute_path: 'preferred_username',
      groups_attribute_path: '[groups][]',
      signout_redirect_url: `${ISSUER}/logout?post_logout_redirect_uri=https%3A%2F%2Fgrafana.example.com%2Fsub%2Flogin`,
    });
  });

  it('leave out what the version or the document does not know', () => {
    const bare = {
      ...DOCUMENT,
      scopes_supported: [],
      code_challenge_methods_supported: undefined,
      end_session_endpoint: undefined,
    };
    const settings = impliedSettings(bare, { ...options, refreshTokens: false });
    expect(settings['empty_scopes']).toBe('true');
    for (const option of ['scopes', 'use_pkce', 'use_refresh_token', 'signout_redirect_url']) {
      expect(settings).not.toHaveProperty(option);
    }
  });

  it('choose the way to authenticate', () => {
    const style = (...methods: string[]) => authStyleFor({ token_endpoint_auth_methods_supported: methods });
    expect(authStyleFor({})).toBe('InHeader');
    expect(style('client_secret_post')).toBe('InParams');
    expect(style('private_key_jwt')).toBe('AutoDetect');
  });

  it('tell what to enter at the provider', () => {
    const entries = idpChecklist(DOCUMENT, {
      rootUrl: 'https://grafana.example.com/sub/',
      rootUrlAssumed: false,
      callback: 'generic_oauth',
      claims: [{ option: 'role_attribute_path', claims: ['groups'] }],
    });
    const value = (what: string) => entries.find((entry) => entry.what === what)?.value;
    expect(value('redirect URI')).toBe('https://grafana.example.com/sub/login/generic_oauth');
    expect(value('post-logout redirect URI')).toBe('https://grafana.example.com/sub/login');
    expect(value('scopes to allow')).toBe('openid profile email groups offline_access');
    expect(value('claim to map')).toBe('groups');
  });
});

it('finds issuers in addresses', () => {
  expect(issuerCandidates('https://h/realms/x/protocol/openid-connect/auth?a=b')[0]).toBe('https://h/realms/x');
  expect(issuerCandidates('https://h/tenant/oauth2/v2.0/authorize')).toContain('https://h/tenant/v2.0');
  expect(issuerCandidates('https://h/oauth2/default/v1/authorize')[0]).toBe('https://h/oauth2/default');
  expect(issuerCandidates('https://h/authorize')).toEqual(['https://h']);
  expect(issuerCandidates('no address', 'https://h/a/token')).toEqual(['https://h/a', 'https://h']);
  expect(issuerCandidates(`https://h${'/x'.repeat(50)}`)).toHaveLength(6);
  expect(issuerCandidates('')).toEqual([]);
});
