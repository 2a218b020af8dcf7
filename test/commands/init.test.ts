import { describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse, Question } from '../../src/host.js';
import { main } from '../../src/main.js';
import { loadDetails, PRESET_IDS } from '../../src/providers/load.js';
import { createFakeHost, type World } from '../helpers/fake-host.js';

const ISSUER = 'https://sso.acme.org/realms/main';
const KEYCLOAK = `${ISSUER}/protocol/openid-connect`;

const answer = (document: unknown, status = 200): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(document)),
  truncated: false,
  elapsed: 1,
});

/** A server with one discovery document. */
const server = (document: Readonly<Record<string, unknown>>) => (request: HttpRequest) =>
  request.url.endsWith('/.well-known/openid-configuration') ? answer(document) : answer({}, 404);

const keycloak = {
  issuer: ISSUER,
  authorization_endpoint: `${KEYCLOAK}/auth`,
  token_endpoint: `${KEYCLOAK}/token`,
  userinfo_endpoint: `${KEYCLOAK}/userinfo`,
  end_session_endpoint: `${KEYCLOAK}/logout`,
};

async function run(words: readonly string[], world: World = {}) {
  const host = createFakeHost(world);
  const status = await main(['init', ...words], host);
  return { status, out: host.out(), err: host.err(), written: host.written };
}

const BASIC = ['--client-id', 'grafana', '--root-url', 'https://grafana.acme.org', '--role', 'ops=Admin'];

describe('init with an issuer', () => {
  it('finds the preset by the addresses, and its variables in them', async () => {
    const { status, out, err } = await run(['--issuer', ISSUER, ...BASIC], { request: server(keycloak) });
    expect(status).toBe(0);
    expect(err).toContain('the addresses are those of Keycloak: preset keycloak');
    expect(out).toContain(`auth_url = ${KEYCLOAK}/auth\n`);
    expect(out).toContain(`signout_redirect_url = ${KEYCLOAK}/logout?post_logout_redirect_uri=`);
  });

  it('takes any OpenID provider as one, with the addresses of its document', async () => {
    const request = server({
      issuer: 'https://login.acme.org',
      authorization_endpoint: 'https://login.acme.org/start',
      token_endpoint: 'https://login.acme.org/swap',
      userinfo_endpoint: 'https://login.acme.org/me',
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    });
    const { status, out, err } = await run(['--issuer', 'https://login.acme.org', ...BASIC], { request });
    expect(status).toBe(0);
    expect(err).toContain('preset generic-oidc');
    expect(out).toContain('token_url = https://login.acme.org/swap\n');
    expect(out).toContain('auth_style = InParams\n');
    expect(out).not.toContain('signout_redirect_url');
  });

  it('does not take one provider for another', async () => {
    const { status, out, err } = await run(['--preset', 'okta', '--issuer', ISSUER, ...BASIC], {
      request: server(keycloak),
    });
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('the issuer is not that of Okta, but of Keycloak');
    expect(err).toContain('--preset keycloak');
  });

  it('takes the sibling whose addresses they are', async () => {
    const base = 'https://acme.okta.com/oauth2/default';
    const request = server({
      issuer: base,
      authorization_endpoint: `${base}/v1/authorize`,
      token_endpoint: `${base}/v1/token`,
      userinfo_endpoint: `${base}/v1/userinfo`,
    });
    const { status, out, err } = await run(['--preset', 'okta', '--issuer', base, ...BASIC], { request });
    expect(status).toBe(0);
    expect(err).toContain('preset okta-custom is taken');
    expect(out).toContain('scopes = openid profile email\n');
  });

  it('says where document and preset differ, and takes the document', async () => {
    const userinfo_endpoint = 'https://api.acme.org/userinfo';
    const { status, out, err } = await run(['--preset', 'keycloak', '--issuer', ISSUER, ...BASIC], {
      request: server({ ...keycloak, userinfo_endpoint, issuer: `${ISSUER}/` }),
    });
    expect(status).toBe(0);
    expect(err).toContain(`userinfo_endpoint of the document is ${userinfo_endpoint}`);
    expect(err).toContain('they differ in the slash at the end');
    expect(out).toContain(`api_url = ${userinfo_endpoint}\n`);
  });

  it('keeps what the preset adds to an address', async () => {
    const request = server({
      issuer: 'https://accounts.google.com',
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
    });
    const words = ['--issuer', 'https://accounts.google.com', '--client-id', 'x', '--root-url', 'https://g.acme.org'];
    const { status, err } = await run([...words, '--role', 'ada@acme.org=Admin'], { request });
    expect(status).toBe(0);
    expect(err).toContain('preset google');
    expect(err).toContain('e-mail address ada@acme.org');
  });

  it('ends with 3 where the server has no document, and writes nothing', async () => {
    const { status, err, written } = await run(['--issuer', ISSUER, ...BASIC, '-o', 'x.ini'], {
      request: () => answer({}, 404),
    });
    expect(status).toBe(3);
    expect(err).toContain('there is no such document');
    expect(written.size).toBe(0);
  });

  it('asks nobody with --no-discovery, and reads the variables from the issuer', async () => {
    const words = ['--preset', 'keycloak', '--issuer', ISSUER, '--no-discovery', ...BASIC];
    const { status, out } = await run(words);
    expect(status).toBe(0);
    expect(out).toContain(`auth_url = ${KEYCLOAK}/auth\n`);
    const old = await run([...words, '--issuer', 'https://sso.acme.org/auth/realms/main']);
    expect(old.out).toContain('auth_url = https://sso.acme.org/auth/realms/main/protocol/openid-connect/auth\n');
    expect(old.out).toContain(
      'signout_redirect_url = https://sso.acme.org/auth/realms/main/protocol/openid-connect/logout?',
    );
    expect(old.err).toContain('addresses as of keycloak-legacy-path');
  });

  it('is told from a host', async () => {
    const { status, err } = await run(['--issuer', 'sso.acme.org', ...BASIC]);
    expect(status).toBe(2);
    expect(err).toContain('write it with its scheme: https://sso.acme.org');
  });
});

