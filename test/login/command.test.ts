import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, FAULTS, presetNames, startDemoIdp } from '../../src/demo-idp/index.js';
import { main } from '../../src/main.js';
import type { World } from '../helpers/fake-host.js';
import { browser, networkHost } from './flow-world.js';

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly written: ReadonlyMap<string, string>;
}

async function run(argv: readonly string[], world: World = {}): Promise<Run> {
  const host = networkHost(world);
  const status = await main(argv, host);
  return { status, out: host.out(), err: host.err(), written: host.written };
}

const demo = (...more: string[]) => run(['test-login', '--demo', '--auto', ...more]);

let idp: DemoIdp | undefined;
afterEach(async () => {
  await idp?.close();
  idp = undefined;
});

/** A provider with faults, and the configuration that logs in there. */
async function provider(...misbehave: string[]): Promise<{ idp: DemoIdp; files: Record<string, string> }> {
  idp = await startDemoIdp({ misbehave, user: 'editor' });
  const files: Record<string, string> = { 'grafana.ini': idp.configIni({ rootUrl: 'http://127.0.0.1:0/' }) };
  return { idp, files };
}

describe('test-login --demo', () => {
  it('logs in with nothing configured and shows what Grafana would make of it', async () => {
    const { status, out, err } = await demo('--user', 'editor');
    expect(status).toBe(0);
    expect(out).toMatch(/eve {2}→ {2}Editor/);
    expect(out).toContain('accepts this answer, too');
    expect(err).toMatch(/authorize[\s\S]*callback[\s\S]*token[\s\S]*userinfo[\s\S]*discovery[\s\S]*verify/);
  });

  it.each([
    ['admin', 'Admin'],
    ['no-groups', 'Viewer'],
  ])('user %s becomes %s', async (user, role) => {
    const { status, out } = await demo('--user', user, '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(out).resolution.user.role).toBe(role);
  });

  it('gives the JSON of the contract', async () => {
    const { out } = await demo('--format', 'json', '--refresh', '--strict');
    const report = JSON.parse(out);
    expect(Object.keys(report)).toEqual([
      'formatVersion',
      'target',
      'steps',
      'checks',
      'strict',
      'tokens',
      'userinfo',
      'claims',
      'refresh',
      'logout',
      'resolution',
      'failedAt',
      'failure',
    ]);
    expect(report.failedAt).toBeNull();
    expect(report.strict).toEqual({ accepted: true });
    expect(report.checks.find((check: { name: string }) => check.name === 'nonce')).toMatchObject({ ok: true });
    expect(report.tokens.id_token.claims.email).toBe('eve@example.com');
    expect(report.tokens.id_token.raw).toBe('[redacted]');
  });

  it('refuses an unknown user and an unknown provider with exit 2', async () => {
    expect((await demo('--user', 'nobody')).status).toBe(2);
    expect((await demo('--as', 'nowhere')).status).toBe(2);
  });

  it('keeps tokens only when asked', async () => {
    const { out, written } = await demo('--format', 'json', '--show-tokens', '--save', 's.json');
    const token = JSON.parse(out).tokens.id_token.raw as string;
    expect(token.split('.')).toHaveLength(3);
    expect(written.get('s.json')).toContain(token);
  });

  it('resolves the same from the saved session', async () => {
    const { out, written } = await demo('--user', 'admin', '--format', 'json', '--save', 'session.json');
    const live = JSON.parse(out).resolution;
    const session = written.get('session.json')!;
    expect(session).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/);
    const config = JSON.parse(session).exchanges[0].request.url as string;
    const origin = new URL(config).origin;
    const ini = (await import('../../src/demo-idp/index.js')).findPreset('generic-oidc')!;
    const lines = Object.entries(ini.settings).map(
      ([key, value]) => `${key} = ${String(value).replaceAll('{origin}', origin)}`,
    );
    const file = `[auth.generic_oauth]\nenabled = true\nclient_id = grafana\napi_url = ${origin}/userinfo\n${lines.join('\n')}\n`;
    const replay = await run(['eval-role', 'session.json', '--config', 'grafana.ini', '--format', 'json'], {
      files: { 'session.json': session, 'grafana.ini': file },
    });
    expect(replay.status).toBe(0);
    expect(replay.out).toBe(`${JSON.stringify(live, undefined, 2)}\n`);
  });

  it('replaces personal data in the saved session by stable pseudonyms', async () => {
    const first = (await demo('--save', 'a.json', '--pseudonymize')).written.get('a.json')!;
    const second = (await demo('--save', 'b.json', '--pseudonymize')).written.get('b.json')!;
    expect(first).not.toContain('eve@example.com');
    expect(first).not.toContain('Ekman');
    const pseudonym = /user-[0-9a-f]{10}@example\.com/;
    expect(pseudonym.exec(first)?.[0]).toBe(pseudonym.exec(second)?.[0]);
    expect(first).toContain('grafana-editors');
  });
});

