import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { type CallbackServer, startCallbackServer } from '../../src/login/callback-server.js';

let server: CallbackServer;
afterEach(() => server?.close());

const start = async (port = 0) => {
  server = await startCallbackServer({ hostname: '127.0.0.1', port, path: '/login/generic_oauth' });
  return server;
};

function get(
  path: string,
  options: { method?: string; host?: string } = {},
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: options.method ?? 'GET',
        headers: { host: options.host ?? `127.0.0.1:${server.port}` },
      },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }));
      },
    );
    call.on('error', reject);
    call.end();
  });
}

describe('the loopback listener', () => {
  it('answers one path, one method, once', async () => {
    await start();
    expect((await get('/favicon.ico')).status).toBe(404);
    expect((await get('/login/generic_oauth/x')).status).toBe(404);
    expect((await get('//')).status).toBe(404);
    expect((await get('/login/generic_oauth', { method: 'POST' })).status).toBe(405);
    const arrival = server.wait(1000, new AbortController().signal);
    const answer = get('/login/generic_oauth?code=1&state=2');
    const callback = await arrival;
    expect(callback.url.searchParams.get('code')).toBe('1');
    const second = await get('/login/generic_oauth?code=1&state=2');
    expect(second.status).toBe(410);
    callback.respond(200, '<p>done</p>');
    callback.respond(500, 'again');
    const first = await answer;
    expect(first).toMatchObject({ status: 200, body: '<p>done</p>' });
    expect(first.headers['content-security-policy']).toContain("default-src 'none'");
    expect(first.headers['cache-control']).toBe('no-store');
  });

  it.each(['evil.example', 'evil.example:80', 'localhost'])('refuses the Host %j', async (host) => {
    await start();
    expect((await get('/login/generic_oauth?code=1&state=2', { host })).status).toBe(421);
  });

  it('explains a busy port', async () => {
    await start();
    await expect(startCallbackServer({ hostname: '127.0.0.1', port: server.port, path: '/' })).rejects.toThrow(
      UsageError,
    );
  });

  it('listens on both loopback addresses for localhost and frees them', async () => {
    server = await startCallbackServer({ hostname: 'localhost', port: 0, path: '/' });
    const { port } = server;
    await server.close();
    server = await startCallbackServer({ hostname: 'localhost', port, path: '/' });
    expect(server.port).toBe(port);
  });
});
