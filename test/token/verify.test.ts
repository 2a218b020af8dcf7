import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { exportJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readPrivateKey, readPublicKeys, secretKey } from '../../src/token/keys.js';
import { defaultAlgorithm, signToken } from '../../src/token/sign.js';
import { type VerifyOptions, verifyToken } from '../../src/token/verify.js';
import { difference, span } from '../../src/token/words.js';

const NOW = 1_790_000_000;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject) =>
  key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'pem' }).toString();
const jwk = async (key: KeyObject, extra: Partial<JWK> = {}): Promise<JWK> => ({ ...(await exportJWK(key)), ...extra });

const CLAIMS = { iss: 'https://idp.example', sub: 'ada', aud: 'grafana', iat: NOW - 10, exp: NOW + 300 };

async function options(changes: Partial<VerifyOptions> = {}): Promise<VerifyOptions> {
  return {
    keys: [await jwk(rsa.publicKey, { kid: 'k1', alg: 'RS256', use: 'sig' })],
    keysFrom: 'the JWKS',
    now: NOW,
    issuer: 'https://idp.example',
    audience: 'grafana',
    idToken: true,
    ...changes,
  };
}

const signed = (claims: Record<string, unknown>, key: KeyObject = rsa.privateKey, alg = 'RS256', kid = 'k1') =>
  new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);

async function failed(token: string, changes?: Partial<VerifyOptions>) {
  const { ok, checks } = await verifyToken(token, await options(changes));
  const names = checks.filter((check) => check.ok === false).map((check) => check.name);
  expect(ok).toBe(names.length === 0);
  return { names, text: JSON.stringify(checks), checks };
}

describe('a good token', () => {
  it('passes every check', async () => {
    const { ok, checks } = await verifyToken(await signed(CLAIMS), await options());
    expect(ok).toBe(true);
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['format', true],
      ['algorithm', true],
      ['key', true],
      ['signature', true],
      ['issuer', true],
      ['audience', true],
      ['subject', true],
      ['expires', true],
      ['issued at', true],
    ]);
  });

  it.each([
    ['RS512', 'rsa', {}],
    ['PS256', 'rsa', {}],
    ['ES256', 'ec', { namedCurve: 'P-256' }],
    ['ES384', 'ec', { namedCurve: 'P-384' }],
    ['ES512', 'ec', { namedCurve: 'P-521' }],
    ['EdDSA', 'ed25519', {}],
  ])('may be signed with %s, the key being PEM or JWK', async (alg, type, how) => {
    const pair = type === 'rsa' ? rsa : generateKeyPairSync(type as 'ec', how as { namedCurve: string });
    const token = await signed(CLAIMS, pair.privateKey, alg);
    for (const text of [
      pem(pair.publicKey),
      pem(pair.privateKey),
      JSON.stringify({ keys: [await jwk(pair.publicKey)] }),
    ]) {
      const read = readPublicKeys(text);
      expect(read).toHaveProperty('keys');
      expect((await failed(token, { keys: 'keys' in read ? read.keys : [] })).names).toEqual([]);
    }
  });

  it('may be signed with a shared secret, in each encoding', async () => {
    const secret = 'c0ffee00c0ffee00c0ffee00c0ffee00';
    for (const [encoding, bytes] of [
      ['text', Buffer.from(secret)],
      ['hex', Buffer.from(secret, 'hex')],
      ['base64', Buffer.from(secret, 'base64')],
    ] as const) {
      const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256' }).sign(bytes);
      const read = secretKey(`${secret}\n`, encoding);
      expect((await failed(token, { keys: 'keys' in read ? read.keys : [] })).names).toEqual([]);
    }
  });

  it('need not name its key', async () => {
    const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256' }).sign(rsa.privateKey);
    const keys = [await jwk(other.publicKey, { kid: 'a' }), await jwk(rsa.publicKey, { kid: 'b' })];
    expect((await failed(token, { keys })).names).toEqual([]);
  });
});

