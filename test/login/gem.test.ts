/** GEM against a running provider: tokens of every origin, good and bad, judged as GEM would judge them. */
import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, type DemoIdpOptions, startDemoIdp } from '../../src/demo-idp/index.js';
import { main } from '../../src/main.js';
import { browser, networkHost } from './flow-world.js';

let idp: DemoIdp | undefined;
afterEach(async () => {
  await idp?.close();
  idp = undefined;
});

function gemYaml(issuer: string): string {
  return `auth:\n  type: enterprise\n  admin:\n    oidc:\n      issuer_url: ${issuer}\n      access_policy_claim: groups\n      access_policy_regex: (.*)\n`;
}

async function start(options: DemoIdpOptions = {}): Promise<DemoIdp> {
  idp = await startDemoIdp({ user: 'editor', ...options });
  return idp;
}

interface Change {
  readonly secret?: string;
  readonly issuer?: string;
  readonly files?: Record<string, string>;
}

async function run(argv: readonly string[], { secret, issuer, files }: Change = {}) {
  const host = networkHost({
    openBrowser: browser,
    files: {
      'gem.yaml': gemYaml(issuer ?? idp!.issuer),
      'secret.txt': `${secret ?? idp!.clientSecret}\n`,
      ...files,
    },
  });
  const status = await main(['test-login', '--config', 'gem.yaml', '--tenant', 'team-a', ...argv], host);
  return { status, out: host.out(), err: host.err(), all: `${host.out()}${host.err()}` };
}

const SERVICE = ['--client-id', 'grafana', '--client-secret-file', 'secret.txt', '--client-credentials'];
const PERSON = ['--client-id', 'grafana', '--client-secret-file', 'secret.txt'];

describe('client credentials', () => {
  it('gets a token for the client itself, and GEM would take it', async () => {
    const { requests } = await start();
    const { status, out } = await run([...SERVICE, '--scope', 'openid metrics:read', '--format', 'json']);
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report.steps.map((step: { step: string }) => step.step)).toEqual([
      'discovery',
      'token',
      'discovery',
      'jwks',
      'verify',
    ]);
    expect(report.resolution.user).toMatchObject({ tenant: 'team-a', accessPolicies: ['services', 'grafana-editors'] });
    const asked = requests.find((request) => request.form['grant_type'] === 'client_credentials')!;
    expect(asked.form).toMatchObject({ scope: 'metrics:read' });
    expect(asked.headers['authorization']).toMatch(/^Basic /);
  });

  it('sends the client id in the body where there is no secret', async () => {
    const { requests } = await start();
    const { status } = await run(['--client-id', 'grafana', '--client-credentials']);
    expect(status).toBe(3);
    const asked = requests.find((request) => request.form['grant_type'] === 'client_credentials')!;
    expect(asked.form).toMatchObject({ client_id: 'grafana' });
    expect(asked.form).not.toHaveProperty('client_secret');
    expect(asked.headers).not.toHaveProperty('authorization');
  });

  it('a wrong secret: which step, what the server says, what it means, what to try, and no word of Grafana', async () => {
    await start();
    const { status, out, all } = await run(SERVICE, { secret: 'not-the-secret' });
    expect(status).toBe(3);
    const end = out.slice(out.indexOf('login failed at step'));
    expect(end).toMatch(
      /^login failed at step token: .*\n {2}said +401 invalid_client.*\n {2}usually .*\n {2}try .*--client-secret-file/,
    );
    expect(all).not.toContain('Grafana');
    expect(all).not.toContain('auth_style');
    expect(all).not.toContain('not-the-secret');
  });

  it.each([
    ['expired', 'expired', /expired|exp\b/],
    ['unknown-kid', 'signature', /not-in-the-jwks|key/],
    ['wrong-issuer', 'issuer', /character \d+/],
  ])('%s', async (fault, rule, words) => {
    await start({ misbehave: [fault] });
    const { status, out } = await run([...SERVICE, '--format', 'json']);
    expect(status).toBe(1);
    const { denial } = JSON.parse(out).resolution;
    expect(denial.rule).toBe(rule);
    expect(denial.message).toMatch(words);
  });
});

describe('a login', () => {
  it('speaks of GEM and of its issuer, not of Grafana', async () => {
    const { issuer } = await start();
    const { status, all } = await run([...PERSON, '--verbose']);
    expect(status).toBe(0);
    expect(all).toContain(`iss=${issuer}, the issuer of the configuration`);
    expect(all).not.toMatch(/Grafana(?! Enterprise)/);
  });

  it('says where the iss of the callback is another', async () => {
    await start({ misbehave: ['wrong-iss-parameter'] });
    const { all } = await run(PERSON);
    expect(all).toMatch(/iss=https:\/\/somebody-else\.example\.com is another issuer: they differ at character 5/);
  });

  it('a person who declines: the options named are those of the command', async () => {
    await start({ misbehave: ['access-denied'] });
    const { status, out } = await run(PERSON);
    expect(status).toBe(3);
    expect(out).toContain('login failed at step callback');
    expect(out).toContain('error=access_denied');
    expect(out).not.toContain('Grafana');
  });

  it.each([
    ['alg-none', 'alg'],
    ['hs256-public-key', 'alg'],
    ['wrong-key', 'signature'],
    ['unknown-kid', 'signature'],
    ['expired', 'expired'],
    ['wrong-issuer', 'issuer'],
  ])('%s', async (fault, rule) => {
    await start({ misbehave: [fault] });
    const { status, out } = await run([...PERSON, '--format', 'json']);
    expect(status).toBe(1);
    expect(JSON.parse(out).resolution.denial.rule).toBe(rule);
  });
});

describe('a token given', () => {
  async function token(): Promise<string> {
    const { endpoints, clientId, clientSecret } = idp!;
    const answer = await fetch(endpoints.token, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  it('from a file, also with its tenant before it', async () => {
    await start();
    const jwt = await token();
    for (const text of [`${jwt}\n`, `team-b:${jwt}`]) {
      const { status, all } = await run(['--token', 'token.txt'], { files: { 'token.txt': text } });
      expect(status).toBe(0);
      expect(all).toContain('grafana-editors');
      expect(all).not.toContain(jwt);
    }
  });

  it('of another issuer: the differing character is shown', async () => {
    const { issuer } = await start();
    const jwt = await token();
    const { status, out } = await run(['--token', 'token.txt', '--format', 'json'], {
      issuer: `${issuer}/`,
      files: { 'token.txt': jwt },
    });
    expect(status).toBe(1);
    const { denial } = JSON.parse(out).resolution;
    expect(denial.message).toContain('trailing slash');
  });

  it('no file', async () => {
    await start();
    const { status, err } = await run(['--token', 'nowhere.txt']);
    expect(status).toBe(2);
    expect(err).toContain('nowhere.txt');
    expect(err).not.toContain('internal error');
  });
});
