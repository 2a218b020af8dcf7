import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextBody } from '../../src/claims/body.js';
import { UsageError } from '../../src/errors.js';
import { readHeaders, readToken, tenantNameProblem } from '../../src/gem/credentials.js';
import { differenceAt } from '../../src/gem/provider.js';
import { resolve } from '../../src/library/resolve.js';
import type { PayloadEnvelope } from '../../src/products/product.js';
import { jwk, mint } from './mint.js';

const NOW = 1767225600;
const ISSUER = 'https://id.example.com/realms/acme';
const settings = (oidc: object = {}, auth: object = {}) => ({
  auth: {
    type: 'enterprise',
    ...auth,
    admin: { oidc: { issuer_url: ISSUER, access_policy_claim: 'p', access_policy_regex: '^([a-z]+)$', ...oidc } },
  },
});
const run = (envelope: PayloadEnvelope, productVersion?: string) =>
  resolve({ settings: settings(), ...envelope }, { product: 'gem', now: NOW, productVersion });
const base = { iss: ISSUER, exp: NOW + 60, p: 'ops' };
const provider = (more: object = {}) => ({
  issuer: ISSUER,
  algorithms: ['RS256', 'ES256'],
  keys: [jwk('k1')],
  ...more,
});

describe('credentials', () => {
  it.each([
    [{ authorization: 'Bearer t-1:a.b.c' }, 'bearer', 't-1', 'a.b.c'],
    [{ Authorization: 'Bearer a|b:a.b.c' }, 'bearer', 'a|b', 'a.b.c'],
    [{ Authorization: 'Bearer   t-1:a:b' }, 'bearer', 't-1', 'a:b'],
    [{ Authorization: `Basic ${btoa(':a.b.c')}` }, 'basic', '', 'a.b.c'],
    [{ Authorization: `basic ${btoa('t-1:a.b.c')}` }, 'basic', 't-1', 'a.b.c'],
  ])('%j', (headers, form, tenant, token) =>
    expect(readHeaders(headers)).toMatchObject({ credentials: { form, tenant, token } }),
  );

  it.each([
    [{}, 'no Authorization header'],
    [{ Authorization: 'Bearer a.b.c' }, 'no tenant in front'],
    [{ Authorization: 'Bearer t-1:' }, 'the JWT is missing'],
    [{ Authorization: 'Bearer :a.b.c' }, 'the tenant is missing'],
    [{ Authorization: 'Bearer' }, 'no tenant in front'],
    [{ Authorization: 'Basic !' }, 'not base64'],
    [{ Authorization: `Basic ${btoa('nothing')}` }, 'no colon'],
    [{ Authorization: `Basic ${btoa('t-1:')}` }, 'password is empty'],
    [{ Authorization: `Basic ${btoa('a.b.c:t-1')}` }, 'swapped'],
    [{ Authorization: 'Digest x' }, 'not one GEM documents'],
  ])('%j is refused', (headers, message) => expect(readHeaders(headers).refused?.message).toContain(message));

  it('tells what a proxy would have to do', () => {
    expect(readHeaders({ 'X-ID-Token': 'a', 'X-Scope-OrgID': 't-1' }).refused?.hint).toContain('Bearer t-1:<token>');
    expect(readHeaders({ 'x-scope-orgid': 't-1' }).refused?.hint).toContain('auth.type: trust');
  });

  it('knows names of tenants', () => {
    expect(tenantNameProblem('tenant_1-a')).toBeUndefined();
    expect(tenantNameProblem('ab')).toContain('3 to 64');
    expect(tenantNameProblem('Tenant')).toContain('"T"');
    expect(readToken('ab:x').notes).toEqual(['the tenant name "ab" is not 3 to 64 characters long']);
  });

  it('stand beside given claims', async () => {
    expect(await run({ headers: { Authorization: 'Bearer t-1:redacted' }, id_token_claims: base })).toMatchObject({
      outcome: 'allowed',
      user: { tenant: 't-1' },
      credentials: { form: 'bearer', tenant: 't-1', token: 'redacted' },
    });
  });
});

