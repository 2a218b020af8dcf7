import { describe, expect, it } from 'vitest';
import { readPayload } from '../../src/claims/payload.js';
import { prepareLogin } from '../../src/claims/prepare.js';
import { UsageError } from '../../src/errors.js';
import { resolve } from '../../src/library/resolve.js';
import { loadFiles } from '../../src/settings/load.js';
import type { EffectiveConfig } from '../../src/settings/types.js';

const ini = (text: string) => [{ path: 'grafana.ini', text }];
const GENERIC = '[auth.generic_oauth]\nenabled = true\napi_url = https://id.example.com/userinfo\n';
const CLOUD = '[auth.grafana_com]\nenabled = true\n';

async function usage(run: () => unknown): Promise<UsageError> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return error as UsageError;
  }
  throw new Error('nothing was thrown');
}

describe('which provider', () => {
  it('names the providers where several are enabled and none was chosen', async () => {
    const files = ini(`${GENERIC}${CLOUD}[auth.github]\nenabled = true\n`);
    const problem = await usage(() => prepareLogin('grafana', { files }));
    expect(problem.message).toContain('[auth.github], [auth.grafana_com], [auth.generic_oauth]');
    expect(problem.hint).toContain('--section auth.generic_oauth');
    const chosen = await prepareLogin('grafana', { files, section: 'generic_oauth' });
    expect(chosen.provider?.section).toBe('auth.generic_oauth');
  });

  it.each([
    ['no provider at all', '[server]\nhttp_port = 3000\n', 'configures no login provider'],
    ['another product', CLOUD, '[auth.grafana_com]'],
    ['another case', '[Auth.Generic_OAuth]\nenabled = true\n', 'configures no login provider'],
  ])('says that the section is missing: %s', async (_what, text, because) => {
    const problem = await usage(() => prepareLogin('grafana', { files: ini(text) }));
    expect(problem.message).toBe('the configuration has no section [auth.generic_oauth]');
    expect(problem.because).toContain(because);
  });

  it('refuses sections nobody can dry-run, and sections of the other product', async () => {
    expect((await usage(() => prepareLogin('grafana', { files: ini(GENERIC), section: 'github' }))).message).toContain(
      '[auth.github]',
    );
    expect(
      (await usage(() => prepareLogin('grafana', { files: ini(CLOUD), section: 'auth.grafana_com' }))).message,
    ).toContain('product "grafana"');
  });

  it.each([
    ['auth.grafana_com', CLOUD],
    ['auth.grafananet', '[auth.grafananet]\nenabled = true\n'],
    ['auth.metrics-dashboard_com', '[auth.metrics-dashboard_com]\nenabled = true\n'],
  ])('finds the cloud login under %s', async (section, text) => {
    const resolver = await prepareLogin('grafana-cloud', { files: ini(text) });
    expect(resolver.resolve({ userinfo: { id: 1, email: 'a@b.c' } }).target.section).toBe(section);
  });

  it('counts a section that only the environment speaks of', async () => {
    const resolver = await prepareLogin('grafana', {
      files: ini('[server]\n'),
      env: { GF_AUTH_GENERIC_OAUTH_ENABLED: 'true', GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH: 'role' },
    });
    expect(resolver.resolve({ id_token_claims: { email: 'a@b.c', role: 'editor' } }).user?.role).toBe('Editor');
  });

  it('refuses a text that is no version', async () => {
    const problem = await usage(() => prepareLogin('grafana', { version: 'newest' }));
    expect(problem.message).toContain('"newest"');
  });
});

