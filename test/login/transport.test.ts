/** How requests travel: fixed addresses, proxies, client certificates; and a code that is spent by the first try. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, makeCertificate, startDemoIdp } from '../../src/demo-idp/index.js';
import { main } from '../../src/main.js';
import { nodeRequest } from '../../src/node-request.js';
import { browser, networkHost } from './flow-world.js';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function provider(as?: string): Promise<DemoIdp> {
  const idp = await startDemoIdp({ user: 'editor', ...(as === undefined ? {} : { as }) });
  open.push(idp);
  return idp;
}

/** Hands every request on to the provider; says which hosts it was asked for. */
async function front(idp: DemoIdp, tls?: ServerOptions): Promise<{ port: number; hosts: string[]; lines: string[] }> {
  const hosts: string[] = [];
  const lines: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    hosts.push(request.headers.host ?? '');
    lines.push(`${request.method} ${request.url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { pathname, search } = new URL(request.url ?? '/', idp.origin);
    const { authorization, 'content-type': type } = request.headers;
    const answer = await fetch(`${idp.origin}${pathname}${search}`, {
      method: request.method ?? 'GET',
      headers: { ...(authorization ? { authorization } : {}), ...(type ? { 'content-type': type } : {}) },
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void handle(request, response).catch(() => response.destroy());
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return { port: (server.address() as AddressInfo).port, hosts, lines };
}

/** The provider's configuration with token and UserInfo endpoint elsewhere. */
function movedTo(idp: DemoIdp, origin: string, more = ''): string {
  const ini = idp.configIni({ rootUrl: 'http://127.0.0.1:0/' });
  return `${ini.replace(/^(token_url|api_url) = http:\/\/[^/]+/gm, `$1 = ${origin}`)}${more}`;
}

interface World {
  readonly files?: Record<string, string>;
  readonly variables?: NodeJS.ProcessEnv;
}

async function login(ini: string, argv: readonly string[] = [], { files, variables = {} }: World = {}) {
  const host = networkHost({
    files: { 'grafana.ini': ini, ...files },
    openBrowser: browser,
    request: (request) => nodeRequest(request, variables, new AbortController().signal),
  });
  const status = await main(['test-login', '--config', 'grafana.ini', ...argv], host);
  return { status, out: host.out(), err: host.err() };
}

describe('--resolve', () => {
  it('connects to the address given and keeps the name', async () => {
    const idp = await provider();
    const { port, hosts } = await front(idp);
    const { status, out } = await login(movedTo(idp, `http://idp.invalid:${port}`), [
      '--resolve',
      'idp.invalid:127.0.0.1',
    ]);
    expect(status).toBe(0);
    expect(out).toContain('Editor');
    expect(new Set(hosts)).toEqual(new Set([`idp.invalid:${port}`]));
  });

  it('without it the name is not known, and the failure says what to try', async () => {
    const idp = await provider();
    const { status, out } = await login(movedTo(idp, 'http://idp.invalid'));
    expect(status).toBe(3);
    expect(out).toContain('login failed at step token');
    expect(out).toContain('--resolve HOST:ADDRESS');
    expect(out).toContain('token_url (grafana.ini:');
  });
});

describe('proxies', () => {
  it('goes through the one of the environment', async () => {
    const idp = await provider();
    const { port, lines } = await front(idp);
    const { status } = await login(movedTo(idp, 'http://idp.invalid'), [], {
      variables: { HTTP_PROXY: `http://127.0.0.1:${port}` },
    });
    expect(status).toBe(0);
    expect(lines).toEqual(['POST http://idp.invalid/token', 'GET http://idp.invalid/userinfo']);
  });

  it('goes round it for the hosts of NO_PROXY', async () => {
    const idp = await provider();
    const { port, lines } = await front(idp);
    const { status } = await login(movedTo(idp, 'http://idp.invalid'), [], {
      variables: { http_proxy: `127.0.0.1:${port}`, no_proxy: '.invalid' },
    });
    expect(status).toBe(3);
    expect(lines).toEqual([]);
  });

  it('does not ask an https address of a proxy that refuses the tunnel', async () => {
    const idp = await provider();
    const { port } = await front(idp);
    const { status, out } = await login(movedTo(idp, 'https://idp.invalid'), [], {
      variables: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
    });
    expect(status).toBe(3);
    expect(out).toContain('login failed at step token');
  });
});

describe('client certificates', () => {
  it('are shown to the server where tls_client_cert and tls_client_key are set', async () => {
    const idp = await provider();
    const { key, cert, ca, client } = makeCertificate();
    const { port } = await front(idp, { key, cert, ca, requestCert: true, rejectUnauthorized: true });
    const files = { 'ca.pem': ca, 'client.pem': client.cert, 'client.key': client.key };
    const trusting = movedTo(idp, `https://localhost:${port}`, 'tls_client_ca = ca.pem\n');
    const shown = await login(`${trusting}tls_client_cert = client.pem\ntls_client_key = client.key\n`, [], { files });
    expect(shown.status).toBe(0);
    const silent = await login(trusting, [], { files });
    expect(silent.status).toBe(3);
    expect(silent.out).toContain('login failed at step token');
  });
});

describe('a provider that spends the code at the first refusal', () => {
  it('the failure speaks of the first try, not of the second', async () => {
    const idp = await provider('adfs');
    const ini = idp
      .configIni({ rootUrl: 'http://127.0.0.1:0/' })
      .replace(/^auth_style = .*$/m, 'auth_style = AutoDetect')
      .replace(/^client_secret = .*$/m, 'client_secret = wrong');
    const { status, out } = await login(ini);
    expect(status).toBe(3);
    const end = out.slice(out.indexOf('login failed at step token'));
    expect(end).toMatch(/said +try 1: 401 .*MSIS9622.*; try 2: 400 .*MSIS9612/);
    expect(end).toMatch(/usually +AutoDetect tried the header first; the provider refused it and threw the code away/);
    expect(end).toMatch(/try +set auth_style/);
    expect(end).toMatch(/look at +auth_style \(grafana\.ini:\d+\)/);
  });

  it('one style only has no second try to mislead', async () => {
    const idp = await provider('adfs');
    const { status } = await login(idp.configIni({ rootUrl: 'http://127.0.0.1:0/' }));
    expect(status).toBe(0);
  });
});

describe('a signed UserInfo answer', () => {
  it('is recognised, and what Grafana makes of it is said', async () => {
    const idp = await startDemoIdp({ user: 'editor', misbehave: ['userinfo-jwt'] });
    open.push(idp);
    const { err } = await login(idp.configIni({ rootUrl: 'http://127.0.0.1:0/' }));
    expect(err).toMatch(/userinfo +GET .*\n.*a signed UserInfo answer \(application\/jwt\): Grafana reads JSON only/);
  });
});
