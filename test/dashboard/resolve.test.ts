import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextBody } from '../../src/claims/body.js';
import { UsageError } from '../../src/errors.js';
import { resolve } from '../../src/library/resolve.js';
import type { PayloadEnvelope } from '../../src/products/product.js';

const NOW = 1767225600;
const SETTINGS = {
  MB_JWT_ENABLED: 'true',
  MB_JWT_IDENTITY_PROVIDER_URI: 'https://idp.example.com/login',
  MB_JWT_SHARED_SECRET: 'a secret of the tests, long enough',
  MB_SITE_URL: 'https://dash.example.com',
};

const run = (envelope: PayloadEnvelope, productVersion?: string) =>
  resolve({ settings: SETTINGS, ...envelope }, { product: 'dashboard', now: NOW, productVersion });

const claims = (more: object = {}) => ({ id_token_claims: { email: 'a@b.example', iat: NOW, ...more } });
const callback = (query: Record<string, string>) => ({ request: { query: { jwt: '<jwt>', ...query } } });

describe('a request', () => {
  it('without anything goes to the identity provider', async () => {
    expect(await run({})).toMatchObject({
      outcome: 'redirect',
      response: { status: 302, location: SETTINGS.MB_JWT_IDENTITY_PROVIDER_URI, to: 'idp' },
    });
  });

  it('takes its token from jwt only, and an empty one counts', async () => {
    expect(await run({ id_token: '' })).toMatchObject({ outcome: 'denied', denial: { rule: 'token' } });
    expect(await run({ ...claims(), request: { query: { redirect: '/x' } } })).toMatchObject({ outcome: 'redirect' });
    const trace = (await run({ request: { query: { access_token: 'x' }, headers: { Authorization: 'Bearer x' } } }))
      .trace;
    expect(trace.filter((step) => step.status === 'ignored').map((step) => step.note)).toEqual([
      'the parameter "access_token" is not read: only jwt is',
      'an Authorization header is not read: only the parameter jwt is',
    ]);
  });

  it('by POST is refused', async () => {
    expect(await run({ ...claims(), request: { method: 'post', query: { jwt: '<jwt>' } } })).toMatchObject({
      denial: { rule: 'method' },
      response: { status: 501, statusKey: 'error-post-jwt-not-valid' },
    });
  });

  it('joins return_to with & where the URI has a query, also an empty one', async () => {
    const settings = { ...SETTINGS, MB_JWT_IDENTITY_PROVIDER_URI: 'https://idp.example.com/?app=d' };
    const location = async (redirect: string) =>
      ((await run({ settings, request: { query: { redirect } } }))['response'] as { location: string }).location;
    expect(await location('/x')).toBe('https://idp.example.com/?app=d&return_to=/x');
    expect(await location('')).toBe('https://idp.example.com/?app=d&return_to=');
  });

  it('reads claims as data, as text and as a document of a payload file', async () => {
    for (const given of ['{"email":"a@b.example","n":1.0}', new TextBody('{"email":"a@b.example","n":1.0}')])
      expect((await run({ id_token_claims: given })).user).toMatchObject({ attributes: { n: '1.0' } });
    expect((await run({ userinfo: { email: 'a@b.example' } })).outcome).toBe('allowed');
    expect((await run({ userinfo: { status: 403 } })).outcome).toBe('redirect');
    await expect(run({ id_token_claims: '{' })).rejects.toThrow(UsageError);
  });
});

