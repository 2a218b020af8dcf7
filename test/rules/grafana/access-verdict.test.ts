/** The judgement on a configuration against what dry runs of logins say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareLogin } from '../../../src/claims/prepare.js';
import { accessVerdict } from '../../../src/rules/grafana/access-verdict.js';
import { providerAccess } from '../../../src/rules/grafana/provider-access.js';
import { shutReasons } from '../../../src/rules/grafana/shut-reasons.js';
import { GrafanaSubject } from '../../../src/rules/grafana/subject.js';
import { loadFilesSync } from '../../../src/settings/load.js';
import { PROFILE_IDS } from '../../../src/settings/versions.js';

const BASE = {
  enabled: 'true',
  client_id: 'grafana',
  auth_url: 'https://login.acme.com/authorize',
  token_url: 'https://login.acme.com/token',
  scopes: 'openid profile email',
};

/** What may stand behind each option; undefined leaves it out. */
const CHOICES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  api_url: ['https://login.acme.com/me', undefined],
  allow_sign_up: ['true', 'true', 'false', undefined],
  role_attribute_path: [
    undefined,
    `"'Viewer'"`,
    `'Viewer'`,
    "contains(groups[*], 'admins') && 'Admin'",
    "contains(groups[*], 'admins') && 'Admin' || 'Viewer'",
    "contains(roles[*], 'admins') && 'Admin' || 'Viewer'",
    "role == 'boss' && 'Admin' || 'Deny'",
    "role == 'boss' && 'Boss' || 'Nobody'",
    'role',
    'lower(role)',
    'contains(groups',
    "contains(groups, 'admins')",
  ],
  role_attribute_strict: [undefined, 'true', 'true', 'false', 'ture'],
  skip_org_role_sync: [undefined, undefined, 'true'],
  allowed_domains: [undefined, undefined, 'acme.com', '@acme.com', '["acme.com"', "['acme.com']", '"acme.com"', 'a b'],
  allowed_groups: [undefined, undefined, 'admins', '["admins", "devs"]', "['admins']", '[1]'],
  groups_attribute_path: [undefined, 'groups', 'contains(groups', "not_null(role, 'x')", 'length(groups)'],
  team_ids: [undefined, undefined, undefined, '5', 'platform', '[5]', '["platform"]'],
  teams_url: [undefined, 'https://login.acme.com/teams'],
  team_ids_attribute_path: [undefined, '[*].slug', '[*'],
  allowed_organizations: [undefined, undefined, undefined, 'acme', '["acme"'],
  org_mapping: [undefined, undefined, '*:1:Viewer', 'admins:1:Editor', 'admins:1:editor', 'admins'],
  org_attribute_path: [undefined, undefined, 'groups', 'sort(groups)', 'sort(('],
  global: [undefined, undefined, undefined, 'true'],
};

const settings = fc.record(
  Object.fromEntries(Object.entries(CHOICES).map(([key, values]) => [key, fc.constantFrom(...values)])),
);