describe('where options come from', () => {
  const payload = { userinfo: { sub: '1', email: 'a@b.c', role: 'editor' } };

  it('flags alone: the defaults of the version, api_url counts as set', async () => {
    const resolver = await prepareLogin('grafana', { flags: { role_attribute_path: 'role' } });
    const result = resolver.resolve(payload);
    expect(result.user?.role).toBe('Editor');
    expect(result.requests).toEqual(['<api_url>']);
    const byAttribute = resolver.resolve({ userinfo: { attributes: { 'email:primary': ['x@y.z'] } } });
    expect(byAttribute.user?.email).toBe('x@y.z');
    expect(resolver.resolve({ userinfo: {}, emails: [{ email: 'e@y.z', primary: true }] })).toMatchObject({
      user: { email: 'e@y.z' },
      requests: ['<api_url>', '<api_url>/emails'],
    });
  });

  it('flags over a configuration', async () => {
    const files = ini(`${GENERIC}role_attribute_path = 'Admin' || 'Admin'\nallowed_domains = example.com\n`);
    const resolver = await prepareLogin('grafana', {
      files,
      flags: { role_attribute_path: 'role', allowed_domains: 'b.c' },
    });
    expect(resolver.resolve(payload)).toMatchObject({ outcome: 'allowed', user: { role: 'Editor' } });
  });

  it('settings of an envelope are the whole section', async () => {
    const files = ini(`${GENERIC}role_attribute_path = 'Admin' || 'Admin'\n`);
    const resolver = await prepareLogin('grafana', { files });
    const result = resolver.resolve({
      ...payload,
      settings: { role_attribute_path: 'role', role_attribute_strict: true },
    });
    // api_url is unset there, so nothing is asked
    expect(result).toMatchObject({ outcome: 'denied', denial: { rule: 'role_attribute_strict' }, requests: [] });
    expect(result.trace[1]?.note).toContain('the answer in the payload is not used');
    expect(resolver.resolve(payload).user?.role).toBe('Admin');
  });

  it('server of an envelope wins key by key', async () => {
    const files = ini(`${GENERIC}[users]\nauto_assign_org_role = Editor\nauto_assign_org_id = 7\n`);
    const resolver = await prepareLogin('grafana', { files });
    expect(resolver.resolve(payload).user?.orgRoles).toEqual({ 7: 'Editor' });
    expect(resolver.resolve({ ...payload, server: { auto_assign_org_role: 'Admin' } }).user?.orgRoles).toEqual({
      7: 'Admin',
    });
  });

  it('a loaded configuration, read as another version where one is asked for', async () => {
    const config = loadFiles(ini(GENERIC), { grafanaVersion: '9.5' }) as EffectiveConfig;
    const old = await prepareLogin('grafana', { config });
    expect(old.resolve(payload)).toMatchObject({ target: { version: '9.5' }, user: { role: '' } });
    const later = await prepareLogin('grafana', { config, version: '12.2' });
    expect(later.resolve(payload)).toMatchObject({ target: { version: '12.2' }, user: { role: 'Viewer' } });
  });

  it('does not start where the configuration stops Grafana, unless the payload brings its own', async () => {
    const resolver = await prepareLogin('grafana', { files: ini(`${GENERIC}role_attribute_path = a\n  || b\n`) });
    expect(resolver.resolve(payload)).toMatchObject({ outcome: 'error', denial: { rule: 'config' }, user: null });
    expect(resolver.resolve({ ...payload, settings: { api_url: 'https://x/y' } }).outcome).toBe('allowed');
  });

  it('keeps many settings of envelopes apart', async () => {
    const resolver = await prepareLogin('grafana');
    for (let round = 0; round < 2; round++)
      for (let id = 1; id < 100; id++)
        expect(
          resolver.resolve({ id_token_claims: { email: 'a@b.c' }, settings: {}, server: { auto_assign_org_id: id } })
            .user?.orgRoles,
        ).toEqual({ [id]: 'Viewer' });
  });
});

describe('payloads of a wrong shape', () => {
  it.each([
    [{ http: [] }, '"http"'],
    [{ http: { 'https://x': 5 } }, 'https://x'],
    [{ http: { 'https://x': { status: '200' } } }, 'status'],
    [{ token: 'x' }, '"token"'],
    [{ organizations: [] }, '"organizations"'],
    [{ organizations: { a: 'x' } }, '"organizations"'],
    [{ settings: [] }, '"settings"'],
    [{ settings: { scopes: ['a'] } }, 'settings.scopes'],
    [{ server: 5 }, '"server"'],
  ])('%j is refused with its place', async (envelope, place) => {
    const resolver = await prepareLogin('grafana');
    const problem = await usage(() => resolver.resolve(envelope as never));
    expect(problem.message).toContain(place);
  });

  it('refuses what is no JSON at all', async () => {
    const resolver = await prepareLogin('grafana');
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    for (const userinfo of [circle, { deep }]) await usage(() => resolver.resolve({ userinfo }));
  });

  it('goes as deep as Grafana does, and shows no more than can be read', async () => {
    const deep = '['.repeat(9000) + ']'.repeat(9000);
    const resolver = await prepareLogin('grafana', {
      flags: { role_attribute_path: 'a.b', groups_attribute_path: 'a' },
    });
    for (const text of [`{"email":"a@b.c","a":${deep}}`, `{"userinfo":{"email":"a@b.c","a":${deep}}}`]) {
      const result = resolver.resolve(readPayload(text));
      expect(result.outcome).toBe('allowed');
      expect(JSON.stringify(result).length).toBeLessThan(5000);
    }
    const tooDeep = resolver.resolve(
      readPayload(`{"email":"a@b.c","a":[[${deep.replace('[]', `[${'['.repeat(1000)}${']'.repeat(1000)}]`)}]]}`),
    );
    expect(tooDeep.trace[1]?.note).toContain('exceeded max depth');
  });

  it.each([null, 5, 'x', []])('%j is no payload', async (envelope) => {
    const resolver = await prepareLogin('grafana');
    await usage(() => resolver.resolve(envelope as never));
  });
});

