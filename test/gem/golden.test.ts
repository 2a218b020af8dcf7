import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolve } from '../../src/library/resolve.js';
import type { PayloadEnvelope } from '../../src/products/product.js';
import { encode, jwk, mint } from './mint.js';

interface Case {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs by area
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs by area
  readonly expected: any;
  readonly alternative?: string;
}

const golden: { fixture: { now: number; issuer: string }; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/gem.json', import.meta.url), 'utf8'),
);
const { now, issuer } = golden.fixture;
const base = { iss: issuer, exp: now + 300 };

function of(area: string): [string, Case][] {
  return golden.cases.filter((one) => one.area === area).map((one) => [`${one.id} ${one.title}`, one]);
}

function oidc(settings: Record<string, unknown> = {}) {
  return {
    auth: {
      type: 'enterprise',
      admin: { oidc: { issuer_url: issuer, access_policy_claim: 'sub', access_policy_regex: '(?s)(.*)', ...settings } },
    },
  };
}

function run(envelope: PayloadEnvelope, productVersion?: string) {
  return resolve(envelope, { product: 'gem', now, ...(productVersion === undefined ? {} : { productVersion }) });
}

describe('access policies out of claims', () => {
  it.each(of('extract'))('%s', async (_, { input, expected, alternative }) => {
    const result = await run({ id_token_claims: input.claims, settings: input.config }, input.gemVersion);
    if (expected.mode === 'undetermined') expect(result.certainty).toBe('undetermined');
    else if (expected.mode === 'none') {
      expect(result.outcome).toBe('denied');
      expect(result.denial?.rule).toBe('access_policy');
      expect(result.user).toBeNull();
    } else {
      expect(result.outcome).toBe('allowed');
      expect(result.user).toMatchObject({ accessPolicies: expected.policies, virtual: expected.mode === 'virtual' });
      if (alternative === undefined) expect(result.certainty).toBeUndefined();
    }
  });
});

describe('lower case', () => {
  it.each(of('lowercase'))('%s', async (_, { input, expected }) => {
    if (input.value !== undefined) {
      const result = await run({ id_token_claims: { ...base, sub: input.value }, settings: oidc() });
      expect(result.user).toMatchObject({ accessPolicies: [expected.policy] });
      return;
    }
    const policies = Object.fromEntries(
      input.policies.map((name: string) => [name, { scopes: ['metrics:read'], tenants: ['t-1'] }]),
    );
    const result = await run({ id_token_claims: { ...base, ...input.claims }, settings: input.config, policies });
    expect(result.denial?.rule).toBe('policy');
    expect(result.user).toBeNull();
  });
});

describe('rights of one policy and of several', () => {
  it.each(of('virtual').filter(([, { input }]) => input.policies))('%s', async (_, { input, expected }) => {
    const result = await run({
      id_token_claims: { ...base, groups: input.extracted },
      settings: oidc({ access_policy_claim: 'groups' }),
      policies: input.policies,
    });
    if (expected.outcome) {
      expect(result.outcome).toBe('denied');
      expect(result.denial?.rule).toBe('policy');
      return;
    }
    expect(result.user).toMatchObject({ scopes: expected.scopes, virtual: input.extracted.length > 1 });
    const tenants = (result.user?.['tenants'] ?? []) as string[];
    expect([...tenants].sort()).toEqual([...expected.tenants].sort());
    expect(result.certainty).toBe(expected.undetermined ? 'undetermined' : undefined);
  });

  it('names how long a result is cached', async () => {
    const [, one] = of('virtual').find(([, { input }]) => input.cache)!;
    const byDefault = await run({ id_token_claims: { ...base, sub: 'a' }, settings: oidc() });
    expect(byDefault.trace).toContainEqual(
      expect.objectContaining({ field: 'cache', option: one.input.cache.yaml, result: one.expected.defaultTtl }),
    );
  });
});

describe('expressions', () => {
  it.each(of('regex'))('%s', async (_, { input, expected }) => {
    const settings = oidc({ access_policy_regex: input.pattern });
    const result = await run({ id_token_claims: { ...base, sub: 'a' }, settings });
    if (expected.compiles) expect(result.denial?.rule).not.toBe('config');
    else expect(result).toMatchObject({ outcome: 'error', denial: { rule: 'config' } });
  });
});

