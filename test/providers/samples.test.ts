/** Every sample login, as Grafana's own code resolved it with the settings of its provider. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PayloadEnvelope } from '../../src/claims/resolver.js';
import { resolve } from '../../src/library/resolve.js';
import { loadDetails, loadSamples, PRESET_IDS } from '../../src/providers/load.js';
import { samplePayload } from '../../src/providers/sample-payload.js';
import { fill } from '../../src/providers/templates.js';

interface Answer {
  readonly outcome: string;
  readonly error: string | null;
  readonly org_role: string | null;
  readonly role_from_claims: string | null;
  readonly groups: readonly string[] | null;
  readonly email: string;
  readonly login: string;
  readonly name: string;
  readonly auth_id: string | null;
}

type Answers = Record<'grafana_9_4' | 'grafana_13', Answer>;

const golden = JSON.parse(readFileSync('fixtures/golden/providers.json', 'utf8')) as Record<
  string,
  {
    readonly naive_role: string;
    readonly samples: Record<string, { readonly expect: Answers; readonly expect_naive: Answers }>;
  }
>;

/** What discovery answers for a provider that is known by nothing else. */
const GENERIC = {
  authorization_endpoint: 'https://idp.example.com/authorize',
  token_endpoint: 'https://idp.example.com/token',
  userinfo_endpoint: 'https://idp.example.com/userinfo',
  end_session_endpoint: 'https://idp.example.com/logout',
};
const VERSIONS = [
  ['9.4', 'grafana_9_4'],
  ['13.0', 'grafana_13'],
] as const;

const cases = (
  await Promise.all(
    PRESET_IDS.map(async (id) => {
      const details = (await loadDetails(id))!;
      const values = Object.fromEntries(details.variables.map(({ name, example }) => [name, example]));
      const settings = Object.fromEntries(
        Object.entries({ ...details.grafana.settings, role_attribute_path: details.grafana.role }).map(
          ([key, value]) => [key, fill(value, { ...GENERIC, ...values })],
        ),
      );
      return (await loadSamples(id)).map((sample) => ({ id, sample, settings }));
    }),
  )
).flat();

const REFUSALS: Readonly<Record<string, string>> = { email_fetch: 'emails', team: 'team_ids' };

async function answer(payload: PayloadEnvelope, version: string) {
  const { outcome, user, denial } = await resolve(payload, {
    product: 'grafana',
    grafanaVersion: version,
    now: 1_790_000_100,
  });
  return {
    outcome: outcome === 'allowed' ? 'ok' : 'denied',
    rule: denial?.rule,
    ...(user && {
      org_role: user['role'] === '' ? null : user['role'],
      role_from_claims: user['mappedRole'] === '' ? null : user['mappedRole'],
      groups: user['groups'],
      email: user['email'],
      login: user['login'],
      name: user['name'],
      auth_id: user['id'] === '' ? null : user['id'],
    }),
  };
}

describe('a sample login', () => {
  it.each(cases.map((one) => [one.id, one.sample.name, one] as const))('%s: %s', async (id, name, one) => {
    const { samples } = golden[id]!;
    for (const [version, key] of VERSIONS) {
      const { outcome, error, ...user } = samples[name]!.expect[key];
      expect(await answer(samplePayload(one.sample, one.settings), version)).toEqual(
        error === null ? { outcome, rule: undefined, ...user } : { outcome, rule: REFUSALS[error] },
      );
    }
  });

  // Samples that are about another expression have their own.
  const plain = cases.filter((one) => one.sample.settings?.['role_attribute_path'] === undefined);
  it.each(plain.map((one) => [one.id, one.sample.name, one] as const))(
    '%s: %s, with the expression manuals show',
    async (id, name, one) => {
      const { naive_role, samples } = golden[id]!;
      for (const [version, key] of VERSIONS) {
        const { outcome, error, org_role } = samples[name]!.expect_naive[key];
        const payload = samplePayload(one.sample, one.settings);
        const settings = { ...payload.settings, role_attribute_path: naive_role };
        const given = await answer({ ...payload, settings }, version);
        expect(given).toMatchObject(error === null ? { outcome, org_role } : { outcome, rule: REFUSALS[error] });
      }
    },
  );

  it('is there for somebody with rights and somebody without, for every provider', () => {
    for (const id of PRESET_IDS) {
      const personas = new Set(cases.filter((one) => one.id === id).map((one) => one.sample.persona));
      expect([...personas].sort(), id).toEqual(expect.arrayContaining(['admin', 'no-groups', 'user']));
    }
  });
});
