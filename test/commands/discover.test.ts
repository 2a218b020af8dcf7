import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, startDemoIdp } from '../../src/demo-idp/index.js';
import { main } from '../../src/main.js';
import { nodeRequest } from '../../src/node-request.js';
import { createFakeHost, type World } from '../helpers/fake-host.js';

const running: DemoIdp[] = [];

async function idp(as?: string, ...misbehave: string[]): Promise<DemoIdp> {
  const started = await startDemoIdp({ as, misbehave, delay: 3000 });
  running.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function run(argv: readonly string[], world: World = {}) {
  const host = createFakeHost({
    request: (request) => nodeRequest(request, {}, new AbortController().signal),
    ...world,
  });
  const status = await main(['discover', ...argv], host);
  expect(host.out() + host.err()).not.toContain('demo-secret');
  return { status, out: host.out(), err: host.err(), json: () => JSON.parse(host.out()) };
}

describe('discover', () => {
  it('reads an issuer and says what follows', async () => {
    const { issuer, endpoints } = await idp();
    const { status, out } = await run([issuer, '--root-url', 'https://grafana.example.com/']);
    expect(status).toBe(0);
    expect(out).toContain(`auth_url = ${endpoints.authorize}`);
    expect(out).toContain('https://grafana.example.com/login/generic_oauth');
    expect(out).toMatch(/✔ PKCE +S256/);
  });

  it('takes the address of the document itself', async () => {
    const { issuer, endpoints } = await idp('keycloak');
    const { json } = await run([endpoints.discovery!, '--json']);
    expect(json()).toMatchObject({ issuer, ok: true, source: 'openid', settings: { auth_style: 'InHeader' } });
  });

  it.each([
    'generic-oidc',
    'keycloak',
    'entra',
    'okta',
    'okta-custom',
    'auth0',
    'gitlab',
    'dex',
    'adfs',
    'hydra',
    'openshift',
  ])('finds the issuer of a configuration and agrees with it: %s', async (as) => {
    const provider = await idp(as);
    const files = { 'grafana.ini': provider.configIni() };
    const { status, json } = await run(['--config', 'grafana.ini', '--json'], { files });
    expect(json()).toMatchObject({ issuer: provider.issuer, findings: [] });
    expect(status).toBe(0);
  });

  it('finds addresses that differ, with their place', async () => {
    const provider = await idp('keycloak');
    const files = {
      'grafana.ini': provider.configIni().replace('/realms/main/protocol/openid-connect/token', '/realms/other/token'),
    };
    const { status, json } = await run([provider.issuer, '-c', 'grafana.ini', '--json'], { files });
    expect(status).toBe(1);
    expect(json().findings).toEqual([
      expect.objectContaining({ rule: 'mixed-hosts', option: 'token_url' }),
      expect.objectContaining({
        rule: 'discovery-mismatch',
        severity: 'error',
        option: 'token_url',
        range: expect.anything(),
      }),
    ]);
    const text = await run([provider.issuer, '-c', 'grafana.ini'], { files });
    expect(text.out).toMatch(/grafana\.ini:\d+:\d+: error: token_url/);
  });

  it('fails where the configuration cannot work with the issuer', async () => {
    const provider = await idp('authelia');
    const files = { 'grafana.ini': provider.configIni().replace('auth_style = InHeader', 'auth_style = InParams') };
    const { status, json } = await run([provider.issuer, '-c', 'grafana.ini', '--json'], { files });
    expect(status).toBe(1);
    expect(json().checks).toContainEqual(expect.objectContaining({ name: 'client authentication', ok: false }));
  });

  it('marks the character at which issuers differ', async () => {
    const { issuer } = await idp('authentik');
    expect((await run([issuer])).status).toBe(0);
    const { status, out } = await run([issuer.slice(0, -1)]);
    expect(status).toBe(1);
    expect(out).toContain(`they differ at character ${issuer.length}: "/" instead of the end`);
  });

  it('prints settings alone, in each form', async () => {
    const { issuer } = await idp();
    const starts = { ini: '; client', helm: '# ', env: '# ', terraform: '# ' };
    for (const [form, start] of Object.entries(starts)) {
      const { status, out } = await run([issuer, '--as', form]);
      expect(status).toBe(0);
      expect(out.startsWith(start)).toBe(true);
      expect(out).toMatch(/(token_url|TOKEN_URL)/);
      expect(out).not.toContain('checks');
    }
    const old = await run([issuer, '--as', 'ini', '--grafana-version', '9.4']);
    expect(old.out).not.toContain('use_refresh_token');
  });

  it('reports a provider without discovery as a fact', async () => {
    const bitbucket = await idp('bitbucket');
    const { status, out } = await run([bitbucket.origin]);
    expect(status).toBe(0);
    expect(out).toContain('Grafana needs none');
    const files = { 'grafana.ini': bitbucket.configIni() };
    expect((await run(['--config', 'grafana.ini'], { files })).status).toBe(0);
    expect((await run([bitbucket.origin, '--as', 'ini'])).status).toBe(2);
  });

  it.each([
    ['hang-up:discovery', 'closed without an answer'],
    ['html-ok:discovery', 'no JSON object'],
    ['html-error:discovery', 'HTTP 502'],
    ['oversized:discovery', 'longer than'],
    ['redirect-loop:discovery', 'redirects'],
    ['tls', 'CA'],
  ])('cannot read: %s', async (fault, text) => {
    const { issuer } = await idp(undefined, fault);
    const { status, out, err } = await run([issuer]);
    expect([status, out]).toEqual([3, '']);
    expect(err).toContain(text);
  });

  it('gives up after --timeout', async () => {
    const { issuer } = await idp(undefined, 'slow:discovery');
    const { status, err } = await run([issuer, '--timeout', '1']);
    expect(status).toBe(3);
    expect(err).toContain('ETIMEDOUT');
  });

  it('trusts the CA of --ca and of the configuration', async () => {
    const provider = await idp(undefined, 'tls');
    const files = { 'ca.pem': provider.ca!, 'grafana.ini': provider.configIni({ caFile: 'ca.pem' }) };
    expect((await run([provider.issuer, '--ca', 'ca.pem'], { files })).status).toBe(0);
    expect((await run(['-c', 'grafana.ini'], { files })).status).toBe(0);
    const skip = { 'grafana.ini': `${provider.configIni()}tls_skip_verify_insecure = true\n` };
    const { status, err } = await run(['-c', 'grafana.ini'], { files: skip });
    expect(status).toBe(0);
    expect(err).toContain('certificates are not checked');
  });

  it('reports broken keys', async () => {
    const { issuer } = await idp(undefined, 'html-ok:jwks');
    const { status, json } = await run([issuer, '--json']);
    expect(status).toBe(1);
    expect(json().checks).toContainEqual(expect.objectContaining({ name: 'keys', ok: false }));
  });

  it('says what is wrong with a call', async () => {
    const cases: [string[], string][] = [
      [[], 'there is no issuer to ask'],
      [['id.example.com'], 'https://id.example.com'],
      [['fixtures/demo/good.ini'], '--config fixtures/demo/good.ini'],
      [['https://a.example', 'https://b.example'], 'too many arguments'],
      [['https://a.example', '--as', 'helmet'], 'did you mean "helm"'],
      [['-c', 'empty.ini'], 'no auth_url'],
    ];
    for (const [argv, text] of cases) {
      const { status, err } = await run(argv, { files: { 'empty.ini': '[server]\n' } });
      expect(status).toBe(2);
      expect(err).toContain(text);
    }
  });
});
