import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, type DemoIdpOptions, startDemoIdp } from '../../src/demo-idp/index.js';
import { InterruptedError } from '../../src/errors.js';
import { pastedCallback } from '../../src/login/code-flow.js';
import { clientOf, networkHost, runFlow } from './flow-world.js';

let idp: DemoIdp;

async function start(options: DemoIdpOptions = {}): Promise<DemoIdp> {
  idp = await startDemoIdp(options);
  return idp;
}

afterEach(() => idp?.close());

function secretsOf(outcome: {
  tokens:
    | { result: { token: Readonly<Record<string, unknown>> }; request: { codeVerifier?: string }; callback: URL }
    | undefined;
}) {
  const token = outcome.tokens!.result.token;
  return [
    token['access_token'],
    token['id_token'],
    token['refresh_token'],
    outcome.tokens!.callback.searchParams.get('code'),
    outcome.tokens!.request.codeVerifier,
    idp.clientSecret,
  ].filter((text): text is string => typeof text === 'string');
}

describe('a login that works', () => {
  it('sends what Grafana sends, and nothing more', async () => {
    await start();
    const outcome = await runFlow(idp, clientOf(idp));
    expect(outcome.failure).toBeUndefined();
    const authorize = idp.requests.find((request) => request.query['response_type'] === 'code')!;
    expect(Object.keys(authorize.query).sort()).toEqual([
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ]);
    expect(authorize.query['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/login\/generic_oauth$/);
    const exchange = idp.requests.find((request) => request.form['grant_type'] === 'authorization_code')!;
    expect(Object.keys(exchange.form)).toEqual(['code', 'code_verifier', 'grant_type', 'redirect_uri']);
    expect(exchange.form['code_verifier']).toHaveLength(128);
    expect(exchange.form['redirect_uri']).toBe(authorize.query['redirect_uri']);
    expect(exchange.headers['authorization']).toMatch(/^Basic /);
  });

  it('sends no PKCE parameters where use_pkce is off, no scope where the list is empty, and a nonce only when asked', async () => {
    await start();
    await runFlow(idp, clientOf(idp, { usePkce: false, scopes: [] }), { nonce: true });
    const authorize = idp.requests.find((request) => request.query['response_type'] === 'code')!;
    expect(authorize.query).not.toHaveProperty('code_challenge');
    expect(authorize.query).not.toHaveProperty('scope');
    expect(authorize.query['nonce']).toHaveLength(43);
  });

  it('shows a page without scripts and network, with every text escaped', async () => {
    await start();
    const { page } = await runFlow(idp, clientOf(idp));
    expect(page?.status).toBe(200);
    expect(page?.html).toContain('Logged in');
    expect(page?.html).toContain('&lt;Editor&gt;');
    expect(page?.html).not.toMatch(/<script|<link|src=|https?:\/\//);
  });

  it('records every exchange without a credential', async () => {
    await start();
    const outcome = await runFlow(idp, clientOf(idp, { scopes: ['openid', 'email', 'offline_access'] }));
    const secrets = secretsOf(outcome);
    expect(secrets.length).toBeGreaterThanOrEqual(5);
    for (const secret of secrets) expect(outcome.everything).not.toContain(secret);
    expect(outcome.everything).toContain('[redacted]');
    expect(outcome.recorder.exchanges.map((exchange) => exchange.step)).toContain('token');
  });

  it('encodes odd client ids and secrets as Go does', async () => {
    await start({ clientId: 'odd~id-1_x', clientSecret: 's:e+c/r e%t#;="' });
    const outcome = await runFlow(idp, clientOf(idp));
    expect(outcome.failure).toBeUndefined();
    const exchange = idp.requests.find((request) => request.form['grant_type'] === 'authorization_code')!;
    const pair = Buffer.from(exchange.headers['authorization']!.slice(6), 'base64').toString();
    expect(pair).toBe('odd~id-1_x:s%3Ae%2Bc%2Fr+e%25t%23%3B%3D%22');
  });
});

describe('auth_style', () => {
  it('AutoDetect tries the header, then the body with the same code, and shows both', async () => {
    await start();
    const wrong = clientOf(idp, { clientSecret: 'not-the-secret' });
    const outcome = await runFlow(idp, wrong);
    const tries = outcome.steps.filter((step) => step.step === 'token');
    expect(tries.map((step) => step.notes[0])).toEqual([
      'AutoDetect, try 1: client credentials in the Authorization header',
      'AutoDetect, try 2: client credentials in the body',
    ]);
    expect(outcome.failure).toMatchObject({ step: 'token', productMessage: 'Failed to get token from provider' });
    expect(outcome.failure?.server).toContain('invalid_client');
    expect(outcome.failure?.lookAt).toContain('client_secret');
    expect(outcome.page?.status).toBe(400);
  });

  it.each([
    ['InHeader', true],
    ['InParams', false],
  ] as const)('%s tries once', async (authStyle, header) => {
    await start();
    const outcome = await runFlow(idp, clientOf(idp, { authStyle }));
    expect(outcome.failure).toBeUndefined();
    const exchanges = idp.requests.filter((request) => request.form['grant_type'] === 'authorization_code');
    expect(exchanges).toHaveLength(1);
    expect('authorization' in exchanges[0]!.headers).toBe(header);
    expect('client_secret' in exchanges[0]!.form).toBe(!header);
  });
});

describe('odd answers that Grafana takes', () => {
  it.each([
    'form-token',
    'alg-none',
    'hs256-public-key',
    'unknown-kid',
    'wrong-issuer',
    'wrong-audience',
    'expired',
    'garbage-id-token',
    'no-id-token',
    'wrong-iss-parameter',
    'wrong-at-hash',
    'wrong-nonce',
  ])('%s', async (fault) => {
    await start({ misbehave: [fault] });
    const outcome = await runFlow(idp, clientOf(idp));
    expect(outcome.failure).toBeUndefined();
    expect(outcome.tokens?.result.token['access_token']).toEqual(expect.any(String));
  });
});

describe('logins that fail', () => {
  it.each([
    ['no-access-token', 'missing access_token'],
    ['html-token', 'web page'],
    ['text-token', 'missing access_token'],
  ])('%s', async (fault, text) => {
    await start({ misbehave: [fault] });
    const outcome = await runFlow(idp, clientOf(idp));
    expect(outcome.failure).toMatchObject({ step: 'token', remote: true });
    expect(outcome.failure?.server).toContain(text);
  });

  it('another state ends the login before anything is sent', async () => {
    await start({ misbehave: ['wrong-state'] });
    const outcome = await runFlow(idp, clientOf(idp));
    expect(outcome.failure).toMatchObject({ step: 'callback', message: 'the callback carries another state' });
    expect(idp.requests.some((request) => request.form['grant_type'] !== undefined)).toBe(false);
  });

  it('a missing code', async () => {
    await start();
    const outcome = await runFlow(idp, clientOf(idp), { bend: (url) => url.replace(/([?&])code=[^&]*/, '$1x=') });
    expect(outcome.failure?.message).toContain('no code');
  });

  it('the provider refuses, in its own words', async () => {
    await start();
    const outcome = await runFlow(idp, clientOf(idp), { user: undefined });
    expect(outcome.failure).toMatchObject({ step: 'callback', productMessage: 'Login provider denied login request' });
    expect(outcome.failure?.server).toContain('error=access_denied');
    expect(outcome.failure?.usually).toBeDefined();
  });

  it('a provider that demands a nonce refuses Grafana, too', async () => {
    await start({ misbehave: ['nonce-required'] });
    const outcome = await runFlow(idp, clientOf(idp));
    expect(outcome.failure).toBeDefined();
    expect(JSON.stringify(outcome.failure)).toContain('nonce');
  });

  it('an answer that is too long is cut, and Grafana fails on it', async () => {
    await start({ misbehave: ['oversized:token'] });
    const outcome = await runFlow(idp, clientOf(idp));
    expect(outcome.failure?.server).toContain('1 MiB');
  });

  it('a provider that hangs is given up after the time limit', async () => {
    await start({ misbehave: ['hang:token'] });
    const outcome = await runFlow(idp, clientOf(idp, { authStyle: 'InHeader' }), { timeout: 300 });
    expect(outcome.failure).toMatchObject({ step: 'token', message: 'the token endpoint cannot be reached' });
  });

  it('a certificate of an unknown authority', async () => {
    await start({ misbehave: ['tls'] });
    const outcome = await runFlow(idp, clientOf(idp, { tls: {} }));
    expect(outcome.failure?.lookAt).toContain('tls_client_ca');
    const trusted = await runFlow(idp, clientOf(idp));
    expect(trusted.failure).toBeUndefined();
    const careless = await runFlow(idp, clientOf(idp, { tls: { skipVerify: true } }));
    expect(careless.failure).toBeUndefined();
  });

  it('nobody comes back in time', async () => {
    await start();
    const { failure, steps } = await runFlow(idp, clientOf(idp), { visit: async () => undefined, loginTimeout: 30 });
    expect(failure).toMatchObject({ step: 'callback', remote: true, try: expect.stringContaining('--login-timeout') });
    expect(failure?.message).toContain('nobody came back');
    expect(steps.at(-1)).toMatchObject({ step: 'callback', ok: false });
  });

  it('Ctrl-C while waiting frees the port', async () => {
    await start();
    const host = networkHost();
    let port = 0;
    const run = runFlow(idp, clientOf(idp), {
      host,
      signal: host.signal,
      visit: async () => undefined,
      onAuthorize: async (_request, redirect) => {
        port = Number(new URL(redirect).port);
        setTimeout(() => host.interrupt(), 20);
      },
    });
    await expect(run).rejects.toThrow(InterruptedError);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });
});

describe('a pasted address', () => {
  const redirect = 'https://grafana.example.com/login/generic_oauth';
  it.each([
    ['https://grafana.example.com/login/generic_oauth?code=c&state=s'],
    ['  "https://grafana.example.com/login/generic_oauth?code=c&state=s" \n'],
    ['?code=c&state=s'],
    ['code=c&state=s'],
    ['#code=c&state=s'],
    ['https://grafana.example.com/login/generic_oauth#code=c&state=s'],
  ])('%j', (text) => {
    expect(pastedCallback(text, redirect).href).toBe(`${redirect}?code=c&state=s`);
  });

  it('logs in with a redirect URI that cannot be changed', async () => {
    await start({ redirectUris: [redirect] });
    let ended = '';
    const { autoLogin } = await import('../../src/demo-idp/index.js');
    const outcome = await runFlow(idp, clientOf(idp, { redirectUri: redirect }), {
      back: { kind: 'paste', read: async () => ended },
      visit: async (url) => {
        ended = await autoLogin(url, 'editor');
        return undefined;
      },
    });
    expect(outcome.failure).toBeUndefined();
    const exchange = idp.requests.find((request) => request.form['grant_type'] === 'authorization_code')!;
    expect(exchange.form['redirect_uri']).toBe(redirect);
  });
});
