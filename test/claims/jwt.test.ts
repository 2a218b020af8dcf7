import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jwtPayload } from '../../src/claims/jwt.js';
import { decodeUtf8 } from '../../src/text/utf8.js';

const part = (value: string | Uint8Array) => Buffer.from(value as string).toString('base64url');
const token = (header: string, payload: string | Uint8Array = '{}') => `${part(header)}.${part(payload)}.c2ln`;

describe('jwtPayload', () => {
  it.each([
    ['a plain one', token('{"alg":"RS256","typ":"JWT"}', '{"a":1}'), '{"a":1}'],
    ['a null header', token('null', '{}'), '{}'],
    ['a compressed one', token('{"zip":"DEF"}', deflateSync('{"a":1}')), '{"a":1}'],
    [
      'a compressed one with something behind it',
      token('{"zip":"DEF"}', Buffer.concat([deflateSync('{}'), Buffer.from('x')])),
      '{}',
    ],
    ['zip given twice, the last time well', token('{"zip":1,"zip":"DEF"}', deflateSync('{}')), '{}'],
    ['ZIP in capitals, which is another key', token('{"ZIP":"x"}', '{}'), '{}'],
    ['a padded signature', `${part('{}')}.${part('{}')}.c2ln==`, '{}'],
    ['unused bits at the end', 'bnVsbA.e30.x', '{}'],
    ['a payload that is no JSON, which is another matter', token('{}', 'x'), 'x'],
  ])('reads %s', (_what, text, payload) => expect(jwtPayload(text)).toEqual({ ok: true, text: payload }));

  it.each([
    ['nothing', '', 'empty'],
    ['an opaque token', 'gho_16C7e42F', '1 part'],
    ['no signature', `${part('{}')}.${part('{}')}.`, 'signature part is empty'],
    ['four parts', 'a.b.c.d', '4 parts'],
    ['an encrypted token', 'a.b.c.d.e', 'JWE'],
    ['a line break behind it', `${token('{}')}\n`, 'white space'],
    ['the word Bearer', `Bearer ${token('{}')}`, 'Bearer'],
    ['standard base64', `${part('{}')}.e30+.x`, 'not base64url'],
    ['a padded payload', `${part('{}')}.e30=.x`, 'padded'],
    ['a padded header', `e30=.${part('{}')}.x`, 'padded'],
    ['a length no text has', `${part('{}')}.e30ab.x`, 'payload is no unpadded base64url'],
    ['a header that is no JSON', token('x'), 'header is not JSON'],
    ['a header that is a list', token('[]'), 'no object'],
    ['a number in the header that is too large', token('{"a":[{"b":1e999}]}'), 'out of range'],
    ['an unknown compression', token('{"zip":"def"}'), '"def"'],
    ['a compression that is null', token('{"zip":null}'), 'null'],
    ['raw deflate', token('{"zip":"DEF"}', deflateRawSync('{}')), 'cannot be inflated'],
    ['a cut stream', token('{"zip":"DEF"}', deflateSync('{"a":1}').subarray(0, -1)), 'cannot be inflated'],
  ])('takes %s for no token', (_what, text, reason) => {
    const payload = jwtPayload(text);
    expect(payload.ok).toBe(false);
    if (!payload.ok) expect(payload.reason).toContain(reason);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => void jwtPayload(`${part(a)}.${part(b)}.x`)));
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab.=-_ \n') }), (text) => void jwtPayload(text)));
  });
});

describe('decodeUtf8', () => {
  it.each([
    [[0x61, 0xff, 0x62], 'a\ufffdb'],
    // one for each byte, where browsers give one for the piece
    [[0xe2, 0x82], '\ufffd\ufffd'],
    [[0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
    [[0xf0, 0x9f, 0x98, 0x80], '\u{1f600}'],
    [[0xc0, 0x80], '\ufffd\ufffd'],
    [[0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  ])('%j is %j', (bytes, text) => expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text));

  it('reads whatever is well-formed as everybody does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = Buffer.from(text, 'utf8');
        expect(decodeUtf8(bytes)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      }),
    );
  });
});
