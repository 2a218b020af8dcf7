import { request } from 'node:https';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { autoLogin, type DemoIdp, FAULTS, makeCertificate, startDemoIdp } from '../../src/demo-idp/index.js';
import { ask, authorizationUrl, codeFor, exchange, login } from './flow.js';

const running: DemoIdp[] = [];

async function faulty(...misbehave: string[]): Promise<DemoIdp> {
  const idp = await startDemoIdp({ misbehave, delay: 300 });
  running.push(idp);
  return idp;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((idp) => idp.close()));
});

async function idToken(fault: string): Promise<{ idp: DemoIdp; token: string; verified: () => Promise<unknown> }> {
  const idp = await faulty(fault);
  const { token } = await login(idp, 'admin');
  const keys = createLocalJWKSet((await ask(idp.endpoints.jwks!)).json);
  return {
    idp,
    token: token.json.id_token,
    verified: () =>
      jwtVerify(token.json.id_token, keys, { issuer: idp.issuer, audience: idp.clientId, algorithms: ['RS256'] }),
  };
}

describe('ID tokens a careful client refuses', () => {
  it.each([
    ['alg-none', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['hs256-public-key', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['wrong-key', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['unknown-kid', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['wrong-issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['wrong-audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['expired', 'ERR_JWT_EXPIRED'],
    ['not-yet-valid', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['encrypted-id-token', 'ERR_JWS_INVALID'],
    ['garbage-id-token', 'ERR_JWS_INVALID'],
  ])('%s', async (fault, code) => {
    const { verified } = await idToken(fault);
    await expect(verified()).rejects.toMatchObject({ code });
  });

  it('differ from an honest one in nothing else', async () => {
    const idp = await faulty();
    const { token } = await login(idp, 'admin');
    const keys = createLocalJWKSet((await ask(idp.endpoints.jwks!)).json);
    await expect(jwtVerify(token.json.id_token, keys, { issuer: idp.issuer })).resolves.toBeDefined();
  });

  it('carry a wrong nonce, a wrong at_hash, a numeric sub', async () => {
    expect(decodeJwt((await idToken('wrong-nonce')).token)['nonce']).toBe('nobody-sent-this');
    const honest = await idToken('slow:jwks');
    const wrong = await idToken('wrong-at-hash');
    expect(decodeJwt(wrong.token)['at_hash']).not.toBe(decodeJwt(honest.token)['at_hash']);
    const numeric = await faulty('numeric-sub');
    const { token, userinfo } = await login(numeric, 'admin');
    expect([decodeJwt(token.json.id_token).sub, userinfo.json.sub]).toEqual([4711, 4711]);
    expect(decodeProtectedHeader((await idToken('encrypted-id-token')).token)).toMatchObject({ enc: 'A256GCM' });
  });
});

describe('token answers', () => {
  it.each([
    ['html-token', 200, 'text/html', undefined],
    ['form-token', 200, 'application/x-www-form-urlencoded', undefined],
    ['text-token', 200, 'text/plain', expect.objectContaining({ token_type: 'Bearer' })],
    ['no-access-token', 200, 'application/json', expect.not.objectContaining({ access_token: expect.anything() })],
    ['no-id-token', 200, 'application/json', expect.not.objectContaining({ id_token: expect.anything() })],
    ['no-refresh-token', 200, 'application/json', expect.not.objectContaining({ refresh_token: expect.anything() })],
  ])('%s', async (fault, status, type, body) => {
    const idp = await faulty(fault);
    const answer = await exchange(idp, await codeFor(idp, 'admin'));
    expect(answer.status).toBe(status);
    expect(answer.type).toContain(type);
    expect(answer.json).toEqual(body);
  });

  it('error-200 and burnt-code', async () => {
    const idp = await faulty('error-200', 'burnt-code');
    const code = await codeFor(idp, 'admin');
    const wrong = await exchange(idp, code, 'header', 'wrong');
    expect([wrong.status, wrong.json.error]).toEqual([200, 'invalid_client']);
    expect((await exchange(idp, code)).json.error).toBe('invalid_grant');
  });
});

describe('UserInfo', () => {
  it('as a JWT, of somebody else, refused', async () => {
    const jwt = await login(await faulty('userinfo-jwt'), 'admin');
    expect(jwt.userinfo.type).toContain('application/jwt');
    expect(decodeJwt(jwt.userinfo.text)).toMatchObject({ email: 'ada@example.com' });
    const other = await login(await faulty('userinfo-other-sub'), 'admin');
    expect(other.userinfo.json.sub).toBe('somebody-else');
    const refused = await login(await faulty('userinfo-403'), 'admin');
    expect([refused.userinfo.status, refused.userinfo.json.error]).toEqual([403, 'insufficient_scope']);
  });
});

describe('the way back', () => {
  it('wrong state, wrong iss, access denied, nonce required', async () => {
    const end = async (fault: string, extra?: Record<string, string>) => {
      const idp = await faulty(fault);
      return new URL(await autoLogin(authorizationUrl(idp, extra), 'admin')).searchParams;
    };
    expect((await end('wrong-state')).get('state')).not.toBe('st4te-st4te');
    expect((await end('wrong-iss-parameter')).get('iss')).toBe('https://somebody-else.example.com');
    expect((await end('access-denied')).get('error')).toBe('access_denied');
    expect((await end('nonce-required')).get('error_description')).toBe('nonce is required');
    expect((await end('nonce-required', { nonce: 'n' })).has('code')).toBe(true);
  });
});

describe('transport', () => {
  it('slow answers come late, hanging ones never', async () => {
    const idp = await faulty('slow:discovery', 'hang:jwks', 'hang-up:emails');
    const start = performance.now();
    expect((await ask(idp.endpoints.discovery!)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(290);
    await expect(ask(idp.endpoints.jwks!, { signal: AbortSignal.timeout(150) })).rejects.toThrow();
    await expect(ask(idp.endpoints.emails)).rejects.toThrow();
  });

  it('too much, round in circles, HTML', async () => {
    const idp = await faulty('oversized:userinfo', 'redirect-loop:teams', 'html-error:token', 'html-ok:orgs');
    expect((await ask(idp.endpoints.userinfo)).text.length).toBeGreaterThan(5_000_000);
    const loop = await ask(idp.endpoints.teams);
    expect(new URL(loop.headers.get('location')!, idp.origin).href).toBe(idp.endpoints.teams);
    const error = await ask(idp.endpoints.token, { method: 'POST' });
    expect([error.status, error.type]).toEqual([502, 'text/html; charset=utf-8']);
    const page = await ask(idp.endpoints.orgs);
    expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('a sign-in that goes round in circles is given up', async () => {
    const idp = await faulty('redirect-loop:authorize');
    await expect(autoLogin(authorizationUrl(idp), 'admin')).rejects.toThrow('does not come to an end');
  });

  it('discovery that is missing or speaks for others', async () => {
    expect((await ask((await faulty('no-discovery')).endpoints.discovery!)).status).toBe(404);
    const other = await faulty('discovery-other-issuer');
    expect((await ask(other.endpoints.discovery!)).json.issuer).toBe('https://somebody-else.example.com');
    const slash = await faulty('discovery-slash');
    expect((await ask(slash.endpoints.discovery!)).json.issuer).toBe(`${slash.issuer}/`);
  });

  it('TLS with a CA of its own', async () => {
    const idp = await faulty('tls');
    const get = (ca?: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request(idp.endpoints.discovery!, { ca, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        call.on('error', reject);
        call.end();
      });
    expect(idp.issuer).toMatch(/^https:/);
    await expect(get(idp.ca)).resolves.toBe(200);
    await expect(get()).rejects.toThrow();
    await expect(get(makeCertificate().ca)).rejects.toThrow();
    await expect(codeFor(idp, 'admin', {}, { ca: idp.ca })).resolves.not.toContain('no code');
  });
});

it('every fault has a summary and a place', () => {
  for (const fault of Object.values(FAULTS)) expect(fault.summary.length).toBeGreaterThan(10);
});
