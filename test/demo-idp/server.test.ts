import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { autoLogin, DEMO_USERS, type DemoIdp, type DemoIdpOptions, startDemoIdp } from '../../src/demo-idp/index.js';
import { ask, authorizationUrl, basic, codeFor, exchange, login, REDIRECT } from './flow.js';

const running: DemoIdp[] = [];

async function start(options?: DemoIdpOptions): Promise<DemoIdp> {
  const idp = await startDemoIdp(options);
  running.push(idp);
  return idp;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((idp) => idp.close()));
});

describe('a plain login', () => {
  it('gives tokens that verify and a UserInfo answer', async () => {
    const idp = await start();
    const end = new URL(await autoLogin(authorizationUrl(idp, { nonce: 'n0nce' }), 'editor'));
    expect(end.origin + end.pathname).toBe(REDIRECT);
    expect(end.searchParams.get('state')).toBe('st4te-st4te');
    expect(end.searchParams.get('iss')).toBe(idp.issuer);

    const token = await exchange(idp, end.searchParams.get('code')!);
    expect(token.status).toBe(200);
    expect(token.json).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(token.json.refresh_token).toEqual(expect.any(String));

    const discovery = await ask(idp.endpoints.discovery!);
    expect(discovery.json).toMatchObject({ issuer: idp.issuer, code_challenge_methods_supported: ['S256'] });
    const keys = createLocalJWKSet((await ask(discovery.json.jwks_uri)).json);
    const { payload } = await jwtVerify(token.json.id_token, keys, { issuer: idp.issuer, audience: idp.clientId });
    expect(payload).toMatchObject({
      nonce: 'n0nce',
      email: 'eve@example.com',
      groups: ['grafana-editors', 'developers'],
      preferred_username: 'eve',
    });

    const headers = { authorization: `Bearer ${token.json.access_token}` };
    const userinfo = await ask(idp.endpoints.userinfo, { headers });
    expect(userinfo.json).toMatchObject({ sub: payload.sub, email: 'eve@example.com', email_verified: true });
    expect((await ask(idp.endpoints.emails, { headers })).json).toEqual([
      { email: 'eve@example.com', primary: true, verified: true },
    ]);
    expect((await ask(idp.endpoints.teams, { headers })).json).toEqual([{ id: 1001, slug: 'grafana' }]);
    expect((await ask(idp.endpoints.orgs, { headers })).json).toEqual([{ login: 'acme' }]);
  });

  it('renews tokens with the refresh token', async () => {
    const idp = await start();
    const { token } = await login(idp, 'admin');
    const renewed = await ask(idp.endpoints.token, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token.json.refresh_token }),
      headers: basic(idp.clientId, idp.clientSecret),
    });
    expect(renewed.status).toBe(200);
    expect(renewed.json.access_token).not.toBe(token.json.access_token);
    expect(decodeJwt(renewed.json.id_token)).toMatchObject({ groups: ['grafana-admins', 'platform'] });
  });

  it('takes client credentials in the header and in the body', async () => {
    const idp = await start({ clientId: 'odd~id-1_x:y', clientSecret: 'e+c/r e%t#;="' });
    for (const style of ['header', 'params'] as const) {
      expect((await exchange(idp, await codeFor(idp, 'viewer'), style)).status).toBe(200);
    }
  });

  it.each(DEMO_USERS.map((user) => user.id))('signs in %s', async (id) => {
    const idp = await start();
    const { token, userinfo } = await login(idp, id);
    expect(token.status).toBe(200);
    expect(userinfo.status).toBe(200);
    const user = DEMO_USERS.find((one) => one.id === id)!;
    expect(userinfo.json.email).toBe(user.email);
    expect(userinfo.json.groups ?? []).toEqual(user.groups);
  });

  it('asks anew at each sign-in, also in one browser', async () => {
    const idp = await start();
    const first = decodeJwt((await login(idp, 'admin')).token.json.id_token);
    const second = decodeJwt((await login(idp, 'viewer')).token.json.id_token);
    expect(second.sub).not.toBe(first.sub);
  });

  it('signs a chosen person in without asking', async () => {
    const idp = await start({ user: 'viewer' });
    const page = await ask(authorizationUrl(idp));
    expect(page.status).toBe(303);
    const { token } = await login(idp, 'nobody looks at this');
    expect(decodeJwt(token.json.id_token)).toMatchObject({ preferred_username: 'ben' });
  });
});

