/** Configurations between two: none of the differences is the old one, all of them the new one. */
import { describe, expect, it } from 'vitest';
import { productEntry } from '../../src/products/index.js';
import type { PayloadEnvelope, ProductId } from '../../src/products/product.js';

const oauth = (lines: string) => `[auth.generic_oauth]\nenabled = true\napi_url = https://id.example.com/me\n${lines}`;
const cloud = (lines: string) => `[auth.grafana_com]\nenabled = true\n${lines}`;
const gem = (regex: string, more = '') =>
  `auth:\n  type: enterprise\n  admin:\n    oidc:\n      issuer_url: https://id.example.com/\n      access_policy_claim: groups\n      access_policy_regex: "${regex}"\n${more}`;

interface Case {
  readonly product: ProductId;
  readonly files: readonly [string, string];
  readonly versions?: readonly [string, string];
  readonly envelope: PayloadEnvelope;
  readonly differing: readonly string[];
}

const CASES: readonly Case[] = [
  {
    product: 'grafana',
    files: [
      oauth('role_attribute_path = role'),
      oauth("role_attribute_path = 'Admin' || role\nallowed_domains = a.example"),
    ],
    envelope: { userinfo: { sub: '1', email: 'eve@b.example', role: 'Editor' } },
    differing: ['role_attribute_path', 'allowed_domains'],
  },
  {
    product: 'grafana',
    files: [oauth('role_attribute_path = lower(role)'), oauth('role_attribute_path = role')],
    versions: ['11.2', '12.1'],
    envelope: { userinfo: { sub: '1', email: 'eve@b.example', role: 'Editor' } },
    differing: ['Grafana', 'role_attribute_path'],
  },
  {
    product: 'grafana-cloud',
    files: [cloud('allowed_organizations = a'), cloud('allowed_organizations = b')],
    envelope: {
      userinfo: {
        id: 1,
        login: 'eve',
        username: 'eve',
        email: 'eve@b.example',
        role: 'Editor',
        orgs: [{ login: 'a' }],
      },
    },
    differing: ['allowed_organizations'],
  },
  {
    product: 'dashboard',
    files: [
      'MB_JWT_ENABLED=true\nMB_JWT_IDENTITY_PROVIDER_URI=https://id.example.com\nMB_JWT_SHARED_SECRET=abcdefgh\nMB_JWT_GROUP_SYNC=true\nMB_JWT_GROUP_MAPPINGS={"a":[7]}\n',
      'MB_JWT_ENABLED=true\nMB_JWT_IDENTITY_PROVIDER_URI=https://id.example.com\nMB_JWT_SHARED_SECRET=abcdefgh\nMB_JWT_GROUP_SYNC=true\nMB_JWT_GROUP_MAPPINGS={"a":[8]}\n',
    ],
    versions: ['55', '58'],
    envelope: { id_token_claims: { email: 'eve@b.example', groups: ['a'] } },
    differing: ['Dashboard', 'MB_JWT_GROUP_MAPPINGS'],
  },
  {
    product: 'gem',
    files: [gem('(.*)'), gem('x-(.*)', '      audience: grafana\n')],
    envelope: { id_token_claims: { sub: '1', groups: 'readers' } },
    differing: ['auth.admin.oidc.access_policy_regex', 'auth.admin.oidc.audience'],
  },
];

const NAMES: Readonly<Record<ProductId, string>> = {
  grafana: 'grafana.ini',
  'grafana-cloud': 'grafana.ini',
  dashboard: 'server.env',
  gem: 'gem.yaml',
};

describe.each(CASES.map((one, at) => [`${one.product} ${at}`, one] as const))('%s', (_name, one) => {
  const side = (at: 0 | 1) => ({
    files: [{ path: NAMES[one.product], text: one.files[at] }],
    now: 1_700_000_000,
    ...(one.versions ? { productVersion: one.versions[at] } : {}),
  });

  it('finds what differs', async () => {
    const product = await productEntry(one.product)!.load();
    const { differences, versions } = await product.compare(side(0), side(1));
    expect(differences.map(({ option }) => option).sort()).toEqual([...one.differing].sort());
    if (one.versions)
      expect(versions.map((version) => version.split('.')[0])).toEqual(
        one.versions.map((version) => version.split('.')[0]),
      );
  });

  it('is the old one, or the new one, at the ends', async () => {
    const product = await productEntry(one.product)!.load();
    const { differences, prepare } = await product.compare(side(0), side(1));
    const resolve = async (resolver: Awaited<ReturnType<typeof product.prepare>>) => {
      const { outcome, user, denial } = await resolver.resolve(one.envelope, { trace: false });
      return { outcome, user, denial };
    };
    const [old, now] = [await resolve(await product.prepare(side(0))), await resolve(await product.prepare(side(1)))];
    expect(old).not.toEqual(now);
    expect(await resolve(await prepare([]))).toEqual(old);
    expect(await resolve(await prepare(differences.map((_, at) => at)))).toEqual(now);
  });
});
