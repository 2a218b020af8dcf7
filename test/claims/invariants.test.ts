import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPayload } from '../../src/claims/payload.js';
import { prepareLogin } from '../../src/claims/prepare.js';
import { PROFILE_IDS } from '../../src/settings/versions.js';

const text = fc.constantFrom(
  '',
  ' ',
  'a',
  'ada@example.com',
  'admin',
  'Editor',
  'GRAFANAADMIN',
  'Boss',
  'none',
  'x\u0000',
  'ǆ role',
);
const scalar = fc.oneof(text, fc.constantFrom(null, true, false, 0, 7, -1, 1.5, 1e21));
const list = fc.array(scalar, { maxLength: 3 });
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  scalar,
  list,
  fc.dictionary(text, fc.oneof(scalar, list), { maxKeys: 3 }),
);
const claim = fc.constantFrom(
  'sub',
  'name',
  'email',
  'Email',
  'login',
  'username',
  'upn',
  'role',
  'groups',
  'attributes',
  'id',
  'orgs',
  'x',
);
const claims = fc.oneof({ weight: 8, arbitrary: fc.dictionary(claim, value, { maxKeys: 6 }) }, scalar, list);
const answer = fc.oneof(
  claims,
  fc.constantFrom('<html>', '{"email":"a","email":null}'),
  fc.record({ status: fc.constantFrom(200, 204, 302, 500), body: claims }),
);

const path = fc.constantFrom(
  '',
  'role',
  'groups',
  'groups[*]',
  "contains(groups[*], 'a') && 'Admin' || 'Viewer'",
  'x.y',
  '[',
  'sort(groups)',
  'merge(@, `1`)',
  "'Editor'",
  'keys(@)',
);
const flag = fc.constantFrom('', 'true', 'false', 'yes', 'nope');
const words = fc.constantFrom(
  '',
  ',',
  'a',
  '7 a',
  '["a"]',
  '["a"',
  '"a b"',
  '*:1:Editor',
  'a:2:Admin *:*:Viewer',
  '[1]',
);
const settings = fc.record(
  {
    api_url: fc.constantFrom('', 'https://id.example.com/me', 'https://id.example.com/a%20b', 'id.example.com'),
    teams_url: fc.constantFrom('', 'https://id.example.com/teams'),
    role_attribute_path: path,
    groups_attribute_path: path,
    login_attribute_path: path,
    name_attribute_path: path,
    email_attribute_path: path,
    org_attribute_path: path,
    team_ids_attribute_path: path,
    email_attribute_name: fc.constantFrom('', 'a', 'email:primary'),
    role_attribute_strict: flag,
    allow_assign_grafana_admin: flag,
    skip_org_role_sync: flag,
    allow_sign_up: flag,
    allowed_groups: words,
    allowed_organizations: words,
    allowed_domains: words,
    team_ids: words,
    org_mapping: words,
  },
  { requiredKeys: [] },
);
const envelope = fc.record(
  {
    settings,
    id_token_claims: claims,
    userinfo: answer,
    emails: answer,
    teams: answer,
    orgs: answer,
    organizations: fc.constantFrom(null, {}, { a: 2, 'Main Org.': 1 }),
    server: fc.record({
      oauth_skip_org_role_update_sync: fc.boolean(),
      auto_assign_org_role: text,
      auto_assign_org_id: fc.integer({ min: -1, max: 3 }),
      auto_assign_org: fc.boolean(),
    }),
  },
  { requiredKeys: ['settings'] },
);

/** A verdict without what only a trace has. */
function bare(result: object): unknown {
  const { trace: _, claims: __, ...rest } = JSON.parse(JSON.stringify(result));
  return rest;
}

describe.each(['grafana', 'grafana-cloud'] as const)('any login through %s', (product) => {
  it('ends in a verdict that holds together, with and without a trace, from data and from text', async () => {
    const resolvers = await Promise.all(PROFILE_IDS.map((version) => prepareLogin(product, { version })));
    fc.assert(
      fc.property(envelope, fc.constantFrom(...resolvers), (given, resolver) => {
        const traced = resolver.resolve(given);
        expect(bare(resolver.resolve(given, { trace: false }))).toEqual(bare(traced));
        const written = readPayload(JSON.stringify(given));
        expect(JSON.parse(JSON.stringify(resolver.resolve(written)))).toEqual(JSON.parse(JSON.stringify(traced)));

        const { outcome, user, denial } = traced;
        expect(['allowed', 'denied', 'error']).toContain(outcome);
        expect(denial === null).toBe(outcome === 'allowed');
        if (outcome === 'error') expect(user).toBeNull();
        if (outcome === 'denied') expect(user !== null).toBe(['email', 'allowed_domains'].includes(denial!.rule));
        if (outcome === 'allowed') expect(user!.email).not.toBe('');
        expect(traced.trace.length).toBeGreaterThan(0);
        for (const url of traced.requests) expect(url).toMatch(/^https?:\/\//);
      }),
      { numRuns: 600 },
    );
  });
});