describe('refusals', () => {
  it('sends a declined sign-in back as access_denied', async () => {
    const idp = await start();
    const end = new URL(await autoLogin(authorizationUrl(idp), undefined));
    expect(end.searchParams.get('error')).toBe('access_denied');
    expect(end.searchParams.get('state')).toBe('st4te-st4te');
  });

  it('shows a page for an unknown client and for a redirect address that is not loopback', async () => {
    const idp = await start();
    await expect(autoLogin(authorizationUrl(idp, { client_id: 'other' }), 'admin')).rejects.toThrow('HTTP 400');
    const evil = authorizationUrl(idp, { redirect_uri: 'https://grafana.example.com/login/generic_oauth' });
    await expect(autoLogin(evil, 'admin')).rejects.toMatchObject({
      because: expect.stringContaining('not registered'),
    });
  });

  it('knows only the registered redirect addresses where some are given', async () => {
    const idp = await start({ redirectUris: [REDIRECT] });
    await expect(codeFor(idp, 'admin')).resolves.not.toContain('no code');
    const other = authorizationUrl(idp, { redirect_uri: 'http://localhost:3000/login/other' });
    await expect(autoLogin(other, 'admin')).rejects.toThrow('HTTP 400');
  });

  it('takes each code once', async () => {
    const idp = await start();
    const code = await codeFor(idp, 'admin');
    const first = await exchange(idp, code);
    expect(first.status).toBe(200);
    const second = await exchange(idp, code);
    expect(second.status).toBe(400);
    expect(second.json.error).toBe('invalid_grant');
    const headers = { authorization: `Bearer ${first.json.access_token}` };
    expect((await ask(idp.endpoints.userinfo, { headers })).status).toBe(401);
  });

  it('checks the PKCE verifier', async () => {
    const idp = await start();
    const wrong = await exchange(idp, await codeFor(idp, 'admin'), 'header', idp.clientSecret, {
      code_verifier: 'x'.repeat(43),
    });
    expect(wrong.json.error).toBe('invalid_grant');
    const none = await exchange(idp, await codeFor(idp, 'admin'), 'header', idp.clientSecret, {});
    expect(none.json.error).toBe('invalid_grant');
  });

  it('keeps the code alive after a wrong secret', async () => {
    const idp = await start();
    const code = await codeFor(idp, 'admin');
    const wrong = await exchange(idp, code, 'header', 'wrong');
    expect(wrong.status).toBe(401);
    expect(wrong.json.error).toBe('invalid_client');
    expect((await exchange(idp, code, 'params')).status).toBe(200);
  });

  it('refuses scopes it does not know, and access without a token', async () => {
    const idp = await start();
    const end = new URL(await autoLogin(authorizationUrl(idp, { scope: 'openid user:email' }), 'admin'));
    expect(end.searchParams.get('error')).toBe('invalid_scope');
    expect((await ask(idp.endpoints.userinfo)).status).toBe(401);
    const headers = { authorization: 'Bearer nonsense' };
    expect((await ask(idp.endpoints.emails, { headers })).status).toBe(401);
  });

  it('answers only to loopback names', async () => {
    const idp = await start();
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(
        { host: '127.0.0.1', port: idp.port, path: '/', headers: { host: 'evil.example:80' } },
        (r) => {
          r.resume();
          resolve(r.statusCode);
        },
      );
      call.on('error', reject);
      call.end();
    });
    expect(status).toBe(421);
  });

  it('says who it is not', async () => {
    await expect(start({ as: 'keyclock' })).rejects.toMatchObject({ suggestions: ['keycloak'] });
    await expect(start({ as: 'nobody' })).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining('--list'),
    });
    await expect(start({ user: 'nobody' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(start({ misbehave: ['nothing'] })).rejects.toMatchObject({ exitCode: 2 });
    await expect(start({ misbehave: ['alg-none:userinfo'] })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('says that a port is taken, and frees its own', async () => {
    const idp = await start();
    await expect(start({ port: idp.port })).rejects.toMatchObject({
      exitCode: 3,
      hint: expect.stringContaining('--port'),
    });
    await idp.close();
    await expect(start({ port: idp.port })).resolves.toMatchObject({ port: idp.port });
  });
});