describe('test-login with a configuration', () => {
  it('opens the browser, waits for the callback, and says where', async () => {
    const { files } = await provider();
    const { status, out, err } = await run(['test-login', '--config', 'grafana.ini'], { files, openBrowser: browser });
    expect(status).toBe(0);
    expect(out).toContain('Editor');
    expect(err).toContain('open this address to log in:');
    expect(err).toMatch(/waiting on http:\/\/127\.0\.0\.1:\d+\/login\/generic_oauth/);
  });

  it('helps people in remote shells', async () => {
    const { files } = await provider();
    const { err } = await run(['test-login', '--config', 'grafana.ini'], {
      files,
      openBrowser: browser,
      env: { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' },
    });
    expect(err).toMatch(/ssh -L (\d+):127\.0\.0\.1:\1 /);
  });

  it('prints the exchanges, redacted', async () => {
    const { idp, files } = await provider();
    const { err } = await run(['test-login', '--config', 'grafana.ini', '--trace-http'], {
      files,
      openBrowser: browser,
    });
    expect(err).toContain(`> POST ${idp.endpoints.token}`);
    expect(err).toContain('authorization: Basic [redacted]');
    expect(err).not.toContain(idp.clientSecret);
  });

  it('takes a pasted address from standard input', async () => {
    idp = await startDemoIdp({ user: 'editor' });
    const files = { 'grafana.ini': idp.configIni({ rootUrl: 'https://grafana.example.com/' }) };
    // The address belongs to another attempt: its state cannot match.
    const { status, err, out } = await run(['test-login', '--config', 'grafana.ini', '--paste', '--no-browser'], {
      files,
      stdin: 'https://grafana.example.com/login/generic_oauth?code=x&state=y\n',
    });
    expect(status).toBe(3);
    expect(`${out}${err}`).toContain('another state');
  });

  it('a provider that cannot be reached ends with 3 and the option to look at', async () => {
    const { idp: running, files } = await provider();
    const ini = files['grafana.ini']!.replace(/token_url = .*/, 'token_url = http://127.0.0.1:1/token');
    const { status, out } = await run(['test-login', '--config', 'grafana.ini'], {
      files: { 'grafana.ini': ini },
      openBrowser: browser,
    });
    expect(running.port).toBeGreaterThan(0);
    expect(status).toBe(3);
    expect(out).toContain('token_url (grafana.ini:');
  });

  it('a person Grafana refuses ends with 1', async () => {
    const { files } = await provider();
    const ini = `${files['grafana.ini']}allowed_groups = nobody-is-here\n`;
    const { status, out } = await run(['test-login', '--config', 'grafana.ini'], {
      files: { 'grafana.ini': ini },
      openBrowser: browser,
    });
    expect(status).toBe(1);
    expect(out).toContain('allowed_groups');
  });

  it('warns loudly where TLS is not verified', async () => {
    const { files } = await provider();
    const ini = `${files['grafana.ini']}tls_skip_verify_insecure = true\n`;
    const { err } = await run(['test-login', '--config', 'grafana.ini', '--quiet'], {
      files: { 'grafana.ini': ini },
      openBrowser: browser,
    });
    expect(err).toContain('warning: tls_skip_verify_insecure');
  });

  it('Ctrl-C saves what there is, and ends with 130', async () => {
    const { files } = await provider();
    const host = networkHost({ files, openBrowser: () => true });
    const ended = main(['test-login', '--config', 'grafana.ini', '--save', 'partial.json'], host);
    setTimeout(() => host.interrupt(), 300);
    expect(await ended).toBe(130);
    expect(host.err()).toContain('Cancelled.');
    expect(JSON.parse(host.written.get('partial.json')!)).toMatchObject({ kind: 'auth-cli session' });
  });

  it.each(Object.keys(FAULTS).filter((fault) => fault !== 'tls' && fault !== 'hang'))(
    'ends well, and tells no secret, when the provider does this: %s',
    async (fault) => {
      const { idp, files } = await provider(fault);
      const { status, out, err, written } = await run(
        [
          'test-login',
          '--config',
          'grafana.ini',
          '--timeout',
          '2',
          '--login-timeout',
          '3',
          '--save',
          's.json',
          '--refresh',
          '--verbose',
          '--trace-http',
        ],
        { files, openBrowser: browser },
      );
      expect([0, 1, 3]).toContain(status);
      expect(err).not.toContain('internal error');
      const everything = `${out}${err}${[...written.values()].join('')}`;
      expect(everything).not.toContain(idp.clientSecret);
      for (const request of idp.requests) {
        for (const name of ['code', 'code_verifier', 'refresh_token']) {
          const secret = request.form[name];
          if (secret !== undefined) expect(everything).not.toContain(secret);
        }
        const bearer = /^Bearer (.*)$/.exec(request.headers['authorization'] ?? '')?.[1];
        if (bearer !== undefined) expect(everything).not.toContain(bearer);
      }
      expect(everything).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}\.(?!cmVkYWN0ZWQ)[\w-]{16,}/);
    },
    20_000,
  );
});

describe('every provider that can be imitated', () => {
  it.each(presetNames())(
    '%s',
    async (name) => {
      const { status, err } = await demo('--as', name);
      expect([0, 1, 3]).toContain(status);
      expect(err).not.toContain('internal error');
    },
    20_000,
  );
});
