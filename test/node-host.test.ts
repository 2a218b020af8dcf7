/** The real host against real files and real servers on this machine. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../src/errors.js';
import type { HttpRequest } from '../src/host.js';
import { createNodeHost, type NodeHost } from '../src/node-host.js';
import { nodeRequest, proxyFor } from '../src/node-request.js';

let folder: string;
let host: NodeHost;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'auth-cli-'));
  const before = [...process.listeners('SIGINT'), ...process.listeners('SIGTERM')];
  host = createNodeHost();
  // The test runner keeps its own way of being interrupted.
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    for (const listener of process.listeners(name)) if (!before.includes(listener)) process.off(name, listener);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('files', () => {
  it('are read, or the reason is a code', async () => {
    writeFileSync(join(folder, 'a.txt'), 'text');
    expect(new TextDecoder().decode(await host.readFile(join(folder, 'a.txt')))).toBe('text');
    await expect(host.readFile(join(folder, 'nope'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(host.readFile(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('come in pieces', async () => {
    writeFileSync(join(folder, 'big.txt'), 'x'.repeat(600_000));
    let size = 0;
    let pieces = 0;
    for await (const piece of host.readChunks(join(folder, 'big.txt'))) {
      size += piece.length;
      pieces++;
    }
    expect(size).toBe(600_000);
    expect(pieces).toBeGreaterThan(1);
  });

  it('are told from folders, through links too', async () => {
    const inside = join(folder, 'inside');
    mkdirSync(join(inside, 'sub'), { recursive: true });
    writeFileSync(join(inside, 'file'), '');
    symlinkSync(join(inside, 'sub'), join(inside, 'link'));
    symlinkSync(join(inside, 'gone'), join(inside, 'broken'));
    const entries = [...(await host.readDir(inside))].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(entries).toEqual([
      { name: 'broken', kind: 'other' },
      { name: 'file', kind: 'file' },
      { name: 'link', kind: 'directory' },
      { name: 'sub', kind: 'directory' },
    ]);
    expect(await host.stat(join(inside, 'nope'))).toBeUndefined();
    expect(await host.stat(join(inside, 'file', 'below'))).toBeUndefined();
    expect(await host.stat(join(inside, 'link'))).toMatchObject({ kind: 'directory' });
  });

  it('appear whole, with their old permissions or those asked for', async () => {
    const path = join(folder, 'out', 'new.txt');
    await host.writeFile(path, 'one');
    expect(readFileSync(path, 'utf8')).toBe('one');
    chmodSync(path, 0o640);
    await host.writeFile(path, 'two');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two', 0o640]);
    await host.writeFile(path, 'three', { mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(host.writeFile(folder, 'no')).rejects.toMatchObject({ code: 'EISDIR' });

    const sink = await host.createFile(path);
    await sink.write('four');
    expect(readFileSync(path, 'utf8')).toBe('three');
    await sink.discard();
    expect(readdirSync(join(folder, 'out'))).toEqual(['new.txt']);
    const other = await host.createFile(path);
    await other.write('fo');
    await other.write('ur');
    await other.commit();
    await other.discard();
    expect(readFileSync(path, 'utf8')).toBe('four');
  });

  it('keep every bit of their permissions, also those the umask takes from new files', async () => {
    const path = join(folder, 'shared.ini');
    writeFileSync(path, 'one');
    chmodSync(path, 0o666);
    await host.writeFile(path, 'two');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two', 0o666]);
  });

  it('change behind a link, which stays a link', async () => {
    const target = join(folder, 'linked', 'target.ini');
    mkdirSync(join(folder, 'linked'));
    writeFileSync(target, 'one');
    const link = join(folder, 'link.ini');
    symlinkSync(join('linked', 'target.ini'), link);
    await host.writeFile(link, 'two');
    expect(readFileSync(target, 'utf8')).toBe('two');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(folder, 'linked'))).toEqual(['target.ini']);
  });

  it.skipIf(process.getuid?.() === 0)('that may not be written are not replaced', async () => {
    const path = join(folder, 'read-only.ini');
    writeFileSync(path, 'one');
    chmodSync(path, 0o444);
    await expect(host.writeFile(path, 'two')).rejects.toMatchObject({ code: 'EACCES' });
    expect(readFileSync(path, 'utf8')).toBe('one');
  });

  it('that are devices are written to, not replaced', async () => {
    await host.writeFile('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

it('sleeps no longer than it is told to', async () => {
  const controller = new AbortController();
  const slept = host.sleep(60_000, controller.signal);
  controller.abort();
  await slept;
  await host.sleep(60_000, controller.signal);
  await host.sleep(1);
});

describe('requests', () => {
  const seen: { method: string; url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  let server: http.Server;
  let origin: string;
  const signal = new AbortController().signal;
  const base: HttpRequest = { method: 'GET', url: '', headers: {}, timeout: 5000, maxBytes: 1000 };
  const send = (path: string, more: Partial<HttpRequest> = {}, env: NodeJS.ProcessEnv = {}) =>
    nodeRequest({ ...base, url: origin + path, ...more }, env, signal);

  beforeAll(async () => {
    server = http.createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      if (request.url === '/slow') return;
      if (request.url === '/redirect')
        response.writeHead(302, { location: '/elsewhere', 'set-cookie': ['a=1', 'b=2'] });
      response.end(request.url === '/long' ? 'x'.repeat(5000) : 'answer');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('carry method, headers and body, and bring status, headers and body', async () => {
    const answer = await send('/a?b=c', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'grüße' });
    expect(answer).toMatchObject({ status: 200, truncated: false });
    expect(new TextDecoder().decode(answer.body)).toBe('answer');
    expect(answer.elapsed).toBeGreaterThan(0);
    expect(seen.at(-1)).toMatchObject({
      method: 'POST',
      url: '/a?b=c',
      body: 'grüße',
      headers: { 'content-type': 'text/plain', 'content-length': '7' },
    });
  });

  it('follow no redirect', async () => {
    expect(await send('/redirect')).toMatchObject({
      status: 302,
      headers: { location: '/elsewhere', 'set-cookie': 'a=1, b=2' },
    });
  });

  it('stop reading where the answer is too long', async () => {
    const answer = await send('/long');
    expect([answer.body.length, answer.truncated]).toEqual([1000, true]);
  });

  it('end when their time is over', async () => {
    await expect(send('/slow', { timeout: 50 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('end with the run', async () => {
    const controller = new AbortController();
    const running = nodeRequest({ ...base, url: `${origin}/slow` }, {}, controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(running).rejects.toBeInstanceOf(InterruptedError);
  });

  it('fail with the code of what went wrong', async () => {
    const free = net.createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    await expect(send('', { url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(send('', { url: 'ftp://127.0.0.1/' })).rejects.toMatchObject({ code: 'ERR_INVALID_PROTOCOL' });
  });

  it('go to a given address instead of asking for one', async () => {
    const port = new URL(origin).port;
    const answer = await send('', { url: `http://id.acme.test:${port}/resolved`, resolve: ['id.acme.test:127.0.0.1'] });
    expect(answer.status).toBe(200);
    expect(seen.at(-1)).toMatchObject({ url: '/resolved', headers: { host: `id.acme.test:${port}` } });
  });

  it('go through a proxy', async () => {
    const proxy = `http://user:p%40ss@${new URL(origin).host}`;
    const answer = await send('', { url: 'http://id.acme.test/x' }, { http_proxy: proxy });
    expect(answer.status).toBe(200);
    expect(seen.at(-1)).toMatchObject({
      url: 'http://id.acme.test/x',
      headers: { host: 'id.acme.test', 'proxy-authorization': `Basic ${Buffer.from('user:p@ss').toString('base64')}` },
    });
  });

  it('go through a tunnel where they are encrypted', async () => {
    const asked: string[] = [];
    const tunnel = http.createServer();
    tunnel.on('connect', (request, socket) => {
      asked.push(request.url!);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => tunnel.listen(0, '127.0.0.1', resolve));
    const { port } = tunnel.address() as AddressInfo;
    await expect(
      send('', { url: 'https://id.acme.test/x' }, { HTTPS_PROXY: `127.0.0.1:${port}` }),
    ).rejects.toMatchObject({ code: 'ERR_PROXY_TUNNEL', message: expect.stringContaining('answered 403') });
    expect(asked).toEqual(['id.acme.test:443']);
    tunnel.close();
  });
});

describe('the proxy of an address', () => {
  const env = {
    HTTPS_PROXY: 'http://proxy:3128',
    HTTP_PROXY: 'other:8080',
    NO_PROXY: '.corp.test, id.test:8443,10.0.0.0/8, exact.test',
  };
  it.each([
    ['https://a.test/', 'http://proxy:3128/'],
    ['http://a.test/', 'http://other:8080/'],
    ['https://localhost/', undefined],
    ['https://127.0.0.2/', undefined],
    ['https://[::1]/', undefined],
    ['https://x.corp.test/', undefined],
    ['https://corp.test/', 'http://proxy:3128/'],
    ['https://id.test:8443/', undefined],
    ['https://id.test/', 'http://proxy:3128/'],
    ['https://10.1.2.3/', undefined],
    ['https://11.1.2.3/', 'http://proxy:3128/'],
    ['https://exact.test/', undefined],
    ['https://sub.exact.test/', undefined],
    ['https://notexact.test/', 'http://proxy:3128/'],
  ])('%s: %s', (url, expected) => {
    expect(proxyFor(new URL(url), env)?.href).toBe(expected);
  });

  it('is none with NO_PROXY=* and without variables', () => {
    expect(proxyFor(new URL('https://a.test/'), { ...env, NO_PROXY: '*' })).toBeUndefined();
    expect(proxyFor(new URL('https://a.test/'), {})).toBeUndefined();
  });
});
