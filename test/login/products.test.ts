import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type DashboardApp, startDashboardApp } from '../../src/demo-idp/index.js';
import { leavesSite } from '../../src/login/dashboard.js';
import { main } from '../../src/main.js';
import type { World } from '../helpers/fake-host.js';
import { networkHost } from './flow-world.js';

async function run(argv: readonly string[], world: World = {}) {
  const host = networkHost(world);
  const status = await main(argv, host);
  return { status, out: host.out(), err: host.err(), written: host.written };
}

const demo = (product: string, ...more: string[]) =>
  run(['test-login', '--demo', '--auto', '--product', product, ...more]);

describe('Grafana Cloud', () => {
  it('logs in at the address of [grafana_com] url, and reads /api/oauth2/user', async () => {
    const { status, out } = await demo('grafana-cloud', '--user', 'admin', '--format', 'json');
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report.resolution.requests).toEqual([expect.stringMatching(/\/api\/oauth2\/user$/)]);
    expect(report.resolution.user.role).toBe('Admin');
    expect(report.steps.map((step: { step: string }) => step.step)).toContain('userinfo');
  });
});

describe('Dashboard', () => {
  it('takes the seven documented steps and ends at the original page', async () => {
    const { status, out, err } = await demo('dashboard', '--format', 'json');
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(
      report.steps.map((step: { step: string; request: string }) => `${step.step} ${step.request.split('?')[0]}`),
    ).toEqual([
      'redirect GET /question/1-superb-question',
      'redirect GET /auth/sso',
      'callback GET /auth/sso',
      'return GET /question/1-superb-question',
    ]);
    expect(report.resolution.user).toMatchObject({ email: 'eve@example.com', groups: [1, 7, 8], created: true });
    expect(`${out}${err}`).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/);
  });

  it('takes the embedding flow', async () => {
    const { status, out } = await demo('dashboard', '--embedding', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(out).resolution.response).toMatchObject({ status: 200 });
  });

  it('replays from the saved session', async () => {
    const { out, written } = await demo('dashboard', '--format', 'json', '--save', 's.json');
    const files = {
      's.json': written.get('s.json')!,
      'd.env':
        'MB_SITE_URL=http://127.0.0.1:1\nMB_JWT_ENABLED=true\nMB_JWT_IDENTITY_PROVIDER_URI=http://127.0.0.1:2/sso\nMB_JWT_SHARED_SECRET=x\nMB_JWT_GROUP_SYNC=true\nMB_JWT_GROUP_MAPPINGS={"grafana-editors":[7],"developers":[8]}\n',
    };
    const replay = await run(['eval-role', 's.json', '--config', 'd.env', '--format', 'json'], { files });
    expect(replay.status).toBe(0);
    expect(JSON.parse(replay.out).user).toEqual(JSON.parse(out).resolution.user);
  });

  describe('with an app of its own', () => {
    let app: DashboardApp | undefined;
    afterEach(() => app?.close());

    async function own(secretOfApp: string, settings: Record<string, string> = {}, ...argv: string[]) {
      let site = '';
      app = await startDashboardApp({ secret: secretOfApp, siteUrl: () => site, user: 'editor' });
      const all = {
        MB_SITE_URL: 'http://127.0.0.1:0',
        MB_JWT_ENABLED: 'true',
        MB_JWT_IDENTITY_PROVIDER_URI: app.uri,
        MB_JWT_SHARED_SECRET: 'the-shared-key',
        ...settings,
      };
      const text = Object.entries(all)
        .map(([name, value]) => `${name}=${value}\n`)
        .join('');
      return run(['test-login', '--config', 'dashboard.env', ...argv], {
        files: { 'dashboard.env': text },
        openBrowser: (url) => {
          site = new URL(url).origin;
          void fetch(url).catch(() => {});
          return true;
        },
      });
    }

    it('logs in', async () => {
      const { status, out } = await own('the-shared-key');
      expect(status).toBe(0);
      expect(out).toContain('eve@example.com');
    });

    it('says so where the app forgets the page the person wanted', async () => {
      const forgetful = createServer((_request, response) => {
        void fetch(app!.uri, { redirect: 'manual' }).then((answer) => {
          response.writeHead(302, { location: answer.headers.get('location')! }).end();
        });
      });
      await new Promise<void>((resolve) => forgetful.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = forgetful.address() as AddressInfo;
        const { status, err } = await own('the-shared-key', {
          MB_JWT_IDENTITY_PROVIDER_URI: `http://127.0.0.1:${port}/`,
        });
        expect(status).toBe(0);
        expect(err).toContain('logged in, but not back at /question/1-superb-question');
      } finally {
        forgetful.close();
      }
    });

    it('says so where nobody comes back from the app', async () => {
      const silent = createServer((_request, response) => response.end('a page'));
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = silent.address() as AddressInfo;
        const uri = { MB_JWT_IDENTITY_PROVIDER_URI: `http://127.0.0.1:${port}/` };
        const { status, out } = await own('the-shared-key', uri, '--login-timeout', '1');
        expect(status).toBe(3);
        expect(out).toMatch(/login failed at step app: nobody came back/);
        expect(out).toContain('--login-timeout');
      } finally {
        silent.close();
      }
    });

    it('says which variant of the key would fit', async () => {
      const { status, out } = await own('the-shared-key ');
      expect(status).toBe(1);
      expect(out).toContain('Message seems corrupt or manipulated');
    });

    it('says so where JWT login is off', async () => {
      const { status, out } = await own('the-shared-key', { MB_JWT_ENABLED: 'false' });
      expect(status).toBe(1);
      expect(out).toContain('would not send the browser');
    });
  });

  it('takes a pasted address', async () => {
    const env =
      'MB_SITE_URL=https://dash.example.com\nMB_JWT_ENABLED=true\nMB_JWT_IDENTITY_PROVIDER_URI=https://app.example.com/sso\nMB_JWT_SHARED_SECRET=k\n';
    const files = { 'dashboard.env': env };
    const none = await run(['test-login', '--config', 'dashboard.env', '--paste', '--no-browser'], {
      files,
      stdin: 'https://dash.example.com/auth/sso#jwt=x\n',
    });
    expect(none.status).toBe(3);
    expect(none.out).toContain('no parameter jwt');
    const bad = await run(['test-login', '--config', 'dashboard.env', '--paste', '--no-browser'], {
      files,
      stdin: 'https://dash.example.com/auth/sso?jwt=x.y.z\n',
    });
    expect(bad.status).toBe(1);
  });

  it.each([
    ['/question/1', false],
    ['/', false],
    ['//evil.example', true],
    ['/\\evil.example', true],
    ['\\\\evil.example', true],
    ['///evil.example', true],
    ['https://evil.example/', true],
    ['http://127.0.0.1:3000/x', false],
    ['ftp://127.0.0.1:3000/x', true],
    ['javascript:alert(1)', true],
  ])('return_to %j leaves the site: %s', (returnTo, leaves) => {
    expect(leavesSite(returnTo, 'http://127.0.0.1:3000')).toBe(leaves);
  });
});

