import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  audienceClaim,
  decodeBase64,
  decodeBase64Url,
  looksLikeJwt,
  parseToken,
  structField,
  timeClaim,
} from '../../src/gem/jwt.js';
import { encode } from './mint.js';

describe('base64 as Go decodes it', () => {
  it('agrees with Node where the text is clean', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64Url(Buffer.from(bytes).toString('base64url'))).toEqual(Uint8Array.from(bytes));
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each(['a', 'ab=', 'a b', 'a+b/', 'é'])('refuses %j', (text) => expect(decodeBase64Url(text)).toBeUndefined());
  it.each(['YQ', 'Y-Q=', 'YQ=', '=YQ='])('refuses %j as basic credentials', (text) =>
    expect(decodeBase64(text)).toBeUndefined(),
  );
  it('skips line breaks', () => expect(decodeBase64Url('YW\nJj\r\n')).toEqual(Uint8Array.from([97, 98, 99])));
});

describe('a token taken apart', () => {
  it.each([
    ['opaque', 'opaque'],
    ['a.b.c.d.e', 'five parts'],
    ['a.!.c', 'base64url'],
    [`a.${encode('[1]')}.c`, 'JSON object'],
    [`a.${encode('{')}.c`, 'JSON object'],
  ])('%s is malformed', (text, because) =>
    expect(parseToken(text)).toMatchObject({ ok: false, because: expect.stringContaining(because) }),
  );

  it('leaves a broken header to the signature check', () => {
    expect(parseToken(`!.${encode({ a: 1 })}.c2ln`)).toMatchObject({
      ok: true,
      token: { header: undefined, claims: { a: 1 } },
    });
    expect(parseToken(`x.${encode({ a: 1 })}`)).toMatchObject({ ok: true, token: { signature: undefined } });
  });

  it('looks like a JWT or not', () => {
    expect(looksLikeJwt('a.b.c')).toBe(true);
    for (const text of ['a.b', 'a..c', '.b.c', 'a']) expect(looksLikeJwt(text)).toBe(false);
  });
});

describe('claims as Go decodes them into a struct', () => {
  it('knows no case, and the last key wins', () => {
    expect(structField({ iss: 'a', ISS: 'b' }, 'iss')).toBe('b');
    expect(structField({ 'i\u017fs': 'a' } as Record<string, unknown>, 'iss')).toBe('a');
    expect(structField({ issuer: 'a' }, 'iss')).toBeUndefined();
  });

  it.each([
    [1767225600, 1767225600],
    [1767225600.9, 1767225600],
    ['1767225600', 1767225600],
    ['1.7672256e9', 1767225600],
    ['', 'invalid'],
    [' 1', 'invalid'],
    ['0x10', 'invalid'],
    [true, 'invalid'],
    [null, 'invalid'],
    [undefined, 'missing'],
    [1e300, -(2 ** 63)],
  ])('time %j is %j', (value, seconds) => expect(timeClaim(value, 'invalid')).toBe(seconds));

  it('takes an audience as text or list', () => {
    expect(audienceClaim('a')).toEqual(['a']);
    expect(audienceClaim(['a', null])).toEqual(['a', '']);
    expect(audienceClaim(undefined)).toEqual([]);
    expect(audienceClaim(null)).toEqual(['']);
    expect(audienceClaim([1])).toBeUndefined();
    expect(audienceClaim(7)).toBeUndefined();
  });
});