describe('return_to', () => {
  const verdict = async (returnTo: string, version?: string, site: string | null = SETTINGS.MB_SITE_URL) =>
    (
      await run(
        { ...claims(), ...callback({ return_to: returnTo }), settings: { ...SETTINGS, MB_SITE_URL: site } },
        version,
      )
    ).outcome;

  it.each([
    ['/x', undefined, 'allowed'],
    ['https://dash.example.com:9/x', undefined, 'allowed'],
    ['https://DASH.example.com/', undefined, 'denied'],
    ['https:///x.example', undefined, 'denied'],
    ['//x.example', '46.7', 'denied'],
    ['https://dash.example.com/x', '46.7', 'allowed'],
    ['/x', '46.7', 'denied'],
    ['//x.example', '46.6', 'allowed'],
    ['https://x.example', '46.6', 'denied'],
    ['https://x.example', '43', 'allowed'],
    ['not a uri', '43', 'allowed'],
  ])('%s on %s: %s', async (text, version, outcome) => expect(await verdict(text, version)).toBe(outcome));

  it('is compared with nothing where the site has no host', async () => {
    for (const site of [null, 'https://my_site.example.com']) {
      expect(await verdict('javascript:alert(1)', undefined, site)).toBe('allowed');
      expect(await verdict('https://dash.example.com/', undefined, site)).toBe('denied');
    }
  });

  it('is told where a browser should not follow', async () => {
    for (const text of [
      '///evil.example',
      'ftp://dash.example.com/x',
      'http://dash.example.com/',
      'https://dash.example.com:9/',
    ]) {
      const result = await run({ ...claims(), ...callback({ return_to: text }) });
      expect(result.trace.find((step) => step.field === 'return_to')?.note).toContain('should not be followed');
    }
  });
});

describe('embedding', () => {
  const client = { 'X-Metabase-Client': 'embedding-simple' };
  const on = { ...SETTINGS, MB_ENABLE_EMBEDDING_SIMPLE: 'true', MB_ENABLE_EMBEDDING_SDK: 'true' };

  it('asks where to go, with a hash on 55 to 57', async () => {
    const ask = { settings: on, request: { query: {}, headers: client } };
    expect((await run(ask, '56'))['response']).toMatchObject({ body: { method: 'jwt', hash: expect.any(String) } });
    expect((await run(ask))['response']).toEqual({
      status: 200,
      body: { url: SETTINGS.MB_JWT_IDENTITY_PROVIDER_URI, method: 'jwt' },
      to: 'idp',
    });
    expect((await run(ask, '54'))['response']).toMatchObject({ status: 302 });
  });

  it('needs its setting: before the token up to 57, behind it from 58', async () => {
    const bad = { id_token: 'a.b.c', request: { query: { jwt: '<jwt>' }, headers: client } };
    expect(await run(bad, '57')).toMatchObject({
      denial: { rule: 'sdk' },
      response: { status: 402, statusKey: 'error-embedding-simple-disabled' },
    });
    expect(await run(bad, '58')).toMatchObject({ denial: { rule: 'token' } });
    expect(await run({ ...claims(), request: bad.request }, '58')).toMatchObject({ denial: { rule: 'sdk' } });
  });

  it('gets a session as JSON; without the hash it is not settled on 55 to 57', async () => {
    const login = { settings: on, ...claims({ exp: NOW + 60 }), request: { query: { jwt: '<jwt>' }, headers: client } };
    expect(await run(login)).toMatchObject({
      outcome: 'allowed',
      response: { body: { status: 'ok', iat: NOW, exp: NOW + 60 } },
    });
    expect((await run(login)).certainty).toBeUndefined();
    expect((await run(login, '55')).certainty).toBe('undetermined');
    const parameter = { settings: on, ...claims(), ...callback({ token: 'true' }) };
    expect(await run(parameter, '54')).toMatchObject({
      response: { status: 200, body: { id: expect.any(String), iat: NOW, exp: null } },
    });
    expect(await run(parameter, '55')).toMatchObject({ response: { status: 302 } });
  });
});

