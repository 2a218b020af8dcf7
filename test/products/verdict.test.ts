/** Who could log in, for the products that take tokens; against what dry runs say. */
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/library/validate.js';
import { gem as product } from '../../src/products/gem.js';

async function verdictOf(path: string, text: string, product: 'gem' | 'dashboard') {
  return (await validate([{ path, text }], { product })).files[0]!.verdict;
}

const ISSUER = 'https://id.acme.org/realms/acme';
const gem = (oidc: readonly string[], type = 'enterprise') =>
  `auth:\n  type: ${type}\n  admin:\n    oidc:\n${oidc.map((line) => `      ${line}\n`).join('')}`;

const OIDC = {
  issuer: `issuer_url: ${ISSUER}`,
  audience: 'audience: gem',
  claim: 'access_policy_claim: policy',
  regex: "access_policy_regex: '^gem-([a-z]+)$'",
};

describe('Grafana Enterprise Metrics', () => {
  it.each([
    [
      'complete',
      gem(Object.values(OIDC)),
      'some',
      /^people with a token of https:\/\/id.acme.org\/realms\/acme get in/,
    ],
    ['without audience', gem([OIDC.issuer, OIDC.claim, OIDC.regex]), 'some', /another application/],
    ['without a claim', gem([OIDC.issuer, OIDC.audience, OIDC.regex]), 'nobody', /no claim is named/],
    [
      'without a group',
      gem([OIDC.issuer, OIDC.audience, OIDC.claim, "access_policy_regex: 'gem-.*'"]),
      'nobody',
      /has no group/,
    ],
    [
      'with a broken expression',
      gem([OIDC.issuer, OIDC.audience, OIDC.claim, "access_policy_regex: '(?=x)(y)'"]),
      'nobody',
      /does not compile/,
    ],
    [
      'with a policy for everybody',
      gem([...Object.values(OIDC), 'default_access_policy: viewers']),
      'some',
      /^everybody with a token of .* "viewers"$/,
    ],
    ['without an expression', gem([OIDC.issuer, OIDC.audience, OIDC.claim]), 'unknown', /not documented/],
    ['trusting a header', gem(Object.values(OIDC), 'trust'), 'anybody', /as any tenant/],
  ] as const)('%s', async (name, text, judgement, sentence) => {
    const verdict = await verdictOf('gem.yaml', text, 'gem');
    expect(verdict?.sentence).toMatch(sentence);
    expect(verdict?.verdict).toBe(judgement);
    const now = 1767225600;
    const resolver = await product.prepare({ files: [{ path: 'gem.yaml', text }], now });
    for (const policy of ['gem-ops', 'other', ['gem-ops', 'x'], undefined]) {
      const claims = { iss: ISSUER, aud: 'gem', exp: now + 60, ...(policy === undefined ? {} : { policy }) };
      const { outcome } = await resolver.resolve({
        headers: { Authorization: 'Bearer acme:redacted' },
        id_token_claims: claims,
      });
      if (judgement === 'nobody') expect(outcome, name).not.toBe('allowed');
      if (name === 'complete')
        expect(outcome, String(policy)).toBe(String(policy).startsWith('gem-ops') ? 'allowed' : 'denied');
    }
  });

  it('says nothing where no tokens of a provider are taken', async () => {
    expect(await verdictOf('gem.yaml', 'auth:\n  type: enterprise\n', 'gem')).toBeUndefined();
  });
});

describe('Dashboard', () => {
  const SECRET = 'MB_JWT_SHARED_SECRET=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n';
  const URI = 'MB_JWT_IDENTITY_PROVIDER_URI=https://sso.acme.org/dashboard\n';
  it.each([
    [
      'on',
      `MB_JWT_ENABLED=true\n${SECRET}${URI}`,
      'some',
      /^whoever has a token .*; so can people with a Dashboard password$/,
    ],
    [
      'without passwords',
      `MB_JWT_ENABLED=true\n${SECRET}${URI}MB_ENABLE_PASSWORD_LOGIN=false\n`,
      'some',
      /can log in$/,
    ],
    ['without a secret', `MB_JWT_ENABLED=true\n${URI}`, 'nobody', /MB_JWT_SHARED_SECRET is not set/],
    ['off', `MB_JWT_ENABLED=false\n${SECRET}${URI}`, 'some', /switched off/],
    ['not switched on', `${SECRET}${URI}`, 'nobody', /MB_JWT_ENABLED is not true/],
    [
      'a secret anybody can guess',
      `MB_JWT_ENABLED=true\nMB_JWT_SHARED_SECRET=secret\n${URI}`,
      'anybody',
      /^anybody can make a token/,
    ],
  ] as const)('%s', async (_name, text, judgement, sentence) => {
    const verdict = await verdictOf('dashboard.env', text, 'dashboard');
    expect(verdict?.sentence).toMatch(sentence);
    expect(verdict?.verdict).toBe(judgement);
    expect(JSON.stringify(verdict)).not.toContain('9f86d081');
  });
});
