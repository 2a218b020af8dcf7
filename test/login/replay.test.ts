/** A login saved without tokens says the same of the person as the login itself, to the byte, whoever the provider is. */
import { describe, expect, it } from 'vitest';
import { type DemoIdpOptions, presetNames, startDemoIdp } from '../../src/demo-idp/index.js';
import { main } from '../../src/main.js';
import { browser, networkHost } from './flow-world.js';

async function replays(options: DemoIdpOptions): Promise<void> {
  const idp = await startDemoIdp(options);
  try {
    const files = { 'grafana.ini': idp.configIni({ rootUrl: 'http://127.0.0.1:0/' }) };
    const login = networkHost({ files, openBrowser: browser });
    await main(['test-login', '--config', 'grafana.ini', '--format', 'json', '--save', 's.json'], login);
    const live = JSON.parse(login.out());
    expect(live.failure).toBeNull();
    const session = login.written.get('s.json')!;
    const replay = networkHost({ files: { ...files, 's.json': session } });
    const status = await main(['eval-role', 's.json', '--config', 'grafana.ini', '--format', 'json'], replay);
    expect(replay.out()).toBe(`${JSON.stringify(live.resolution, undefined, 2)}\n`);
    expect(status).toBe(live.resolution.outcome === 'allowed' ? 0 : 1);
  } finally {
    await idp.close();
  }
}

it.each(presetNames())('at a provider like %s', (as) => replays({ as, user: 'editor' }));

it.each(['admin', 'no-groups', 'no-email', 'server-admin'])('as %s', (user) => replays({ user }));

describe('where the provider goes wrong, and Grafana goes on', () => {
  it.each([
    'alg-none',
    'garbage-id-token',
    'encrypted-id-token',
    'no-id-token',
    'numeric-sub',
    'expired',
    'userinfo-jwt',
    'userinfo-403',
    'userinfo-other-sub',
    'html-ok',
    'html-error',
    'oversized',
    'hang-up',
    'redirect-loop',
  ])('%s', (fault) => replays({ user: 'editor', misbehave: [fault] }));
});