/** Answers by the first words of the question. */
const answers = (by: Readonly<Record<string, string | readonly string[]>>, seen: string[] = []) => {
  const counts = new Map<string, number>();
  return (question: Question): string => {
    seen.push(question.message);
    const key = Object.keys(by).find((start) => question.message.startsWith(start));
    if (key === undefined) throw new Error(`no answer to: ${question.message}`);
    const all = [by[key]!].flat();
    const at = counts.get(key) ?? 0;
    counts.set(key, at + 1);
    const text = all[Math.min(at, all.length - 1)]!;
    const valid = question.validate?.(text) ?? true;
    if (valid !== true) throw new Error(`${text}: ${valid}`);
    return text;
  };
};

describe('init on a terminal', () => {
  it('asks for all that no option says, and the result is the same as with options', async () => {
    const seen: string[] = [];
    const asked = await run([], {
      terminal: true,
      answer: answers(
        {
          'Which identity provider': 'keycloak',
          'Keycloak: host': 'sso.acme.org',
          'Keycloak: realm': 'main',
          'Client id': 'grafana',
          'Address of Grafana': 'https://grafana.acme.org',
          'Which group gets': 'ops=Admin',
          'And the next': ['dev=Editor', ''],
          'Everybody else': 'Viewer',
          'Who may enter': 'domain',
          'Which domain': 'acme.org',
        },
        seen,
      ),
    });
    expect(asked.status).toBe(0);
    expect(seen).toHaveLength(11);
    const given = await run([
      ...[
        '--preset',
        'keycloak',
        '--set',
        'host=sso.acme.org',
        '--set',
        'realm=main',
        '--role',
        'ops=Admin',
        '--role',
        'dev=Editor',
      ],
      ...[
        '--client-id',
        'grafana',
        '--root-url',
        'https://grafana.acme.org',
        '--default-role',
        'Viewer',
        '--allowed-domain',
        'acme.org',
      ],
    ]);
    expect(given.status).toBe(0);
    expect(asked.out).toBe(given.out);
  });

  it('ends with 130 on Ctrl-C, and writes nothing', async () => {
    const { status, err, out, written } = await run(['-o', 'x.ini'], { terminal: true });
    expect(status).toBe(130);
    expect(err).toBe('Cancelled.\n');
    expect(out).toBe('');
    expect(written.size).toBe(0);
  });

  it.each([
    ['--no-input', { terminal: true }, ['--no-input']],
    ['CI is set', { terminal: true, env: { CI: 'true' } }, []],
    ['stdin is not a terminal', { terminal: true, stdin: '' }, []],
  ] as const)('asks nothing: %s', async (why, world, words) => {
    const { status, err } = await run([...words], world);
    expect(status).toBe(2);
    expect(err).toContain(`it cannot ask: ${why}`);
  });
});