describe('signatures that are refused', () => {
  it('none', async () => {
    const { names, text } = await failed(new UnsecuredJWT(CLAIMS).encode());
    expect(names).toEqual(['algorithm', 'signature']);
    expect(text).toContain('not signed');
  });

  it('alg none in any letter case', async () => {
    const header = Buffer.from('{"alg":"nOnE"}').toString('base64url');
    const [, payload] = new UnsecuredJWT(CLAIMS).encode().split('.');
    expect((await failed(`${header}.${payload}.`)).names).toContain('algorithm');
  });

  it('HS256 with the public key as the secret, however it is written', async () => {
    const key = await jwk(rsa.publicKey, { kid: 'k1' });
    for (const secret of [pem(rsa.publicKey), pem(rsa.publicKey).trim(), JSON.stringify(key), String(key.n)]) {
      const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(Buffer.from(secret));
      const { names, text } = await failed(token, { keys: [key] });
      expect(names).toContain('algorithm');
      expect(text).toContain('algorithm confusion');
    }
  });

  it('RS256 where a shared secret was agreed on', async () => {
    const read = secretKey('0123456789abcdef0123456789abcdef');
    const { names } = await failed(await signed(CLAIMS), { keys: 'keys' in read ? read.keys : [] });
    expect(names).toContain('algorithm');
  });

  it('another key under the same id', async () => {
    expect((await failed(await signed(CLAIMS, other.privateKey))).names).toEqual(['signature']);
  });

  it('a key id that is not in the set', async () => {
    const { names, text } = await failed(await signed(CLAIMS, rsa.privateKey, 'RS256', 'gone'));
    expect(names).toEqual(['key', 'signature']);
    expect(text).toContain('\\"k1\\"');
  });

  it('a key that is for encryption, or for another algorithm', async () => {
    const token = await signed(CLAIMS);
    expect((await failed(token, { keys: [await jwk(rsa.publicKey, { kid: 'k1', use: 'enc' })] })).names).toContain(
      'key',
    );
    expect((await failed(token, { keys: [await jwk(rsa.publicKey, { kid: 'k1', alg: 'PS256' })] })).names).toContain(
      'key',
    );
    expect((await failed(token, { keys: [] })).names).toContain('key');
  });

  it('a changed payload, a cut signature', async () => {
    const [header, , signature] = (await signed(CLAIMS)).split('.');
    const changed = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'eve' })).toString('base64url');
    expect((await failed(`${header}.${changed}.${signature}`)).names).toEqual(['signature']);
    expect((await failed(`${header}.${changed}.${signature!.slice(0, 8)}`)).names).toEqual(['signature']);
  });

  it('a short RSA key', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const { createSign } = await import('node:crypto');
    const input = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}`;
    const token = `${input}.${createSign('sha256').update(input).sign(weak.privateKey, 'base64url')}`;
    const { names, text } = await failed(token, { keys: [await jwk(weak.publicKey)] });
    expect(names).toEqual(['signature']);
    expect(text).toContain('1024 bits');
  });

  it('unknown critical headers, unknown algorithms, algorithms that are not wanted', async () => {
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', crit: ['b64'], b64: true })
      .sign(rsa.privateKey);
    expect((await failed(token)).names).toContain('critical headers');
    const [, payload, signature] = (await signed(CLAIMS)).split('.');
    for (const header of ['{"alg":"XX99"}', '{"kid":"k1"}', '{"alg":["RS256"]}']) {
      expect((await failed(`${Buffer.from(header).toString('base64url')}.${payload}.${signature}`)).names).toContain(
        'algorithm',
      );
    }
    expect((await failed(await signed(CLAIMS), { algorithms: ['ES256'] })).names).toContain('algorithm');
  });

  it('what is no signed token at all', async () => {
    expect((await failed('opaque')).names).toEqual(['format']);
    expect((await failed('eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXY.Y2k.dGE')).names).toEqual(['format']);
  });
});

describe('claims', () => {
  const wrong = async (claims: Record<string, unknown>, changes?: Partial<VerifyOptions>) =>
    (await failed(await signed({ ...CLAIMS, ...claims }), changes)).names;

  it('issuer, to the byte', async () => {
    const { names, text } = await failed(await signed({ ...CLAIMS, iss: 'https://idp.example/' }));
    expect(names).toEqual(['issuer']);
    expect(text).toContain('differ at character 20');
    expect(await wrong({ iss: undefined })).toEqual(['issuer']);
    expect(await wrong({ iss: undefined }, { issuer: undefined })).toEqual(['issuer']);
    expect(await wrong({}, { issuer: undefined, idToken: false })).toEqual([]);
  });

  it('audience, as text or list', async () => {
    expect(await wrong({ aud: ['x', 'grafana'] })).toEqual([]);
    expect(await wrong({ aud: ['x'] })).toEqual(['audience']);
    expect(await wrong({ aud: 5 })).toEqual(['audience']);
    expect(await wrong({ azp: 'other' })).toEqual(['authorized party']);
  });

  it('times, with the skew that is allowed', async () => {
    expect(await wrong({ exp: NOW })).toEqual(['expires']);
    expect(await wrong({ exp: NOW - 20 }, { clockSkew: 30 })).toEqual([]);
    expect(await wrong({ exp: undefined })).toEqual(['expires']);
    expect(await wrong({ exp: undefined }, { idToken: false })).toEqual([]);
    expect(await wrong({ exp: `${NOW + 60}` })).toEqual(['expires']);
    expect(await wrong({ exp: (NOW + 60) * 1000 })).toEqual(['expires']);
    expect(await wrong({ nbf: NOW + 5 })).toEqual(['not before']);
    expect(await wrong({ nbf: NOW + 5 }, { clockSkew: 10 })).toEqual([]);
    expect(await wrong({ iat: NOW + 100 }, { clockSkew: 10 })).toEqual(['issued at']);
  });

  it('subject, nonce, at_hash', async () => {
    expect(await wrong({ sub: 4711 })).toEqual(['subject']);
    expect(await wrong({ nonce: 'a' }, { nonce: 'a' })).toEqual([]);
    expect(await wrong({ nonce: 'a' }, { nonce: 'b' })).toEqual(['nonce']);
    expect(await wrong({}, { nonce: 'b' })).toEqual(['nonce']);
    // RFC-style vector of OpenID Connect Core, appendix A.3
    const accessToken = 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y';
    expect(await wrong({ at_hash: '77QmUPtjPfzWtF2AnpK9RQ' }, { accessToken })).toEqual([]);
    expect(await wrong({ at_hash: '77QmUPtjPfzWtF2AnpK9RR' }, { accessToken })).toEqual(['at_hash']);
  });

  it('a payload that is no object', async () => {
    const key = await jwk(rsa.privateKey, { kid: 'k1' });
    const made = await signToken('[1,2]', key);
    expect((await failed('token' in made ? made.token : '')).names).toEqual(['claims']);
  });
});

describe('robustness', () => {
  it('never throws, whatever the token says', async () => {
    const { keys } = await options();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (header, payload) => {
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
        const { ok } = await verifyToken(`${part(header)}.${part(payload)}.c2ln`, { keys, keysFrom: 'x', now: NOW });
        expect(ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('shows neither token nor key', async () => {
    const token = await signed(CLAIMS, other.privateKey);
    const { text } = await failed(token);
    expect(text).not.toContain(token.split('.')[2]);
    expect(text).not.toContain(String((await jwk(rsa.publicKey)).n));
  });
});

describe('signing', () => {
  it('makes what verifying accepts, with each kind of key', async () => {
    const keys: [JWK, string][] = [
      [await jwk(rsa.privateKey), 'RS256'],
      [await jwk(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey), 'ES384'],
      [await jwk(generateKeyPairSync('ed25519').privateKey), 'EdDSA'],
      [{ kty: 'oct', k: Buffer.from('0123456789abcdef0123456789abcdef').toString('base64url') }, 'HS256'],
    ];
    for (const [key, alg] of keys) {
      expect(defaultAlgorithm(key)).toBe(alg);
      const made = await signToken(JSON.stringify(CLAIMS), key);
      expect(made).toMatchObject({ alg });
      expect((await failed('token' in made ? made.token : '', { keys: [key] })).names).toEqual([]);
    }
  });

  it('keeps the payload to the byte', async () => {
    const payload = '{ "sub": 4711, "big": 12345678901234567890, "sub": "x" }';
    const made = await signToken(payload, await jwk(rsa.privateKey), { kid: 'a', typ: 'at+jwt' });
    const [header, body] = ('token' in made ? made.token : '').split('.');
    expect(Buffer.from(body!, 'base64url').toString()).toBe(payload);
    expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: 'a' });
  });

  it('says why it cannot', async () => {
    expect(await signToken('{}', await jwk(rsa.privateKey), { alg: 'ES256' })).toHaveProperty('problem');
    expect(await signToken('{}', await jwk(generateKeyPairSync('x25519').privateKey))).toHaveProperty('problem');
  });
});

describe('keys from texts', () => {
  it('says what a text is not', () => {
    const problem = (text: string) => {
      const read = readPublicKeys(text);
      return 'problem' in read ? read.problem : 'none';
    };
    expect(problem('hello')).toContain('neither');
    expect(problem('{"keys": []}')).toContain('no key');
    expect(problem('{"a": 1}')).toContain('neither a JWKS');
    expect(problem('{"keys": [')).toContain('not valid JSON');
    expect(problem('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----')).toContain('no key that can be read');
    expect(readPrivateKey(pem(rsa.publicKey))).toHaveProperty('problem');
    expect(readPrivateKey('{"kty":"RSA","n":"AQ","e":"AQAB"}')).toHaveProperty('problem');
    expect(secretKey('\n')).toHaveProperty('problem');
    expect(secretKey('xyz', 'hex')).toHaveProperty('problem');
  });

  it('reads a certificate', async () => {
    const { makeCertificate } = await import('../../src/demo-idp/index.js');
    const read = readPublicKeys(makeCertificate().cert);
    expect('keys' in read && read.keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256' });
  });
});

it('words differences and spans', () => {
  expect(difference('https://a', 'https://a/')).toBe('they differ at character 10: "/" instead of the end');
  expect(difference('abc', 'abd')).toBe('they differ at character 3: "d" instead of "c"');
  expect([span(0), span(59), span(61), span(3600), span(90_061)]).toEqual([
    '0 s',
    '59 s',
    '1 min 1 s',
    '1 h',
    '1 d 1 h',
  ]);
});