describe('GEM', () => {
  it('validates the token of a login by discovery and JWKS', async () => {
    const { status, out, err } = await demo('gem', '--format', 'json');
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report.resolution.requests).toHaveLength(2);
    expect(report.resolution.user).toMatchObject({
      tenant: 'tenant-1',
      accessPolicies: ['grafana-editors', 'developers'],
      virtual: true,
    });
    expect(report.resolution.credentials.token).toBe('[redacted]');
    expect(err).toContain('Authorization: Bearer tenant-1:<JWT>');
  });

  it('reads with the credentials where asked', async () => {
    const { createServer } = await import('node:http');
    let seen = '';
    const server = createServer((request, response) => {
      seen = `${request.method} ${request.url} ${request.headers.authorization}`;
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as { port: number };
      const { status, out, err } = await demo('gem', '--push-url', `http://127.0.0.1:${port}/prometheus/api/v1/labels`);
      expect(status).toBe(0);
      const [, basic = ''] = /^GET \/prometheus\/api\/v1\/labels Basic (.+)$/.exec(seen) ?? [];
      expect(Buffer.from(basic, 'base64').toString()).toMatch(/^tenant-1:eyJ/);
      expect(err).toContain('403');
      expect(`${out}${err}`).not.toContain(basic);
    } finally {
      server.close();
    }
  });

  it('needs a client or a token', async () => {
    const files = {
      'gem.yaml':
        'auth:\n  type: enterprise\n  admin:\n    oidc:\n      issuer_url: http://127.0.0.1:1\n      access_policy_claim: sub\n      access_policy_regex: (.*)\n',
    };
    const none = await run(['test-login', '--config', 'gem.yaml'], { files });
    expect(none.status).toBe(2);
    expect(none.err).toContain('--client-id');
    const dead = await run(['test-login', '--config', 'gem.yaml', '--client-id', 'x'], { files });
    expect(dead.status).toBe(3);
    expect(dead.out).toContain('no discovery document');
    const given = await run(['test-login', '--config', 'gem.yaml', '--token', '-'], { files, stdin: 'not-a-token' });
    expect(given.status).toBe(1);
  });
});