describe('a token', () => {
  const verdict = async (claims: unknown, options: Parameters<typeof mint>[1] = {}, envelope: PayloadEnvelope = {}) => {
    const result = await run({ id_token: mint(claims, options), provider: provider(), ...envelope });
    return result.denial?.rule ?? result.outcome;
  };

  it.each([
    [base, 'allowed'],
    [{ ...base, exp: NOW }, 'allowed'],
    [{ ...base, exp: NOW - 1 }, 'expired'],
    [{ ...base, exp: undefined }, 'expired'],
    [{ ...base, exp: null }, 'malformed'],
    [{ ...base, exp: `${NOW + 1}` }, 'allowed'],
    [{ ...base, exp: NOW - 0.5 }, 'expired'],
    [{ ...base, nbf: NOW + 300 }, 'allowed'],
    [{ ...base, nbf: NOW + 301 }, 'nbf'],
    [{ ...base, nbf: null }, 'allowed'],
    [{ ...base, iat: 'yesterday' }, 'malformed'],
    [{ ...base, iss: 7 }, 'malformed'],
    [{ ...base, iss: undefined }, 'issuer'],
    [{ ...base, iss: `${ISSUER}/` }, 'issuer'],
    [{ ...base, aud: { a: 1 } }, 'malformed'],
    [{ ...base, iss: 'x', exp: 1 }, 'issuer'],
    ['{"a":', 'malformed'],
  ])('%j: %s', async (claims, expected) => expect(await verdict(claims)).toBe(expected));

  it('is checked for its audience before its times', async () => {
    const envelope = { settings: settings({ audience: 'gem' }) };
    expect(await verdict({ ...base, aud: ['x', 'gem'] }, {}, envelope)).toBe('allowed');
    expect(await verdict({ ...base, aud: 'gem ', exp: 1 }, {}, envelope)).toBe('audience');
  });

  it('needs an accepted algorithm, a fitting key and a right signature', async () => {
    expect(await verdict(base, { alg: 'none' })).toBe('alg');
    expect(await verdict(base, { alg: 'HS256' }, { provider: provider({ algorithms: ['HS256'] }) })).toBe('alg');
    expect(await verdict(base, { alg: 'ES256' }, { provider: provider({ keys: [jwk('k1', 'ES256')] }) })).toBe(
      'allowed',
    );
    expect(
      await verdict(
        base,
        { alg: 'ES256' },
        { provider: provider({ algorithms: undefined, keys: [jwk('k1', 'ES256')] }) },
      ),
    ).toBe('alg');
    // the key of this id is of another kind
    expect(await verdict(base, { alg: 'ES256' })).toBe('signature');
    expect(await verdict(base, { header: { crit: ['x'] } })).toBe('signature');
    expect(await verdict(base, { tampered: { ...base, p: 'admin' } })).toBe('signature');
    expect(await verdict(base, { kid: null, signedWith: 'zz' })).toBe('signature');
    expect(await verdict(base, {}, { provider: provider({ keys: [{ kid: 'k1', kty: 'RSA' }] }) })).toBe('signature');
    expect(await verdict(base, {}, { provider: provider({ keys: 'none' }) })).toBe('signature');
  });

  it('signed with EdDSA is not settled', async () => {
    const result = await run({
      id_token: mint(base).replace(/^[^.]+/, Buffer.from('{"alg":"EdDSA"}').toString('base64url')),
      provider: provider({ algorithms: ['EdDSA'] }),
    });
    expect(result).toMatchObject({ certainty: 'undetermined', denial: { rule: 'alg' } });
  });

  it('with a broken header is malformed only when it comes to that', async () => {
    const [, payload, signature] = mint(base).split('.');
    expect((await run({ id_token: `!.${payload}.${signature}`, provider: provider() })).denial?.rule).toBe('malformed');
    expect((await run({ id_token: `!.${payload}.${signature}` })).outcome).toBe('allowed');
  });

  it('may come from the issuer for access tokens of AD FS, which is not settled', async () => {
    const adfs = {
      provider: provider({ accessTokenIssuer: 'http://adfs/trust' }),
      id_token: mint({ ...base, iss: 'http://adfs/trust' }),
    };
    expect((await run(adfs)).denial?.rule).toBe('issuer');
    expect(await run({ ...adfs, settings: settings({ adfs_compatibility: true }) })).toMatchObject({
      outcome: 'allowed',
      certainty: 'undetermined',
    });
  });

  it('is not checked for its times where no time is given', async () => {
    const { gem } = await import('../../src/products/gem.js');
    const resolver = await gem.prepare({});
    const result = await resolver.resolve({
      settings: settings(),
      id_token: mint({ ...base, exp: 1 }),
      provider: provider(),
    });
    expect(result.outcome).toBe('allowed');
    expect(result.trace.find((step) => step.field === 'exp')?.status).toBe('skipped');
  });

  it('may be an access token, or claims alone', async () => {
    expect((await run({ access_token: mint(base) })).outcome).toBe('allowed');
    expect((await run({ access_token: 'opaque', userinfo: { p: 'ops' } })).outcome).toBe('allowed');
    expect((await run({ access_token: 'opaque' })).denial?.rule).toBe('malformed');
    expect((await run({ token: { id_token: mint(base) }, userinfo: {} })).outcome).toBe('allowed');
    expect((await run({ id_token_claims: new TextBody('{"p":"ops"}') })).outcome).toBe('allowed');
    expect((await run({ id_token_claims: '[]' })).denial?.rule).toBe('malformed');
    expect((await run({ userinfo: { status: 401 } })).denial?.rule).toBe('credentials');
    expect((await run({})).denial?.rule).toBe('credentials');
  });
});