function textOf(options: Readonly<Record<string, string | undefined>>): string {
  const { global, ...own } = options;
  const lines = Object.entries({ ...BASE, ...own }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${value}`],
  );
  return `[auth]\n${global === undefined ? '' : `oauth_skip_org_role_update_sync = ${global}\n`}[auth.generic_oauth]\n${lines.join('\n')}\n`;
}

const PEOPLE = [
  { email: 'ada@acme.com', groups: ['admins'], roles: ['admins'], role: 'Admin' },
  { email: 'bob@acme.com', groups: ['devs'], roles: [], role: 'viewer' },
  { email: 'eve@other.test', groups: ['admins', 'devs', 'platform'], role: 'boss' },
  { email: 'sam@acme.com', groups: 'admins', role: ['Admin'] },
  { email: 'kim@acme.com', role: 'GrafanaAdmin' },
  { email: 'mallory@elsewhere.test' },
  { email: 'noone@acme.com', groups: [] },
];

const PAYLOADS = PEOPLE.flatMap((person, at) => {
  const claims = { sub: `id-${at}`, name: 'Some One', ...person };
  const teams = [
    { id: 5, slug: 'platform' },
    { id: 7, slug: 'other' },
  ];
  const more = { teams, orgs: [{ login: 'acme' }], emails: [{ email: person.email, primary: true }] };
  return [
    { userinfo: claims, ...more },
    { id_token_claims: claims, ...more },
    { id_token_claims: { sub: `id-${at}` }, userinfo: claims, ...more },
    { id_token_claims: claims, userinfo: claims, teams: { status: 404, body: '' }, orgs: { status: 404, body: '' } },
  ];
});

/** Nothing is known of them but who they are. */
const STRANGERS = ['stranger@elsewhere.test', 'a@Unknown.example', 'x@mail.test'].flatMap((email) => [
  { id_token_claims: { sub: 'x', email } },
  { id_token_claims: { sub: 'x', email, name: 'X' }, userinfo: { sub: 'x', email } },
]);

const VERSIONS = PROFILE_IDS;

async function look(text: string, grafanaVersion: string) {
  const files = [{ path: 'grafana.ini', text }];
  const subject = new GrafanaSubject(loadFilesSync(files, { grafanaVersion }));
  const [provider] = subject.enabledProviders();
  const access = providerAccess(subject, provider!);
  const resolver = await prepareLogin('grafana', { files, version: grafanaVersion });
  const admitted = (payloads: readonly object[]) =>
    payloads.filter((payload) => resolver.resolve(payload, { trace: false }).outcome === 'allowed');
  return { subject, provider: provider!, access, admitted };
}

describe('the judgement on generic OAuth', () => {
  it('agrees with dry runs of logins, in every version', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(settings, fc.constantFrom(...VERSIONS), async (options, version) => {
        const text = textOf(options);
        const { subject, provider, access, admitted } = await look(text, version);
        seen.set(access.judgement, (seen.get(access.judgement) ?? 0) + 1);
        const shown = `${version}: ${access.judgement}, ${access.who} ${access.why}\n${text}`;
        if (access.judgement === 'nobody') {
          if (shutReasons(subject, provider).some(({ stage }) => stage === 'person'))
            expect(admitted(PAYLOADS), shown).toEqual([]);
        } else if (access.judgement === 'anybody' || access.who.startsWith('everybody'))
          expect(admitted(STRANGERS), shown).toHaveLength(STRANGERS.length);
        else if (access.judgement === 'some' && access.who !== 'people whom Grafana has a user for')
          expect(admitted(STRANGERS), shown).toEqual([]);
      }),
      { numRuns: 800 },
    );
    for (const judgement of ['nobody', 'anybody', 'some']) expect(seen.get(judgement), judgement).toBeGreaterThan(20);
  }, 60_000);

  it('lets people in where it says that some get in', async () => {
    const { access, admitted } = await look(
      textOf({
        api_url: CHOICES['api_url']![0],
        allow_sign_up: 'true',
        allowed_groups: 'admins',
        groups_attribute_path: 'groups',
      }),
      '13.0',
    );
    expect(access).toMatchObject({ judgement: 'some', who: 'people in the group admins' });
    expect(admitted(PAYLOADS).length).toBeGreaterThan(3);
  });
});

const CLOUD = '[auth.grafana_com]\nenabled = true\nclient_id = x\n';

describe('the judgement on the cloud login', () => {
  it.each(VERSIONS)('agrees with dry runs of %s', async (version) => {
    for (const [more, judgement] of [
      ['', 'anybody'],
      ['allow_sign_up = false\n', 'some'],
      ['allowed_organizations = acme\n', 'some'],
      ['allowed_organizations = ["acme"\n', 'anybody'],
      ['allowed_domains = acme.com\n', 'anybody'],
    ] as const) {
      const files = [{ path: 'grafana.ini', text: CLOUD + more }];
      const subject = new GrafanaSubject(loadFilesSync(files, { grafanaVersion: version }));
      const verdict = accessVerdict(subject)!;
      expect(verdict.verdict, more).toBe(judgement);
      const resolver = await prepareLogin('grafana-cloud', { files, version });
      const stranger = { userinfo: { id: 5, username: 'x', email: 'x@elsewhere.test', orgs: [{ login: 'other' }] } };
      const { outcome } = resolver.resolve(stranger, { trace: false });
      expect(outcome === 'allowed').toBe(!more.startsWith('allowed_organizations = acme'));
    }
  });
});

function verdictOf(text: string, options: { env?: Record<string, string>; version?: string } = {}) {
  const { env, version } = options;
  const config = loadFilesSync([{ path: 'grafana.ini', text }], { env, grafanaVersion: version });
  return accessVerdict(new GrafanaSubject(config));
}

const GENERIC = textOf({}).replace('[auth]\n', '');

describe('the sentence', () => {
  it.each([
    [
      'form off, nothing on',
      '[auth]\ndisable_login_form = true\n',
      'nobody',
      /administrators neither: the login form is off and no login provider is on/,
    ],
    [
      'form off, shut',
      `[auth]\ndisable_login_form = true\n${GENERIC}role_attribute_strict = true\n`,
      'nobody',
      /administrators neither.*role_attribute_strict has no role_attribute_path/,
    ],
    [
      'form on, shut',
      `${GENERIC}allowed_groups = x\n`,
      'nobody',
      /through \[auth.generic_oauth\]: allowed_groups has no groups_attribute_path.*Grafana password still can$/,
    ],
    [
      'shut, and the login page skipped',
      `${GENERIC}allowed_groups = x\nauto_login = true\n`,
      'nobody',
      /still can, at \/login\?disableAutoLogin$/,
    ],
    [
      'shut, but SAML',
      `[auth]\ndisable_login_form = true\n[auth.saml]\nenabled = true\n${GENERIC}allowed_groups = x\n`,
      'unknown',
      /SAML is on too and not looked at/,
    ],
    [
      'does not start',
      `${GENERIC}no delimiter\n`,
      'nobody',
      /Grafana does not start with this configuration \(line 7\)/,
    ],
    [
      'off',
      GENERIC.replace('= true', '= false'),
      'some',
      /no login provider is on: \[auth.generic_oauth\] is switched off; only people with a Grafana password/,
    ],
    [
      'misspelt',
      GENERIC.replace('= true', '= ture'),
      'some',
      /enabled of \[auth.generic_oauth\] is "ture", which counts as false/,
    ],
    [
      'no gate, a provider of one’s own',
      `${GENERIC}allow_sign_up = true\n`,
      'some',
      /^everybody with an account at login.acme.com can log in/,
    ],
    [
      'no gate at a public one',
      `${GENERIC}allow_sign_up = true\n`
        .replaceAll('login.acme.com', 'accounts.google.com')
        .replace('accounts.google.com/token', 'oauth2.googleapis.com/token'),
      'anybody',
      /^anybody with an account at Google can log in/,
    ],
    [
      'every tenant of Entra',
      `${GENERIC}allow_sign_up = true\n`.replaceAll(
        'https://login.acme.com/',
        'https://login.microsoftonline.com/common/oauth2/v2.0/',
      ),
      'anybody',
      /tenant "common" takes accounts of every company/,
    ],
    [
      'one tenant of Entra',
      `${GENERIC}allow_sign_up = true\n`.replaceAll(
        'https://login.acme.com/',
        'https://login.microsoftonline.com/8f2c/oauth2/v2.0/',
      ),
      'some',
      /^everybody with an account at Microsoft Entra ID/,
    ],
    [
      'a broken list',
      `${GENERIC}allow_sign_up = true\nallowed_domains = ['acme.com']\n`,
      'anybody',
      /allowed_domains is broken/,
    ],
    [
      'an unknown list',
      `${GENERIC}allow_sign_up = true\nallowed_domains = $__env{DOMAINS}\n`,
      'unknown',
      /depends on allowed_domains \("\$__env\{DOMAINS\}"\), which is not known here/,
    ],
    [
      'a template',
      `${GENERIC}allow_sign_up = true\nallowed_domains = {{ domains }}\n`,
      'unknown',
      /depends on allowed_domains/,
    ],
    [
      'an unknown list beside a known one',
      `${GENERIC}allowed_domains = $__env{DOMAINS}\nallowed_organizations = x\napi_url = https://api.github.com/user\n`,
      'some',
      /^people in the organization x/,
    ],
    [
      'an unknown switch',
      `${GENERIC.replace('= true', '= ${SSO}')}`,
      'unknown',
      /whether \[auth.generic_oauth\] is on depends on \$\{SSO\}/,
    ],
    [
      'seen without a login',
      `[auth.anonymous]\nenabled = true\n${GENERIC}allowed_domains = acme.com\n`,
      'some',
      /dashboards can be seen without a login$/,
    ],
  ] as const)('%s', (_name, text, judgement, sentence) => {
    const verdict = verdictOf(text)!;
    expect(verdict.sentence).toMatch(sentence);
    expect(verdict.verdict).toBe(judgement);
    expect(verdict.because.length).toBeGreaterThan(0);
    expect(verdict.sentence).not.toMatch(/^[A-Z]|\.$/);
  });

  it('knows a value of the environment where one is given', () => {
    const text = `${GENERIC}allow_sign_up = true\nallowed_domains = $__env{DOMAINS}\n`;
    expect(verdictOf(text, { env: { DOMAINS: 'acme.com' } })).toMatchObject({
      verdict: 'some',
      sentence:
        'people with an e-mail address in acme.com can log in through [auth.generic_oauth]; so can people with a Grafana password',
    });
  });

  it('is left out where nothing is said about logging in', () => {
    expect(verdictOf('[server]\nroot_url = https://grafana.acme.com/\n')).toBeUndefined();
  });

  it('holds no secret', () => {
    const secret = 'kz8Yw3Lq9';
    const verdict = verdictOf(`${GENERIC}client_secret = ${secret}\nallowed_domains = acme.com\n`);
    expect(JSON.stringify(verdict)).not.toContain(secret);
  });
});