describe('resolve', () => {
  it('takes what the contract names', async () => {
    const result = await resolve(
      {
        settings: {
          api_url: 'https://id.example.com/me',
          role_attribute_path: 'role',
          email_attribute_name: null,
          use_pkce: true,
        },
        http: { 'https://id.example.com/me': { status: 200, body: '{"email":"a@b.c","role":"none"}' } },
        server: { auto_assign_org_id: 2 },
        name: 'Ada',
      },
      { product: 'grafana', grafanaVersion: '12.1' },
    );
    expect(result).toMatchObject({
      formatVersion: 1,
      target: { product: 'grafana', version: '12.1', section: 'auth.generic_oauth' },
      name: 'Ada',
      outcome: 'allowed',
      user: {
        id: '',
        login: 'a@b.c',
        role: 'None',
        mappedRole: 'None',
        grafanaAdmin: null,
        groups: [],
        orgRoles: { 2: 'None' },
      },
      denial: null,
      requests: ['https://id.example.com/me'],
    });
  });

  it('answers a URL nobody recorded with 404, and a transport error with its text', async () => {
    const settings = { api_url: 'https://id.example.com/me' };
    expect(await resolve({ settings })).toMatchObject({
      denial: { rule: 'emails', productMessage: 'Error getting email address: 404 page not found' },
      requests: ['https://id.example.com/me', 'https://id.example.com/me/emails'],
    });
    const http = { 'https://id.example.com/me/emails': { error: 'connection refused' } };
    expect(await resolve({ settings, http })).toMatchObject({
      denial: {
        productMessage: 'Error getting email address: Get "https://id.example.com/me/emails": connection refused',
      },
    });
  });

  it('looks at the URL as it leaves', async () => {
    const settings = { api_url: 'https://id.example.com/my user' };
    const result = await resolve({
      settings,
      http: { 'https://id.example.com/my%20user': { body: { email: 'a@b.c' } } },
    });
    expect(result).toMatchObject({ outcome: 'allowed', requests: ['https://id.example.com/my%20user'] });
  });
});

describe('what cannot be known', () => {
  const login = async (settings: Record<string, string>, claims: unknown, trace = true) =>
    (await prepareLogin('grafana')).resolve({ settings, id_token_claims: claims }, { trace });
  const claims = { email: 'a@b.c', roles: { x: 'Editor', y: 'Admin' } };

  it.each([true, false])('is said where the order of an object decides (trace: %s)', async (trace) => {
    const result = await login({ role_attribute_path: 'values(roles)[0]' }, claims, trace);
    expect(result.certainty).toBe('undetermined');
    if (trace) expect(result.trace.find((step) => step.field === 'role')).toMatchObject({ certainty: 'undetermined' });
    const sure = await login({ role_attribute_path: "contains(values(roles), 'Admin') && 'Admin'" }, claims, trace);
    expect(sure.certainty).toBeUndefined();
  });

  it.each([true, false])('is said where this tool gives up (trace: %s)', async (trace) => {
    const big = Array.from({ length: 3000 }, () => 'x'.repeat(50));
    const path = "join('', map(&join('', $.big), big))";
    const result = await login({ role_attribute_path: path }, { email: 'a@b.c', big }, trace);
    expect(result).toMatchObject({
      outcome: 'error',
      denial: { rule: 'expression', productMessage: null },
      certainty: 'undetermined',
    });
  });
});