describe('people', () => {
  const known = { email: 'A@B.example', first_name: 'Ada', last_name: null };

  it('are found without regard to case, keep names that are not sent, and get those that are', async () => {
    expect((await run({ ...claims({ last_name: 'L' }), state: { users: [known] } })).user).toMatchObject({
      email: 'a@b.example',
      firstName: 'Ada',
      lastName: 'L',
      created: false,
    });
    expect((await run({ ...claims({ first_name: 7 }) })).certainty).toBe('undetermined');
    expect((await run(claims(), '45')).user).toMatchObject({ firstName: 'Unknown' });
  });

  it('need an address that can have an account', async () => {
    for (const email of ['', 'nobody', 'a@b', 7]) {
      const result = await run({ id_token_claims: { email } });
      expect(result).toMatchObject({
        outcome: 'denied',
        certainty: 'undetermined',
        denial: { rule: 'email', productMessage: null },
      });
    }
    expect(await run({ id_token_claims: { email: null } })).toMatchObject({ response: { status: 401 } });
    expect(await run({ id_token_claims: { Email: 'x' } }, '57')).toMatchObject({
      response: { status: null },
      certainty: 'undetermined',
    });
    expect((await run({ id_token_claims: { Email: 'x' } })).denial?.message).toContain('it has "Email"');
    expect((await run({ id_token_claims: { mail: 'x' } })).denial?.message).toContain('it has "mail"');
  });

  it('who are unknown or deactivated, without account creation', async () => {
    const settings = { ...SETTINGS, MB_JWT_USER_PROVISIONING_ENABLED: 'false' };
    const status = async (users: unknown[], version?: string) =>
      ((await run({ settings, ...claims(), state: { users } }, version))['response'] as { status: number }).status;
    expect([await status([]), await status([], '56')]).toEqual([401, 500]);
    const inactive = [{ ...known, is_active: false }];
    expect([await status(inactive), await status(inactive, '56'), await status(inactive, '55')]).toEqual([
      401, 401, 500,
    ]);
  });

  it('on a server without an administrator', async () => {
    expect(await run({ ...claims(), state: { setupDone: false } })).toMatchObject({
      denial: { rule: 'setup', productMessage: 'Instance has not been initialized' },
    });
  });

  it('whose groups alone are known', async () => {
    const settings = { ...SETTINGS, MB_JWT_GROUP_SYNC: 'true', MB_JWT_GROUP_MAPPINGS: '{"hr":[7],"sales":[3]}' };
    expect((await run({ settings, ...claims({ groups: ['hr'] }), currentGroups: [1, 3, 9] })).user).toMatchObject({
      groups: [1, 7, 9],
      added: [7],
      removed: [3],
      created: false,
    });
  });

  it('with another shared key', async () => {
    const text = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"email":"a@b.example"}').toString('base64url')}`;
    const id_token = `${text}.${createHmac('sha256', 'other').update(text).digest('base64url')}`;
    expect((await run({ id_token })).outcome).toBe('denied');
    expect((await run({ id_token, key: 'other' })).outcome).toBe('allowed');
  });
});

describe('groups', () => {
  const settings = { ...SETTINGS, MB_JWT_GROUP_SYNC: 'true' };
  const groups = { 1: 'All Users', 2: 'Administrators', 3: 'Sales' };
  const synced = async (claim: unknown, more: object = {}, version?: string) =>
    run(
      {
        settings: { ...settings, ...more },
        ...claims({ groups: claim }),
        state: { groups, users: [{ email: 'a@b.example', groups: [1, 3] }] },
      },
      version,
    );

  it('named Administrators make an administrator', async () => {
    const result = await synced(['Administrators']);
    expect(result.user).toMatchObject({ groups: [1, 2], removed: [3] });
    expect(result.trace.find((step) => step.field === 'groups')?.note).toContain('makes an administrator');
  });

  it('that do not exist are logged', async () => {
    const result = await synced(['x'], { MB_JWT_GROUP_MAPPINGS: '{"x":[44]}' });
    expect(result.user).toMatchObject({ groups: [1, 3] });
    expect(result.trace.find((step) => step.field === 'groups')?.note).toContain('there is no group 44');
  });

  it('in a claim or mapping of another form are not settled', async () => {
    for (const [claim, mappings] of [
      [7, '{"x":[3]}'],
      [{ a: 1 }, '{"x":[3]}'],
      [['x'], 'no json'],
    ] as const) {
      const result = await synced(claim, { MB_JWT_GROUP_MAPPINGS: mappings });
      expect(result).toMatchObject({ certainty: 'undetermined', user: { groups: [1, 3] } });
    }
    expect((await synced(['x', 7], { MB_JWT_GROUP_MAPPINGS: '{"x":[3]}' })).user).toMatchObject({ groups: [1, 3] });
  });

  it('without mappings do nothing before 56', async () => {
    expect((await synced([], {}, '55')).user).toMatchObject({ groups: [1, 3] });
    expect((await synced([], {}, '56')).user).toMatchObject({ groups: [1], removed: [3] });
  });
});

