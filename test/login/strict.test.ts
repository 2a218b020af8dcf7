import type { ServerMetadata } from 'openid-client';
import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, startDemoIdp } from '../../src/demo-idp/index.js';
import { tryRefresh } from '../../src/login/refresh.js';
import { strictView } from '../../src/login/strict.js';
import { clientOf, runFlow } from './flow-world.js';

let idp: DemoIdp;
afterEach(() => idp?.close());

async function view(misbehave: string[], nonce = true) {
  idp = await startDemoIdp({ misbehave });
  const outcome = await runFlow(idp, clientOf(idp), { nonce });
  const metadata = (await (await fetch(`${idp.issuer}/.well-known/openid-configuration`)).json()) as ServerMetadata;
  const { client, request, callback, result } = outcome.tokens!;
  return strictView({ client, metadata, callback, request, answer: result.raw!, recorder: outcome.recorder });
}

describe('a strict client', () => {
  it('accepts a conforming provider', async () => {
    expect(await view([])).toEqual({ accepted: true });
  });

  it.each([
    ['alg-none', /alg/i],
    ['hs256-public-key', /alg/i],
    ['wrong-key', /signature/i],
    ['unknown-kid', /key/i],
    ['wrong-issuer', /iss/],
    ['wrong-audience', /aud/],
    ['expired', /exp/],
    ['wrong-nonce', /nonce/],
    ['wrong-at-hash', /at_hash/],
    ['no-id-token', /id_token/],
    ['garbage-id-token', /JWT/i],
    ['wrong-iss-parameter', /iss/],
    ['form-token', /content-type/],
  ])('refuses %s, which Grafana accepts', async (fault, because) => {
    const strict = await view([fault]);
    expect(strict.accepted).toBe(false);
    expect(`${strict.because} ${strict.code}`).toMatch(because);
  });
});

describe('refreshing', () => {
  it('works with offline_access', async () => {
    idp = await startDemoIdp();
    const client = clientOf(idp, { scopes: ['openid', 'email', 'offline_access'] });
    const outcome = await runFlow(idp, client);
    const { checks } = await tryRefresh(outcome.tokens!.client, outcome.tokens!.result.token, outcome.recorder);
    expect(checks.filter((check) => check.ok === true).map((check) => check.name)).toEqual([
      'refresh token issued',
      'refreshing works',
      'ID token after refresh',
      'claims survive the refresh',
    ]);
  });

  it('says why there is none', async () => {
    idp = await startDemoIdp({ misbehave: ['no-refresh-token'] });
    const client = clientOf(idp, { scopes: ['openid', 'offline_access'] });
    const outcome = await runFlow(idp, client);
    const { checks } = await tryRefresh(client, outcome.tokens!.result.token, outcome.recorder);
    expect(checks).toEqual([expect.objectContaining({ name: 'refresh token issued', ok: false })]);
  });

  it('reports a refused refresh token', async () => {
    idp = await startDemoIdp();
    const outcome = await runFlow(idp, clientOf(idp));
    const { checks } = await tryRefresh(outcome.tokens!.client, { refresh_token: 'no-such-token' }, outcome.recorder);
    expect(checks).toContainEqual({ name: 'refreshing works', ok: false, actual: 'invalid_grant' });
  });
});