describe('discovery by recorded answers', () => {
  const place = `${ISSUER}/.well-known/openid-configuration`;
  const document = { issuer: ISSUER, jwks_uri: `${ISSUER}/jwks` };
  const keys = { [`${ISSUER}/jwks`]: { status: 200, body: { keys: [jwk('k1')] } } };
  const ask = (http: object) => run({ id_token: mint(base), http: http as Record<string, unknown> });

  it.each([
    [{}, 'status 404'],
    [{ [place]: { error: 'connection refused' } }, 'connection refused'],
    [{ [place]: { body: '<html>' } }, 'JSON object'],
    [{ [place]: { body: { ...document, issuer: 7 } } }, 'is not a text'],
    [{ [place]: { body: { jwks_uri: 'x' } } }, 'is not the one that is set'],
    [{ [place]: { body: { issuer: ISSUER } } }, 'no jwks_uri'],
    [{ [place]: 7 }, 'no usable answer'],
  ])('%j fails', async (http, message) => {
    expect(await ask(http)).toMatchObject({
      outcome: 'error',
      denial: { rule: 'discovery', message: expect.stringContaining(message) },
      requests: [place],
    });
  });

  it('fetches the keys once, for the signature', async () => {
    expect(await ask({ [place]: { body: new TextBody(JSON.stringify(document)) }, ...keys })).toMatchObject({
      outcome: 'allowed',
      requests: [place, `${ISSUER}/jwks`],
    });
    expect(await ask({ [place]: { body: document } })).toMatchObject({
      outcome: 'error',
      denial: { rule: 'discovery' },
      requests: [place, `${ISSUER}/jwks`],
    });
    expect(await ask({ [place]: { body: document }, [`${ISSUER}/jwks`]: { body: '[]' } })).toMatchObject({
      outcome: 'error',
    });
    const expired = await run({ id_token: mint({ ...base, exp: 1 }), http: { [place]: { body: document }, ...keys } });
    expect(expired.requests).toEqual([place]);
  });

  it('names the character that differs', () => {
    expect(differenceAt('https://a/', 'https://a')).toBe('the trailing slash is missing');
    expect(differenceAt('https://a', 'https://a/')).toBe('it has a trailing slash more');
    expect(differenceAt('https://a', 'http://a')).toContain('character 5, "s" against ":"');
    expect(differenceAt('abc', 'ab')).toContain('"c" against the end');
  });
});