describe('tenants', () => {
  const settings = { ...SETTINGS, MB_USE_TENANTS: 'true' };
  const acme = { slug: 'acme', attributes: { plan: 'gold' }, active: false };

  it.each([
    [{ '@tenant': ['x'] }, {}, 401, 'Value of `@tenant` must be a string'],
    [{ '@tenant': 1.5 }, {}, 401, 'Value of `@tenant` must be a string'],
    [{}, { users: [{ email: 'a@b.example', tenant: 'acme' }] }, 403, 'Tenant claim required for external user'],
    [{ '@tenant': 'acme' }, { users: [{ email: 'a@b.example' }] }, 403, 'Cannot add tenant claim to internal user'],
  ])('%j before %j', async (more, state, status, message) => {
    expect(await run({ settings, ...claims(more), state })).toMatchObject({
      denial: { rule: 'tenant', productMessage: message },
      response: { status },
    });
  });

  it('are off unless switched on and licensed', async () => {
    for (const envelope of [{}, { settings, state: { features: ['sso-jwt'] } }])
      expect(await run({ ...claims({ '@tenant': 'acme' }), ...envelope })).toMatchObject({
        denial: { productMessage: 'Tenants and tenant users are disabled.' },
      });
    expect((await run({ ...claims({ '@tenant': 'acme' }) }, '57')).user).toMatchObject({
      dropped: ['@tenant'],
      tenant: null,
    });
  });

  it('that are disabled are revived only with account creation', async () => {
    const state = { users: [{ email: 'a@b.example', tenant: 'acme' }], tenants: [acme] };
    expect((await run({ settings, ...claims({ '@tenant': 'acme' }), state })).outcome).toBe('allowed');
    const off = { ...settings, MB_JWT_USER_PROVISIONING_ENABLED: 'false' };
    expect((await run({ settings: off, ...claims({ '@tenant': 'acme' }), state })).denial?.productMessage).toBe(
      'Tenant is not active',
    );
  });

  it('keep the attributes they have', async () => {
    const envelope = claims({ '@tenant': 7, '@tenant.attributes': { plan: 'basic', seats: 5 } });
    const result = await run({ settings, ...envelope, state: { tenants: [{ ...acme, slug: '7' }] } });
    expect(result.user).toMatchObject({
      tenant: '7',
      tenantCreated: false,
      tenantAttributes: { plan: 'gold', seats: '5' },
      attributes: {},
    });
    expect(result.certainty).toBe('undetermined');
  });
});

describe('input of another form', () => {
  it.each([
    [{ request: [] }],
    [{ state: [] }],
    [{ state: { users: {} } }],
    [{ state: { users: [{}] } }],
    [{ state: { users: [null] } }],
    [{ state: { tenants: [{}] } }],
  ])('%j is refused with a reason', async (envelope) => {
    await expect(run({ ...claims(), ...envelope })).rejects.toThrow(UsageError);
  });

  it('an unknown version is refused', async () => {
    await expect(run({}, 'x')).rejects.toThrow('not a version of Dashboard');
  });

  it('never throws for any token, claims or query', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          id_token: fc.option(fc.string(), { nil: undefined }),
          id_token_claims: fc.option(
            fc.dictionary(
              fc.constantFrom('email', 'groups', 'iat', 'exp', '@tenant', 'x', '__proto__'),
              fc.jsonValue(),
            ),
            { nil: undefined },
          ),
          request: fc.option(
            fc.record({ query: fc.dictionary(fc.constantFrom('jwt', 'return_to', 'redirect', 'token'), fc.string()) }),
            { nil: undefined },
          ),
        }),
        fc.constantFrom('45', '54', '57', '58', undefined),
        async (envelope, version) => {
          const result = await run(
            { ...envelope, settings: { ...SETTINGS, MB_JWT_GROUP_SYNC: 'true', MB_USE_TENANTS: 'true' } },
            version,
          );
          expect(['allowed', 'denied', 'redirect']).toContain(result.outcome);
          expect(result.denial === null).toBe(result.outcome !== 'denied');
          expect(result.user === null).toBe(result.outcome !== 'allowed');
          expect(JSON.stringify(result)).not.toContain(SETTINGS.MB_JWT_SHARED_SECRET);
        },
      ),
      { numRuns: 300 },
    );
  });
});
