import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, startDemoIdp } from '../../src/demo-idp/index.js';
import { InterruptedError } from '../../src/errors.js';
import { discover, discoveryUrls, fetchJson, issuerOf, type Send } from '../../src/login/discovery.js';
import { nodeRequest } from '../../src/node-request.js';

const send: Send = (request) => nodeRequest(request, {}, new AbortController().signal);
const running: DemoIdp[] = [];
const servers: Server[] = [];

async function idp(...misbehave: string[]): Promise<DemoIdp> {
  const started = await startDemoIdp({ misbehave, delay: 2000 });
  running.push(started);
  return started;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
  for (const server of servers.splice(0)) server.close();
});

describe('addresses', () => {
  it('finds the issuer in what people type', () => {
    expect(issuerOf('https://a.example/realms/x')).toBe('https://a.example/realms/x');
    expect(issuerOf('https://a.example/realms/x/.well-known/openid-configuration')).toBe('https://a.example/realms/x');
    expect(issuerOf('https://a.example/.well-known/oauth-authorization-server/x')).toBe('https://a.example/x');
    expect(issuerOf('a.example')).toBeUndefined();
    expect(issuerOf('file:///etc/passwd')).toBeUndefined();
  });

  it('builds the places of the documents', () => {
    expect(discoveryUrls('https://a.example/x/')).toEqual({
      openid: 'https://a.example/x/.well-known/openid-configuration',
      oauth: [
        'https://a.example/.well-known/oauth-authorization-server/x',
        'https://a.example/x/.well-known/oauth-authorization-server',
      ],
    });
    expect(discoveryUrls('https://a.example').oauth).toEqual([
      'https://a.example/.well-known/oauth-authorization-server',
    ]);
  });
});

describe('reading', () => {
  it('finds the OpenID document', async () => {
    const { issuer } = await idp();
    const found = await discover(issuer, send);
    expect(found).toMatchObject({ source: 'openid', document: { issuer } });
    expect(found.attempts).toHaveLength(1);
    expect(found.attempts[0]).toMatchObject({ status: 200, redirects: [], date: expect.any(Number) });
  });

  it('finds the OAuth document where there is no other', async () => {
    const started = await startDemoIdp({ as: 'openshift' });
    running.push(started);
    const found = await discover(started.issuer, send);
    expect(found.source).toBe('oauth');
    expect(found.attempts.map((attempt) => attempt.status)).toEqual([404, 200]);
  });

  it('takes a missing document for a fact, not for a failure', async () => {
    const { issuer } = await idp('no-discovery');
    const found = await discover(issuer, send);
    expect(found.document).toBeUndefined();
    expect(found.failed).toBeUndefined();
    expect(found.attempts.every((attempt) => attempt.problem?.kind === 'missing')).toBe(true);
  });

  it.each([
    ['html-ok:discovery', 'not-json', 'text/html'],
    ['html-error:discovery', 'status', 'HTTP 502'],
    ['oversized:discovery', 'too-large', 'longer than'],
    ['redirect-loop:discovery', 'redirects', 'more than 5'],
    ['hang-up:discovery', 'unreachable', 'closed without an answer'],
  ])('says what is wrong: %s', async (fault, kind, text) => {
    const { issuer } = await idp(fault);
    const found = await discover(issuer, send);
    expect(found.failed).toMatchObject({ kind, message: expect.stringContaining(text) });
    expect(found.attempts).toHaveLength(1);
  });

  it('gives up in time', async () => {
    const { issuer } = await idp('slow:discovery');
    const found = await discover(issuer, send, { timeout: 100 });
    expect(found.failed).toMatchObject({ kind: 'unreachable', code: 'ETIMEDOUT' });
  });

  it('names the trouble with a certificate, and trusts the CA it is given', async () => {
    const { issuer, ca } = await idp('tls');
    expect((await discover(issuer, send)).failed?.message).toContain('CA');
    expect(await discover(issuer, send, { tls: { ca } })).toMatchObject({ source: 'openid' });
  });

  it('says that nothing listens', async () => {
    const { issuer, close } = await idp();
    await close();
    expect((await discover(issuer, send)).failed).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('follows redirects and remembers them, but not off http', async () => {
    const origin = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else response.end('{"ok":true}');
    });
    expect(await fetchJson(`${origin}/a`, send)).toMatchObject({ document: { ok: true }, redirects: [`${origin}/b`] });
    expect((await fetchJson(`${origin}/file`, send)).problem).toMatchObject({ kind: 'redirects' });
  });

  it('does not fall from https to http', async () => {
    const moved: Send = async () => ({
      status: 302,
      headers: { location: 'http://a.example/' },
      body: new Uint8Array(),
      truncated: false,
      elapsed: 1,
    });
    expect((await fetchJson('https://a.example/', moved)).problem?.message).toContain('from https to http://a.example');
  });

  it('takes only objects', async () => {
    const origin = await serve((_request, response) => response.end('[]'));
    expect((await fetchJson(origin, send)).problem?.kind).toBe('not-json');
  });

  it('stops when the person stops', async () => {
    const stopped: Send = async () => {
      throw new InterruptedError();
    };
    await expect(discover('https://a.example', stopped)).rejects.toBeInstanceOf(InterruptedError);
  });
});