describe('policies', () => {
  const policies = {
    ops: { scopes: ['metrics:read', 'rules:read'], tenants: ['t-1'] },
    all: { scopes: ['admin'], tenants: ['*'] },
  };

  it.each([
    [{ p: ['ops', 'all'] }, ['*'], undefined],
    [{ p: ['ops', 'ghost'] }, ['t-1'], 'undetermined'],
    [{ p: 'ops' }, ['t-1'], undefined],
  ])('%j', async (claims, tenants, certainty) => {
    const result = await run({ id_token_claims: claims, policies });
    expect(result.user).toMatchObject({ tenants });
    expect(result.certainty).toBe(certainty);
  });

  it('may be a list as the admin API gives it', async () => {
    const list = [{ name: 'ops', scopes: ['metrics:read'], realms: [{ tenant: 't-1', cluster: 'c' }] }];
    expect((await run({ id_token_claims: base, policies: list })).user).toMatchObject({ tenants: ['t-1'] });
  });

  it.each([[7], ['x'], [[7]], [{ ops: 7 }], [{ ops: { scopes: 'all' } }], [[{ scopes: [] }]]])(
    '%j are no policies',
    async (value) => {
      await expect(run({ id_token_claims: base, policies: value })).rejects.toThrow(UsageError);
    },
  );

  it('several tenants must all be covered, an empty one is not looked at', async () => {
    const ask = async (tenant: string) =>
      (
        await run({
          headers: { Authorization: `Basic ${btoa(`${tenant}:x.y.z`)}` },
          id_token_claims: { p: 'ops' },
          policies,
        })
      ).outcome;
    expect(await ask('t-1')).toBe('allowed');
    expect(await ask('t-1|t-2')).toBe('denied');
    expect(await ask('')).toBe('allowed');
  });

  it.each([
    ['/api/v1/push', 'denied'],
    ['/otlp/v1/metrics', 'denied'],
    ['/prometheus/api/v1/query?query=up', 'allowed'],
    ['/prometheus/api/v1/label/job/values', 'allowed'],
    ['/admin/api/v1/tenants', 'denied'],
    ['/ready', 'allowed'],
  ])('a virtual policy asks for %s: %s', async (path, outcome) => {
    expect((await run({ id_token_claims: { p: ['a', 'b'] }, request: { path } })).outcome).toBe(outcome);
  });

  it('the built-in admin policy is pointed out', async () => {
    const open = { settings: settings({ access_policy_regex: '(.*)' }), id_token_claims: { p: '__admin__' } };
    expect((await run(open)).certainty).toBe('undetermined');
    const closed = { ...open.settings, admin_client: { disable_default_admin_policy: true } };
    expect((await run({ ...open, settings: closed })).certainty).toBeUndefined();
  });

  it('a default policy with capitals is not settled', async () => {
    const result = await run({ settings: settings({ default_access_policy: 'Viewers' }), id_token_claims: {} });
    expect(result).toMatchObject({ certainty: 'undetermined', user: { accessPolicies: ['Viewers'] } });
  });

  it('claims named nearly alike are pointed out', async () => {
    const note = async (claim: string, claims: object) =>
      (await run({ settings: settings({ access_policy_claim: claim }), id_token_claims: claims })).trace.find(
        (step) => step.field === 'claim',
      )?.note;
    expect(await note('groups', { Groups: [] })).toContain('it has "Groups"');
    expect(await note('a.b', { a: { b: 'x' } })).toContain('a path is not followed');
    expect(await note('__proto__', {})).toContain('has no claim');
  });
});

describe('a configuration', () => {
  it.each([
    [{ auth: { type: 'oidc' } }, 'only trust and enterprise exist'],
    [{ auth: { type: 'enterprise' } }, 'OIDC is not active'],
    [settings({ access_policy_regex: '(' }), 'does not compile'],
  ])('%j does not work', async (wrong, message) => {
    expect(await run({ settings: wrong, id_token_claims: base })).toMatchObject({
      outcome: 'error',
      denial: { rule: 'config', message: expect.stringContaining(message) },
    });
  });

  it('of 1.5 has the issuer under url', async () => {
    const old = {
      auth: {
        type: 'enterprise',
        admin: { oidc: { url: ISSUER, access_policy_claim: 'p', access_policy_regex: '(.*)' } },
      },
    };
    expect((await run({ settings: old, id_token_claims: base }, '1.5')).outcome).toBe('allowed');
    expect((await run({ settings: old, id_token_claims: base }, '2.6')).outcome).toBe('error');
  });

  it('under trust believes the header', async () => {
    const trust = { settings: settings({ access_policy_regex: '(' }, { type: 'trust' }) };
    expect(await run({ ...trust, headers: { 'x-scope-orgid': 't-1' } })).toMatchObject({
      outcome: 'allowed',
      user: { tenant: 't-1' },
    });
    expect(await run({ ...trust, headers: {} })).toMatchObject({ outcome: 'allowed', certainty: 'undetermined' });
  });

  it('of another form or version is refused with a reason', async () => {
    await expect(run({ headers: 'x' })).rejects.toThrow('"headers" of the payload is not an object');
    await expect(run({}, 'x')).rejects.toThrow('not a version of GEM');
  });
});

it('never throws for any token, claims or header', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        id_token: fc.option(
          fc.oneof(
            fc.string(),
            fc.jsonValue().map((value) => mint(value, { alg: 'none' })),
          ),
          { nil: undefined },
        ),
        id_token_claims: fc.option(fc.dictionary(fc.constantFrom('p', 'iss', 'exp', '__proto__'), fc.jsonValue()), {
          nil: undefined,
        }),
        headers: fc.option(
          fc.record({
            Authorization: fc.oneof(
              fc.string(),
              fc.string().map((text) => `Bearer ${text}`),
              fc.base64String().map((text) => `Basic ${text}`),
            ),
          }),
          { nil: undefined },
        ),
        provider: fc.option(fc.constant(provider()), { nil: undefined }),
      }),
      async (envelope) => {
        const result = await run(envelope);
        expect(['allowed', 'denied', 'error']).toContain(result.outcome);
        expect(result.user === null).toBe(result.outcome !== 'allowed');
      },
    ),
    { numRuns: 300 },
  );
});
