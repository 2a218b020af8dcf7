import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type DemoIdp, startDemoIdp } from '../../src/demo-idp/index.js';
import { main } from '../../src/main.js';
import { nodeRequest } from '../../src/node-request.js';
import { login } from '../demo-idp/flow.js';
import { createFakeHost, ROOT, type World } from '../helpers/fake-host.js';

const read = (name: string) => readFileSync(`${ROOT}fixtures/tokens/${name}`, 'utf8').trim();
const ID_TOKEN = read('id-token.jwt');
const running: DemoIdp[] = [];

async function idp(...misbehave: string[]): Promise<DemoIdp> {
  const started = await startDemoIdp({ misbehave });
  running.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function run(argv: readonly string[], world: World = {}) {
  const host = createFakeHost({
    env: { TZ: 'Europe/Stockholm' },
    request: (request) => nodeRequest(request, {}, new AbortController().signal),
    ...world,
  });
  const status = await main(['token', ...argv], host);
  const signatures = [ID_TOKEN, world.stdin?.toString() ?? ''].map((token) => token.trim().split('.')[2] ?? '');
  for (const signature of signatures) {
    if (signature.length > 20) expect(host.out() + host.err()).not.toContain(signature);
  }
  return { status, out: host.out(), err: host.err(), json: () => JSON.parse(host.out()) };
}

describe('token decode', () => {
  it('takes a token as argument, file or standard input', async () => {
    for (const [argv, stdin] of [
      [['decode', ID_TOKEN], undefined],
      [['decode', 'fixtures/tokens/id-token.jwt'], undefined],
      [['decode', '-'], `Bearer ${ID_TOKEN}\n`],
      [['decode'], ID_TOKEN],
    ] as const) {
      const { status, json } = await run([...argv, '--json'], stdin === undefined ? {} : { stdin });
      expect(status).toBe(0);
      expect(json()).toMatchObject({
        verified: false,
        tokens: [{ name: 'token', kind: 'jws', claims: { email: 'ada@example.com' }, header: { kid: 'fixture-1' } }],
      });
    }
  });

  it('shows nested claims, local times with their age, and what Grafana reads', async () => {
    const { out } = await run(['decode', 'fixtures/tokens/id-token.jwt', '--grafana-version', '9.4']);
    expect(out).toContain('not verified');
    expect(out).toMatch(/ {2}realm_access\n {4}roles +\["offline_access","grafana-admin"\]/);
    expect(out).toMatch(/iat +1735689600 {2}2025-01-01 01:00:00 \+01:00 {2}14 d 12 h ago/);
    expect(out).toContain('Grafana 9.4 reads');
    expect(out).not.toMatch(/sub +id$/m);
    const newest = await run(['decode', 'fixtures/tokens/id-token.jwt']);
    expect(newest.out).toMatch(/sub +id$/m);
  });

  it('looks for what the configuration names', async () => {
    const files = {
      'grafana.ini':
        "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(roles[*], 'x') && 'Admin'\ngroups_attribute_path = realm_access.roles\n",
    };
    const { json } = await run(['decode', ID_TOKEN, '--config', 'grafana.ini', '--json'], { files });
    expect(json().tokens[0].reads).toEqual(
      expect.arrayContaining([
        { claim: 'roles', use: 'role_attribute_path', present: false },
        { claim: 'realm_access.roles', use: 'groups_attribute_path', present: true },
      ]),
    );
  });

  it('says where a wrong type makes Grafana drop the token', async () => {
    const token = `${ID_TOKEN.split('.')[0]}.${Buffer.from('{"sub":4711,"attributes":{"a":"b"}}').toString('base64url')}.c2ln`;
    const { out } = await run(['decode', token]);
    expect(out).toContain('Grafana expects a text in sub');
    expect(out).toContain('an object of lists of texts in attributes');
    const old = await run(['decode', token, '--grafana-version', '9.4']);
    expect(old.out).not.toContain('a text in sub');
  });

  it('finds every token of a token answer', async () => {
    const stdin = JSON.stringify({ id_token: ID_TOKEN, access_token: ID_TOKEN, refresh_token: 'opaque' });
    const { json } = await run(['decode', '-', '--json', '--grafana-version', '11.0'], { stdin });
    expect(json().tokens.map((token: { name: string }) => token.name)).toEqual(['id_token', 'access_token']);
    expect(json().tokens[1].reads).toEqual([]);
  });

  it('shows the header of an encrypted token', async () => {
    const jwe = `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..aXY.Y2k.dGE`;
    const { status, out } = await run(['decode', jwe]);
    expect(status).toBe(0);
    expect(out).toContain('only its header can be read');
    expect(out).toContain('A256GCM');
  });

  it('keeps the terminal safe from what tokens say', async () => {
    const claims = { name: '\u001b[2J\u001b]0;owned\u0007\u202eevil', '\u001b[31mkey': 1 };
    const token = `${ID_TOKEN.split('.')[0]}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
    const { out } = await run(['decode', token]);
    expect(out).not.toMatch(/[\x00-\x08\x0b-\x1f\u202e]/);
  });

  it('says why it cannot', async () => {
    const cases: [string[], World, string][] = [
      [['decode', 'missing.jwt'], {}, 'no such file'],
      [['decode', '-'], { stdin: '' }, 'is empty'],
      [['decode', '-'], { stdin: 'opaque-token' }, 'this is no JWT'],
      [['decode', '-'], { stdin: '{"a":1}' }, 'JSON without a token'],
      [['decode', '-'], { stdin: '{"id_token": s3cr3t' }, 'neither a token nor valid JSON'],
      [['decode', '-'], { stdin: 'x'.repeat(1 << 21) }, 'too long for a token'],
    ];
    for (const [argv, world, text] of cases) {
      const { status, out, err } = await run(argv, world);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(text);
      expect(err).not.toContain('s3cr3t');
    }
  });
});

describe('token verify', () => {
  const good = ['verify', 'fixtures/tokens/id-token.jwt', '--jwks', 'fixtures/tokens/jwks.json'];

  it('passes and fails with the exit code', async () => {
    const passed = await run([
      ...good,
      '--audience',
      'grafana',
      '--issuer',
      'https://id.example.com/realms/main',
      '--id-token',
    ]);
    expect(passed.status).toBe(0);
    expect(passed.out).toContain('valid: 10 checks passed');
    const failed = await run([...good, '--audience', 'other', '--json']);
    expect(failed.status).toBe(1);
    expect(failed.json()).toMatchObject({ valid: false });
    expect(failed.json().checks).toContainEqual(
      expect.objectContaining({ name: 'audience', ok: false, expected: 'other', actual: 'grafana' }),
    );
  });

  it('verifies tokens of a real provider by discovery', async () => {
    const provider = await idp();
    const { token } = await login(provider, 'editor');
    const argv = ['verify', '-', '--issuer', provider.issuer, '--audience', 'grafana'];
    const now = Date.now();
    expect((await run(argv, { stdin: JSON.stringify(token.json), now })).status).toBe(0);
    expect((await run(argv, { stdin: JSON.stringify(token.json), now: now + 3_700_000 })).status).toBe(1);
    const jwks = ['verify', '-', '--jwks', provider.endpoints.jwks!, '--nonce', 'x'];
    const other = await run(jwks, { stdin: token.json.id_token, now });
    expect(other.status).toBe(1);
    expect(other.out).toContain('nonce');
  });

  it.each(['alg-none', 'hs256-public-key', 'wrong-key', 'unknown-kid', 'wrong-issuer', 'wrong-audience', 'expired'])(
    'refuses %s',
    async (fault) => {
      const provider = await idp(fault);
      const { token } = await login(provider, 'admin');
      const argv = ['verify', '-', '--issuer', provider.issuer, '--audience', 'grafana', '--id-token'];
      const { status, out } = await run(argv, { stdin: token.json.id_token, now: Date.now() });
      expect(status).toBe(1);
      expect(out).toContain('not valid');
    },
  );

  it.each([
    ['no-discovery', 'there is no such document'],
    ['discovery-other-issuer', 'that of another issuer'],
    ['html-ok:jwks', 'no JSON object'],
    ['hang-up:discovery', 'closed without an answer'],
    ['tls', 'CA'],
  ])('cannot ask: %s', async (fault, text) => {
    const provider = await idp(fault);
    const { status, err } = await run(['verify', ID_TOKEN, '--issuer', provider.issuer]);
    expect(status).toBe(3);
    expect(err).toContain(text);
  });

  it('trusts the CA it is given', async () => {
    const provider = await idp('tls');
    const { status } = await run(['verify', ID_TOKEN, '--issuer', provider.issuer, '--ca', 'ca.pem'], {
      files: { 'ca.pem': provider.ca! },
    });
    expect(status).toBe(1);
  });

  it('takes PEM and shared secrets, and checks at_hash', async () => {
    const secret = ['verify', 'fixtures/tokens/shared-secret.jwt', '--secret-file'];
    expect((await run([...secret, 'fixtures/tokens/shared-secret.txt'])).status).toBe(0);
    expect((await run([...secret, '-'], { stdin: 'not-a-secret-only-for-examples-and-tests\n' })).status).toBe(0);
    const wrong = await run([...secret, '-'], { stdin: 'wr0ng-s3cr3t' });
    expect(wrong.status).toBe(1);
    expect(wrong.out + wrong.err).not.toContain('wr0ng-s3cr3t');
    const confused = await run(['verify', 'fixtures/tokens/shared-secret.jwt', '--jwks', 'fixtures/tokens/jwks.json']);
    expect(confused.out).toContain('algorithm confusion');
  });

  it('never goes where the token points', async () => {
    const { status, err } = await run(['verify', ID_TOKEN]);
    expect(status).toBe(2);
    expect(err).toContain('if you trust that: --issuer https://id.example.com/realms/main');
  });

  it('says what is wrong with a call', async () => {
    const cases: [string[], string][] = [
      [['verify', '-', '--secret-file', '-'], 'once only'],
      [['verify', ID_TOKEN, '--jwks', 'a', '--pem', 'b'], 'one place only'],
      [['verify', ID_TOKEN, '--pem', 'fixtures/tokens/claims.json'], 'neither a JWKS'],
      [['verify', ID_TOKEN, '--issuer', 'id.example.com'], 'must be the address of an issuer'],
      [
        ['verify', ID_TOKEN, '--jwks', 'fixtures/tokens/jwks.json', '--token', 'access_token'],
        'there is no access_token',
      ],
      [['verify', 'nonsense', '--jwks', 'fixtures/tokens/jwks.json'], 'no such file'],
    ];
    for (const [argv, text] of cases) {
      const { status, err } = await run(argv, { stdin: ID_TOKEN });
      expect(status).toBe(2);
      expect(err).toContain(text);
    }
  });
});

describe('token sign', () => {
  const secret = ['--secret-file', 'fixtures/tokens/shared-secret.txt'];

  it('makes what verify accepts', async () => {
    const signed = await run(['sign', 'fixtures/tokens/claims.json', ...secret, '--expires-in', '60', '--kid', 'k']);
    expect(signed.status).toBe(0);
    const verified = await run(['verify', '-', ...secret, '--json'], { stdin: signed.out });
    expect(verified.status).toBe(0);
    expect(verified.json()).toMatchObject({
      header: { alg: 'HS256', typ: 'JWT', kid: 'k' },
      claims: { email: 'ada@example.com', exp: Date.UTC(2025, 0, 15, 12, 1) / 1000 },
    });
  });

  it('takes claims from flags, whatever their type', async () => {
    const argv = [
      'sign',
      '--claim',
      'sub=4711',
      '--claim',
      'groups=["a"]',
      '--claim',
      'name=Ada = A',
      '--claim',
      '__proto__=x',
    ];
    const { json } = await run([...argv, ...secret, '--json']);
    expect(json().alg).toBe('HS256');
    expect(Object.entries(json().claims)).toEqual([
      ['sub', 4711],
      ['groups', ['a']],
      ['name', 'Ada = A'],
      ['__proto__', 'x'],
    ]);
  });

  it('signs with private keys of all kinds', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });
    const { status, out } = await run(['sign', '--claim', 'a=1', '--key', '-'], { stdin: pem.toString() });
    expect(status).toBe(0);
    const verified = await run(['verify', '-', '--pem', 'key.pem'], {
      stdin: out,
      files: { 'key.pem': pem.toString() },
    });
    expect(verified.status).toBe(0);
  });

  it('says why it cannot, and never shows the key', async () => {
    const cases: [string[], World, string][] = [
      [['sign', 'fixtures/tokens/claims.json'], {}, 'no key to sign with'],
      [['sign', ...secret], {}, 'no claims to sign'],
      [['sign', '--claim', 'x', ...secret], {}, 'name=value'],
      [['sign', '-', ...secret], { stdin: '[1]' }, 'no JSON object'],
      [['sign', '--claim', 'a=1', ...secret, '--alg', 'HS265'], {}, 'did you mean "HS256"'],
      [['sign', '--claim', 'a=1', ...secret, '--alg', 'RS256'], {}, 'cannot be signed'],
      [['sign', '--claim', 'a=1', '--key', 'k'], { files: { k: 's3cr3t' } }, 'neither a JWK nor PEM'],
      [['sign', '-', '--key', '-'], {}, 'once only'],
    ];
    for (const [argv, world, text] of cases) {
      const { status, out, err } = await run(argv, world);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(text);
      expect(err).not.toMatch(/s3cr3t|not-a-secret/);
    }
  });
});
