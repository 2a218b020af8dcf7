import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { autoLogin } from '../../src/demo-idp/index.js';
import { main } from '../../src/main.js';
import { createFakeHost, type FakeHost } from '../helpers/fake-host.js';

async function running(host: FakeHost, ...argv: string[]): Promise<{ ended: Promise<number>; until: string }> {
  const ended = main(['demo-idp', '--port', '0', ...argv], host);
  let over = false;
  ended.then(() => {
    over = true;
  });
  while (!host.err().includes('Ctrl-C to stop') && !over) await new Promise((resolve) => setTimeout(resolve, 5));
  return { ended, until: host.err() };
}

function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

describe('demo-idp', () => {
  it('prints a grafana.ini, logs people in, and frees the port on Ctrl-C', async () => {
    const host = createFakeHost();
    const { ended } = await running(host, '--as', 'okta', '--user', 'editor', '--verbose');
    const ini = host.out();
    expect(ini).toMatch(/^; auth-cli demo provider, imitating Okta/);
    expect(ini).toContain('\n[auth.generic_oauth]\nenabled = true\n');
    const authUrl = /^auth_url = (.*)$/m.exec(ini)![1]!;
    const port = Number(new URL(authUrl).port);
    expect(await portIsFree(port)).toBe(false);
    const url = `${authUrl}?client_id=grafana&response_type=code&scope=openid&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Flogin%2Fgeneric_oauth&state=abcdefgh`;
    expect(await autoLogin(url, 'admin')).toContain('code=');
    host.interrupt();
    expect(await ended).toBe(130);
    expect(await portIsFree(port)).toBe(true);
    expect(host.err()).toContain('GET /oauth2/v1/authorize  303');
    expect(host.err()).not.toContain('code=');
    expect(host.err().trimEnd().split('\n').at(-1)).toBe('Cancelled.');
  });

  it('speaks JSON', async () => {
    const host = createFakeHost();
    const { ended } = await running(host, '--format', 'json', '--root-url', 'http://localhost:8080/grafana/');
    const answer = JSON.parse(host.out());
    expect(answer).toMatchObject({ formatVersion: 1, as: 'generic-oidc', clientId: 'grafana' });
    expect(answer.config).toContain('root_url = http://localhost:8080/grafana/');
    expect(answer.users.map((user: { id: string }) => user.id)).toContain('editor');
    host.interrupt();
    expect(await ended).toBe(130);
  });

  it('writes --output and the CA while it runs', async () => {
    const host = createFakeHost();
    const { ended } = await running(host, '-o', 'grafana.ini', '--misbehave', 'tls', '--ca-file', 'ca.pem');
    expect(host.written.get('grafana.ini')).toContain('tls_client_ca = ca.pem');
    expect(host.written.get('ca.pem')).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect([...host.written.values()].join('')).not.toContain('PRIVATE KEY');
    host.interrupt();
    expect(await ended).toBe(130);
  });

  it('refuses what it cannot do, and leaves no port open', async () => {
    const unknown = createFakeHost();
    expect(await main(['demo-idp', '--as', 'keyclock'], unknown)).toBe(2);
    expect(unknown.err()).toContain('did you mean "keycloak"?');
    const person = createFakeHost();
    expect(await main(['demo-idp', '--user', 'editr'], person)).toBe(2);
    expect(person.err()).toContain('did you mean "editor"?');
    const ca = createFakeHost();
    expect(await main(['demo-idp', '--port', '0', '--ca-file', 'x.pem'], ca)).toBe(2);
    expect(ca.err()).toContain('--misbehave tls');
  });

  it('says that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const host = createFakeHost();
    expect(await main(['demo-idp', '--port', String(port)], host)).toBe(3);
    expect(host.err()).toContain(`port ${port} on 127.0.0.1 is taken`);
    await new Promise((resolve) => server.close(resolve));
  });

  it('lists what it knows', async () => {
    const text = createFakeHost();
    expect(await main(['demo-idp', '--list'], text)).toBe(0);
    expect(text.out()).toContain('keycloak:mapper');
    const json = createFakeHost();
    expect(await main(['demo-idp', '--list', '--json'], json)).toBe(0);
    const answer = JSON.parse(json.out());
    expect(answer.presets).toHaveLength(31);
    expect(answer.misbehaviours).toContainEqual(expect.objectContaining({ id: 'slow', movable: true }));
  });
});

describe('demo-idp --product', () => {
  it('dashboard: an app that signs tokens, and the env file for it', async () => {
    const host = createFakeHost();
    const { ended } = await running(
      host,
      '--product',
      'dashboard',
      '--user',
      'editor',
      '--root-url',
      'http://127.0.0.1:3999/',
      '--verbose',
    );
    const env = host.out();
    expect(env).toMatch(/^# auth-cli, sample authentication app: http:\/\/127\.0\.0\.1:\d+\/sso\n/);
    expect(env).toContain('\nMB_SITE_URL=http://127.0.0.1:3999\n');
    const uri = /^MB_JWT_IDENTITY_PROVIDER_URI=(.*)$/m.exec(env)![1]!;
    const answer = await fetch(`${uri}?return_to=/question/1`, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location')!);
    expect(back.origin + back.pathname).toBe('http://127.0.0.1:3999/auth/sso');
    expect(back.searchParams.get('return_to')).toBe('/question/1');

    const files = { 'dashboard.env': env, 'token.jwt': back.searchParams.get('jwt')! };
    const login = createFakeHost({ files });
    expect(await main(['test-login', '--config', 'dashboard.env', '--token', 'token.jwt'], login)).toBe(0);
    expect(login.out()).toContain('eve@example.com');

    host.interrupt();
    expect(await ended).toBe(130);
    expect(await portIsFree(Number(new URL(uri).port))).toBe(true);
    expect(host.err()).toContain('GET /sso  302');
    expect(host.err()).not.toContain('eyJ');
  });

  it.each([
    ['gem', /^# auth-cli, demo provider[\s\S]*issuer_url: http:\/\/127\.0\.0\.1:\d+\n/],
    ['grafana-cloud', /^; auth-cli, demo provider[\s\S]*\[grafana_com\]\nurl = http:\/\/127\.0\.0\.1:\d+\n/],
  ])('%s: a provider, and the configuration for it', async (product, text) => {
    const host = createFakeHost();
    const { ended } = await running(host, '--product', product);
    expect(host.out()).toMatch(text);
    host.interrupt();
    expect(await ended).toBe(130);
  });

  it('speaks JSON', async () => {
    const host = createFakeHost();
    const { ended } = await running(host, '--product', 'dashboard', '--json');
    const answer = JSON.parse(host.out());
    expect(answer).toMatchObject({ formatVersion: 1, product: 'dashboard' });
    expect(answer.config).toMatch(/^MB_SITE_URL=http:\/\/localhost:3000\n/);
    host.interrupt();
    expect(await ended).toBe(130);
  });
});