describe('init', () => {
  const preset = ['--preset', 'keycloak', '--set', 'host=sso.acme.org', '--set', 'realm=main'];

  it.each([
    [['--set', 'host=https://sso.acme.org/realms/main'], 'write it without the scheme: sso.acme.org'],
    [['--set', 'realm=a b'], 'has a blank in it'],
    [['--set', 'realm={realm}'], 'is a placeholder'],
    [['--set', 'realm'], 'it is NAME=VALUE'],
    [['--root-url', 'grafana.acme.org'], 'it is the address people open'],
    [['--root-url', 'https://grafana.acme.org/login'], 'not the login page'],
    [['--root-url', 'https://u:p@grafana.acme.org'], 'no user name or password'],
    [['--strict', '--default-role', 'Viewer'], '--strict and --default-role exclude each other'],
    [['--keep-roles'], '--keep-roles and --role exclude each other'],
    [['--default-role', 'GrafanaAdmin'], 'is no role'],
    [['--secret-file', 'secret.txt'], 'the whole path'],
    [['--allowed-domain', '@acme.org'], 'what stands behind the @'],
    [['--claim', 'a..b'], 'the name of a claim'],
    [['--groups-delimiter', ''], 'must not be empty'],
    [['--form', 'word'], 'it is one of'],
    [['--grafana-version', 'new'], 'a version is a number'],
  ])('%j is refused', async (words, said) => {
    const { status, out, err } = await run([...preset, ...BASIC, ...words]);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
  });

  it.each([
    ['ghes', 'host=git.acme.org', 'api_url = https://git.acme.org/api/v3/user\n'],
    ['entra-us-gov', 'tenant_id=t', 'signout_redirect_url = https://login.microsoftonline.us/t/oauth2/v2.0/logout?'],
    ['AzureAD', 'tenant_id=t', 'token_url = https://login.microsoftonline.com/t/oauth2/v2.0/token\n'],
  ])('knows the preset %s', async (name, set, line) => {
    const { status, out } = await run(['--preset', name, '--set', set, ...BASIC]);
    expect(status).toBe(0);
    expect(out).toContain(line);
  });

  it('names the rows that never count', async () => {
    const { err } = await run([...preset, ...BASIC, '--role', 'ops=Viewer']);
    expect(err).toContain('--role ops=Viewer never counts');
  });

  it('reads another claim, and says what people get by it', async () => {
    const { out, err } = await run([...preset, ...BASIC, '--claim', 'resource_access.my-client.roles']);
    expect(out).toContain(`contains([resource_access."my-client".roles][], 'ops') && 'Admin'`);
    expect(err).toMatch(/in ops\s+Admin/);
  });

  it('gives programs all it knows, and no text around it', async () => {
    const { status, out, err } = await run([...preset, ...BASIC, '--json']);
    expect(status).toBe(0);
    expect(err).toBe('');
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      formatVersion: 1,
      product: 'grafana',
      preset: { id: 'keycloak' },
      issuer: ISSUER,
      form: 'ini',
      findings: [],
      settings: { 'auth.generic_oauth': { role_attribute_strict: 'true' } },
    });
    expect(report.text).toContain('[auth.generic_oauth]');
    expect(report.people[0]).toEqual({
      name: 'in ops',
      kind: 'row',
      outcome: 'allowed',
      role: 'Admin',
      row: { value: 'ops', role: 'Admin' },
    });
    expect(report.checklist[0]).toEqual({
      what: 'redirect URI',
      value: 'https://grafana.acme.org/login/generic_oauth',
    });
  });

  it('shows what validate says to an answer that is not good', async () => {
    const { status, err } = await run([
      ...preset,
      '--client-id',
      'x',
      '--role',
      'ops=Admin',
      '--root-url',
      'http://grafana.acme.org',
    ]);
    expect(status).toBe(0);
    expect(err).toContain('What validate says to it');
    expect(err).toContain('root-url-http');
  });

  it('refuses to overwrite before it asks anything', async () => {
    const { status, err } = await run(['-o', 'there.ini'], {
      terminal: true,
      files: { 'there.ini': 'x' },
      answer: () => {
        throw new Error('asked');
      },
    });
    expect(status).toBe(2);
    expect(err).toContain('there.ini is there already');
  });

  it('lists presets for programs', async () => {
    const { out } = await run(['--list', '--json']);
    expect(JSON.parse(out).presets).toHaveLength(31);
  });
});

