import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPlain, type JsonObject, parseJson } from '../../src/dashboard/json.js';
import { CORRUPT, checkSignature, checkTimes, endOfLife } from '../../src/dashboard/token.js';

const SECRET = '8f1d0c6a5b3e94722790af5dc81e64b3f05c7a91d2e8364bb7c4106f9ad5e238';
const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function token(
  key: string | Buffer,
  hash = 'sha256',
  header: unknown = { alg: 'HS256' },
  payload: unknown = { email: 'a@b.example' },
) {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
}

function hint(text: string, secret = SECRET): string | undefined {
  const checked = checkSignature(text, secret);
  return checked.ok ? 'fits' : checked.failure.hint;
}

describe('the signature', () => {
  it('is HMAC-SHA256 with the text of the secret, whatever the header says', () => {
    for (const alg of ['HS256', 'HS512', 'none', undefined])
      expect(checkSignature(token(SECRET, 'sha256', { alg }), SECRET)).toMatchObject({ ok: true });
  });

  it.each([
    ['decoded from hexadecimal', Buffer.from(SECRET, 'hex')],
    ['decoded from base64', Buffer.from(SECRET, 'base64')],
    ['a line feed stands behind', `${SECRET}\n`],
    ['CR LF stands behind', `${SECRET}\r\n`],
    ['written in capitals', SECRET.toUpperCase()],
    ['in double quotes', `"${SECRET}"`],
    ['in single quotes', `'${SECRET}'`],
    ['encoded in base64', Buffer.from(SECRET).toString('base64')],
    ['encoded in hexadecimal', Buffer.from(SECRET).toString('hex')],
  ])('names the secret that would fit: %s', (what, key) => expect(hint(token(key))).toContain(what));

  it('names blanks and quotes on the side of the server', () => {
    expect(hint(token('abc'), ' abc ')).toContain('trimmed');
    expect(hint(token('abc'), '"abc"')).toContain('quotes around the secret are removed');
    expect(hint(token('ABC'), 'abc')).toContain('capitals');
    expect(hint(token('abc'), 'ABC')).toContain('small letters');
  });

  it('names another algorithm', () => {
    expect(hint(token(SECRET, 'sha512'))).toContain('signed with HS512 and the right secret');
    expect(hint(token(Buffer.from(SECRET, 'hex'), 'sha384'))).toContain('and HS384 is used');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const text = `${part({ alg: 'ES256' })}.${part({})}`;
    expect(hint(`${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`)).toContain('ES256');
    expect(hint(token('quite another'))).toBeUndefined();
    expect(hint(`${text.replace(/^[^.]+/, part({ alg: 'HS256' }))}.!`)).toContain('not base64url');
  });

  it('never tells the secret', () => {
    for (const key of [Buffer.from(SECRET, 'hex'), `${SECRET}\n`, 'x'])
      expect(JSON.stringify(checkSignature(token(key), SECRET))).not.toContain(SECRET);
  });

  it.each(['', 'a', 'a.b', 'a.b.c', '..', `${part('[1]')}.e30.c2ln`, `e30.e30.c2ln.x`])('finds %j corrupt', (text) =>
    expect(checkSignature(text, SECRET)).toMatchObject({ ok: false, failure: { productMessage: CORRUPT } }),
  );

  it('finds a payload that is no JSON after the signature, with a full stop', () => {
    expect(checkSignature(token(SECRET, 'sha256', {}, 'no json'), SECRET)).toMatchObject({
      ok: false,
      failure: { productMessage: `${CORRUPT}.` },
    });
    expect(checkSignature(token(SECRET, 'sha256', {}, [1]), SECRET)).toMatchObject({ ok: true, claims: new Map() });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (text, secret) => void checkSignature(text, secret)));
  });
});

describe('times', () => {
  const now = 1000;
  const check = (claims: string) => checkTimes(parseJson(claims) as JsonObject, now);

  it.each([
    ['{}', undefined],
    ['{"exp":null,"nbf":false,"iat":null}', undefined],
    ['{"exp":1001}', undefined],
    ['{"exp":1000}', 'Token is expired (1000)'],
    ['{"exp":999.5}', 'Token is expired (999.5)'],
    ['{"exp":1e2}', 'Token is expired (100.0)'],
    ['{"nbf":1000}', undefined],
    ['{"nbf":1001}', 'Token is not yet valid (1001)'],
    ['{"iat":820}', undefined],
    ['{"iat":819}', 'Token is older than max-age (180)'],
    ['{"iat":99999}', undefined],
    ['{"exp":1,"nbf":9999,"iat":1}', 'Token is expired (1)'],
    ['{"nbf":9999,"iat":1}', 'Token is not yet valid (9999)'],
    ['{"exp":"2000"}', null],
    ['{"iat":true}', null],
  ])('%s', (claims, message) => expect(check(claims)?.productMessage).toBe(message));

  it('end where the first of them ends', () => {
    const end = (claims: unknown) => endOfLife(fromPlain(claims) as JsonObject);
    expect(end({ iat: 1000, exp: 2000 })).toBe(1181);
    expect(end({ iat: 1000, exp: 1100 })).toBe(1100);
    expect(end({ exp: 2000 })).toBe(2000);
    expect(end({})).toBeUndefined();
  });
});