describe('checks of a token', () => {
  it.each(of('verify'))('%s', async (_, { input, expected }) => {
    const { token, provider } = input;
    const idToken = token.opaque
      ? 'b2f6a0c4d8e94a7fa1c3'
      : token.jwe
        ? `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`
        : mint(input.claims, {
            ...token,
            ...(token.tampered ? { tampered: { ...input.claims, sub: 'pref-9-z' } } : { tampered: undefined }),
          });
    const keys = [jwk('k1', token.alg)];
    const result = await run({
      id_token: idToken,
      settings: input.config,
      provider: {
        issuer: provider.issuer,
        ...(provider.algs && { algorithms: provider.algs }),
        ...(provider.access_token_issuer && { accessTokenIssuer: provider.access_token_issuer }),
        keys,
        ...(provider.rotatedTo && { keysAfterRefetch: provider.rotatedTo.map((name: string) => jwk(name, token.alg)) }),
      },
    });
    if (expected.undetermined) expect(result.certainty).toBe('undetermined');
    else if (expected.outcome === 'accept') expect(result).toMatchObject({ outcome: 'allowed', denial: null });
    else expect(result).toMatchObject({ outcome: 'denied', denial: { rule: expected.reason } });
  });
});

describe('discovery', () => {
  it.each(of('discovery'))('%s', async (_, { input, expected }) => {
    const set = input.issuer_url ?? issuer;
    const real = expected.outcome === 'fail' && input.issuer_url ? issuer : set;
    const document: Record<string, unknown> = {
      issuer: input.documentIssuer ?? real,
      jwks_uri: `${real}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
    };
    if (input.missing) delete document[input.missing];
    const place = `${real.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const result = await run({
      id_token: mint({ iss: set, sub: 'x', exp: now + 300 }),
      settings: oidc({ issuer_url: set }),
      http: {
        [place]: { status: input.status ?? 200, body: document },
        [`${real}/jwks`]: { status: 200, body: { keys: [jwk('k1')] } },
      },
    });
    expect(result.requests[0]).toBe(expected.url ?? `${set.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (expected.outcome === 'fail') expect(result).toMatchObject({ outcome: 'error', denial: { rule: 'discovery' } });
    else {
      expect(result.outcome).toBe('allowed');
      expect(result.requests).toEqual([result.requests[0], `${real}/jwks`]);
    }
  });
});

describe('credentials', () => {
  const jwt = 'aaa.bbb.ccc';
  const comparable = of('credentials').filter(
    ([, { expected }]) => !expected.statusUndetermined && (expected.tenant !== undefined || expected.status),
  );
  it.each(comparable)('%s', async (_, { input, expected }) => {
    const headers = Object.fromEntries(
      Object.entries<string>(input.headers).map(([name, value]) => [name, value.replace('<jwt>', jwt)]),
    );
    const result = await run({ headers, settings: oidc() });
    if (expected.outcome === 'reject') {
      expect(result).toMatchObject({ outcome: 'denied', denial: { rule: 'credentials' } });
      return;
    }
    expect(result['credentials']).toMatchObject({ tenant: expected.tenant, token: jwt });
    if (expected.undetermined) expect(result.certainty).toBe('undetermined');
  });

  it.each(of('credentials').filter(([, { expected }]) => expected.statusUndetermined))('%s', async (_, { input }) => {
    const id_token = mint({ ...base, groups: ['a', 'b'] });
    const policy = { scopes: ['metrics:read', 'metrics:write'], tenants: ['tenant-1'] };
    const result = await run({
      headers: input.headers,
      id_token,
      settings: oidc({ access_policy_claim: 'groups' }),
      policies: { a: policy, b: policy },
    });
    expect(result.outcome).toBe('denied');
    expect(result.denial?.rule).toBe(input.headers.path ? 'scope' : 'tenant');
  });
});

describe('the effective way of authentication', () => {
  it.each(of('config').filter(([, { expected }]) => expected.effectiveType))('%s', async (_, { input, expected }) => {
    const result = await run({ id_token_claims: { ...base, sub: 'pref-1-a' }, settings: input.yaml }, input.gemVersion);
    expect(result.target['authType']).toBe(expected.effectiveType);
  });
});