describe('init gem', () => {
  it.each(PRESET_IDS)('%s: validate has nothing to say to it', async (id) => {
    const details = (await loadDetails(id))!;
    const own = (text: string) => text.replaceAll('example.com', 'acme.org');
    const set = details.variables
      .filter(({ name }) => name !== 'client_id' && name !== 'grafana')
      .flatMap(({ name, example }) => ['--set', `${name}=${own(example)}`]);
    const client = details.variables.find(({ name }) => name === 'client_id')?.example ?? 'grafana';
    const issuer = id === 'generic-oidc' ? ['--issuer', 'https://idp.acme.org', '--no-discovery'] : [];
    const words = ['gem', '--preset', id, ...set, ...issuer, '--client-id', client, '--audience', 'gem', '--json'];
    const { status, out, err } = await run(words);
    if (details.gem === undefined) {
      expect(status).toBe(2);
      expect(err).toContain('gives no tokens that GEM could check');
      return;
    }
    expect(err).toBe('');
    expect(status).toBe(0);
    const { findings, text } = JSON.parse(out);
    expect(findings).toEqual([]);
    expect(text).not.toMatch(/\{[a-z_]+\}/);
  });

  it('needs the audience', async () => {
    const { status, err } = await run(['gem', '--preset', 'google']);
    expect(status).toBe(2);
    expect(err).toContain('init needs --audience');
  });

  it('shows what validate says to an expression that catches too much', async () => {
    const { err } = await run(['gem', '--preset', 'google', '--audience', 'g', '--policy-regex', '(.*)']);
    expect(err).toContain('[gem-');
  });
});

describe('init grafana-cloud', () => {
  const words = ['grafana-cloud', '--client-id', '450bc21c', '--root-url', 'https://grafana.acme.org', '--org', 'acme'];

  it.each(['ini', 'env', 'compose', 'helm', 'systemd'])('%s has no finding in any version', async (form) => {
    for (const version of ['9.4', '10.4', '11.6', '13.0']) {
      const { status, out } = await run([...words, '--form', form, '--grafana-version', version, '--json']);
      expect(status).toBe(0);
      // No variable can set use_pkce there, and an env file has the quotes of Compose.
      const meant = form === 'ini' || form === 'helm' ? [] : ['pkce-off', 'form-quotes'];
      const findings = JSON.parse(out).findings.filter(({ rule }: { rule: string }) => !meant.includes(rule));
      expect(findings).toEqual([]);
    }
  });

  it('is not for the database, and wants short names', async () => {
    expect((await run([...words, '--form', 'sso-api'])).status).toBe(2);
    expect((await run([...words, '--org', 'Acme Inc.'])).status).toBe(2);
  });
});

