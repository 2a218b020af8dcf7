import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepareLogin } from '../../src/claims/prepare.js';
import type { GrafanaUser } from '../../src/claims/verdict.js';
import { loadFiles } from '../../src/settings/load.js';
import type { EffectiveConfig } from '../../src/settings/types.js';
import { versionProfile } from '../../src/settings/versions.js';

/** What the products' own code answered; the columns are described beside the cases. */
interface Expected {
  versions: string[];
  user?: {
    id: string;
    login: string;
    name: string;
    email: string;
    role: string;
    isGrafanaAdmin: boolean | null;
    groups: string[] | null;
  };
  requests?: string[];
  orgRoles?: Record<string, string> | null;
  identityGrafanaAdmin?: boolean | null;
  email_allowed?: boolean;
  login_error?: string;
  error?: string;
  error_code?: string;
  panic?: string;
  config_error?: string;
}

interface Case {
  name: string;
  input: {
    provider?: string;
    settings?: Record<string, string>;
    auto_assign_org_role?: string;
    auto_assign_org?: boolean;
    auto_assign_org_id?: number;
    oauth_skip_org_role_update_sync?: boolean;
    grafana_com_url?: string;
    token_extra?: Record<string, unknown>;
    id_token?: string;
    access_token?: string;
    access_token_claims?: unknown;
    http?: Record<string, unknown>;
    orgs?: Record<string, number>;
    ini?: string;
    defaults?: boolean;
    env?: Record<string, string>;
  };
  expected: Expected[];
}

const cases = JSON.parse(readFileSync('fixtures/golden/resolve.json', 'utf8')) as Case[];

const REFUSALS: Record<string, string> = {
  group: 'allowed_groups',
  team: 'team_ids',
  organization: 'allowed_organizations',
  role_strict: 'role_attribute_strict',
};
const FAILURES: Record<string, string> = {
  emails_request: 'emails',
  emails_decode: 'emails',
  org_attribute_path: 'org_attribute_path',
  grafana_com_user: 'userinfo',
};

/** Versions that behave as another one. */
const ALIASES: Record<string, string[]> = { '11.3': ['11.4'], '11.6': ['11.5', '12.0'], '13.0': ['12.1', '12.4'] };

/** The newest version was run over the defaults of 9.4. */
function configOf(input: Case['input'], version: string, product: string) {
  // a header, so that the section is there whatever the case is about
  const section = product === 'grafana' ? 'auth.generic_oauth' : 'auth.grafana_com';
  const files = [{ path: 'custom.ini', text: `${input.ini}\n[${section}]\n` }];
  const grafanaVersion = input.defaults && versionProfile(version)!.id === '13.0' ? '9.4' : version;
  const options = { env: input.env ?? {}, defaults: input.defaults === true, grafanaVersion };
  return loadFiles(files, options) as EffectiveConfig;
}

/** Oldest and newest of a run of equal answers, and the versions that behave as these. */
function versionsOf({ versions }: Expected): string[] {
  return [...new Set([versions[0]!, versions[versions.length - 1]!])].flatMap((id) => [id, ...(ALIASES[id] ?? [])]);
}

function envelopeOf({ input }: Case) {
  const attribute = input.settings?.['id_token_attribute_name'] || 'id_token';
  const token: Record<string, unknown> = { ...input.token_extra };
  if (input.id_token && !(attribute in token)) token[attribute] = input.id_token;
  if (input.access_token) token['access_token'] = input.access_token;
  else if (input.access_token_claims !== undefined) {
    const { access_token_claims: claims } = input;
    const text = typeof claims === 'string' ? claims : JSON.stringify(claims);
    token['access_token'] = `eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.${Buffer.from(text).toString('base64url')}.c2ln`;
  }
  return { token, http: input.http ?? {}, organizations: input.orgs ?? {} };
}

const sorted = (value: Record<string, string> | null | undefined) => Object.entries(value ?? {}).sort();

describe('every login as the product itself resolved it', () => {
  it('has its cases', () => expect(cases.length).toBeGreaterThan(480));

  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const { input } = one;
    for (const expected of one.expected)
      for (const version of versionsOf(expected)) {
        const product = input.provider === 'grafana_com' ? 'grafana-cloud' : 'grafana';
        const fromFile = input.ini !== undefined;
        const server = {
          auto_assign_org_role: input.auto_assign_org_role ?? 'Viewer',
          auto_assign_org: input.auto_assign_org ?? true,
          auto_assign_org_id: input.auto_assign_org_id ?? 1,
          oauth_skip_org_role_update_sync: input.oauth_skip_org_role_update_sync ?? false,
          ...(input.grafana_com_url !== undefined && { grafana_com_url: input.grafana_com_url }),
        };
        const resolver = await prepareLogin(product, {
          version,
          ...(fromFile && { config: configOf(input, version, product) }),
        });
        const envelope = envelopeOf(one);
        const result = resolver.resolve(fromFile ? envelope : { ...envelope, settings: input.settings ?? {}, server });
        const where = `${one.name} in ${version}`;
        expect(comparable(result), where).toEqual(wanted(expected, input));
        // the fast way gives the same verdict
        const fast = resolver.resolve(fromFile ? envelope : { ...envelope, settings: input.settings ?? {}, server }, {
          trace: false,
        });
        expect({ ...fast, trace: [], claims: [] }, where).toEqual({ ...result, trace: [], claims: [] });
      }
  });
});

function comparable(result: {
  outcome: string;
  user: GrafanaUser | null;
  denial: { rule: string } | null;
  requests: readonly string[];
}) {
  const { user } = result;
  return {
    outcome: result.outcome,
    rule: result.denial?.rule ?? null,
    requests: result.denial?.rule === 'config' ? [] : result.requests,
    user: user && {
      id: user.id,
      login: user.login,
      name: user.name,
      email: user.email,
      mappedRole: user.mappedRole,
      role: user.role,
      grafanaAdmin: user.grafanaAdmin,
      groups: user.groups,
      orgRoles: sorted(user.orgRoles),
    },
  };
}

function wanted(expected: Expected, input: Case['input']) {
  const requests = expected.requests ?? [];
  if (expected.config_error) return { outcome: 'error', rule: 'config', requests: [], user: null };
  if (expected.panic) return { outcome: 'error', rule: 'id_token_attribute_name', requests, user: null };
  if (expected.error) {
    const refusal = REFUSALS[expected.error_code!];
    return {
      outcome: refusal ? 'denied' : 'error',
      rule: refusal ?? FAILURES[expected.error_code!],
      requests,
      user: null,
    };
  }
  const { user } = expected;
  const home = homeOf(input);
  const rule = user!.email === '' ? 'email' : expected.email_allowed === false ? 'allowed_domains' : null;
  return {
    outcome: rule ? 'denied' : 'allowed',
    rule,
    requests,
    user: {
      id: user!.id,
      login: user!.login,
      name: user!.name,
      email: user!.email,
      mappedRole: user!.role,
      role: expected.orgRoles?.[home] ?? '',
      grafanaAdmin: 'identityGrafanaAdmin' in expected ? expected.identityGrafanaAdmin : user!.isGrafanaAdmin,
      groups: user!.groups ?? [],
      orgRoles: sorted(expected.orgRoles),
    },
  };
}

function homeOf(input: Case['input']): string {
  const fromFile = /auto_assign_org_id = (\d+)/.exec(input.ini ?? '')?.[1];
  const id = fromFile === undefined ? (input.auto_assign_org_id ?? 1) : Number(fromFile);
  return (input.auto_assign_org ?? true) && id > 0 ? String(id) : '1';
}