describe('init dashboard', () => {
  const words = ['dashboard', '--idp-uri', 'https://login.acme.org/sso', '--site-url', 'https://dashboard.acme.org'];

  it('asks for what no option says, and the result is the same as with options', async () => {
    const asked = await run(['dashboard'], {
      terminal: true,
      answer: answers({
        'Address people': 'https://login.acme.org/sso',
        'Address of Dashboard': 'https://dashboard.acme.org',
        'Which group of the token': 'analysts=3',
        'And the next': '',
      }),
    });
    expect(asked.status).toBe(0);
    expect(asked.out).toBe((await run([...words, '--group', 'analysts=3'])).out);
  });

  it('gives programs all it knows, and no secret', async () => {
    const { status, out, err } = await run([...words, '--group', 'analysts=3', '--form', 'compose', '--json']);
    expect(status).toBe(0);
    expect(err).toBe('');
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      formatVersion: 1,
      product: 'dashboard',
      form: 'compose',
      findings: [],
      settings: { MB_JWT_GROUP_MAPPINGS: '{"analysts":[3]}' },
      secret: 'the variable DASHBOARD_JWT_SECRET of the shell that starts docker compose',
    });
    expect(report.settings).not.toHaveProperty('MB_JWT_SHARED_SECRET');
    expect(report.people[0]).toEqual({
      name: 'new, in analysts',
      outcome: 'allowed',
      email: 'ada.adler@example.com',
      created: true,
      groups: [1, 3],
      removed: [],
    });
    expect(report.checklist[1].value).toBe('https://dashboard.acme.org/auth/sso?jwt=TOKEN&return_to=PATH');
  });

  it('writes a file, and over another one with --force only', async () => {
    const world = { files: { 'd.env': 'x' } };
    expect((await run([...words, '-o', 'd.env'], world)).status).toBe(2);
    const forced = await run([...words, '-o', 'd.env', '--force'], world);
    expect(forced.status).toBe(0);
    expect(forced.err).toContain('auth-cli validate --product dashboard d.env');
    expect(forced.out).toBe('');
  });

  it('takes another name of the address, and one version', async () => {
    const { status, err } = await run([
      ...['dashboard', '--issuer-uri', 'https://login.acme.org/sso', '--site-url', 'https://dashboard.acme.org'],
      ...['--dashboard-version', '54'],
    ]);
    expect(status).toBe(0);
    expect(err).toContain('Dashboard 54');
  });

  it('shows what validate says to an answer that is not good', async () => {
    const { status, err } = await run([...words, '--group', 'boss=2', '--claim', 'email']);
    expect(status).toBe(0);
    expect(err).toContain('dashboard-mapping-administrators');
    expect(err).toContain('dashboard-claim-twice');
  });

  it.each([
    [['--form', 'ini'], 'its forms are env, compose, config-yml'],
    [['--preset', 'keycloak'], '--preset is not for dashboard'],
    [['--client-id', 'x'], '--client-id is not for dashboard'],
    [['--secret', 'hunter2'], 'a secret is never taken from the command line'],
    [['--issuer-uri', 'https://other.acme.org'], 'exclude each other'],
    [['--group', 'analysts=Editor'], 'no id of a group'],
    [['--dashboard-version', 'new'], 'not a version of Dashboard'],
  ])('%j is refused', async (more, said) => {
    const { status, out, err } = await run([...words, ...more]);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
    expect(err).not.toContain('hunter2');
  });

  it('config-yml is a form of Dashboard alone', async () => {
    expect((await run(['--form', 'config-yml'])).err).toContain('it is a form of Dashboard');
  });
});
