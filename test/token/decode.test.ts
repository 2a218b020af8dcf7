import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareToken, decodeToken, looksLikeToken } from '../../src/token/decode.js';

const b64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const jwt = (header: unknown, payload: unknown, signature = 'c2ln') => `${b64(header)}.${b64(payload)}.${signature}`;
const decoded = (text: string) => {
  const result = decodeToken(text);
  if ('failure' in result) throw new Error(result.failure.message);
  return result.token;
};
const failure = (text: string) => {
  const result = decodeToken(text);
  if ('token' in result) throw new Error('decoded');
  return result.failure;
};

const TOKEN = jwt({ alg: 'RS256', kid: 'k1' }, { sub: 'ada', realm_access: { roles: ['admin'] } });

describe('decoding', () => {
  it('reads header and claims of a signed token', () => {
    expect(decoded(TOKEN)).toEqual({
      kind: 'jws',
      header: { alg: 'RS256', kid: 'k1' },
      claims: { sub: 'ada', realm_access: { roles: ['admin'] } },
      signatureBytes: 3,
      notes: [],
    });
  });

  it('reads a token without a signature', () => {
    expect(decoded(jwt({ alg: 'none' }, { sub: 'a' }, '')).signatureBytes).toBe(0);
  });

  it('reads only the header of an encrypted one', () => {
    const token = decoded(`${b64({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`);
    expect(token).toMatchObject({ kind: 'jwe', header: { enc: 'A256GCM' } });
    expect(token.claims).toBeUndefined();
  });

  it('reads a token inside a token', () => {
    const token = decoded(jwt({ alg: 'RS256', cty: 'JWT' }, TOKEN));
    expect(token.inner?.claims).toMatchObject({ sub: 'ada' });
  });

  it.each([
    ['Bearer', `Bearer ${TOKEN}`],
    ['a header line', `Authorization: Bearer ${TOKEN}\n`],
    ['quotes', `"${TOKEN}"`],
    ['line breaks', `${TOKEN.slice(0, 30)}\n  ${TOKEN.slice(30)}\n`],
    ['a tenant', `team-a:${TOKEN}`],
    ['a byte order mark', `\uFEFF${TOKEN}`],
  ])('takes %s off', (_what, text) => {
    expect(bareToken(text)).toBe(TOKEN);
    expect(looksLikeToken(text)).toBe(true);
  });

  it('notes what is odd', () => {
    expect(decoded(jwt({ alg: 'HS256' }, '{"role":"Viewer","a":{"role":1},"role":"Admin"}')).notes).toEqual([
      'the claim "role" occurs more than once; the last one counts',
    ]);
    expect(decoded(jwt({ alg: 'HS256' }, '[1]')).notes).toEqual(['the payload is no JSON object']);
    const padded = `${Buffer.from('{"alg":"HS256"}').toString('base64')}.e30=.c2ln`;
    expect(decoded(padded).notes[0]).toContain('padded');
  });

  it('says which part is broken, and how', () => {
    expect(failure('')).toEqual({ message: 'there is no token: the text is empty' });
    expect(failure('ory_at_opaque').because).toContain('opaque');
    expect(failure(`${b64({ alg: 'RS256' })}.${b64({})}`).because).toContain('cut off');
    expect(failure(`${b64('nonsense')}.e30.c2ln`)).toMatchObject({ part: 1 });
    expect(failure('eyJhbGciOiJSUzI1NiJ9.e+3/.c2ln')).toMatchObject({
      part: 2,
      because: expect.stringContaining('base64'),
    });
    expect(failure('eyJhbGciOiJSUzI1NiJ9.e30.c2lnx').part).toBe(3);
  });

  it('never throws and never shows the token in a failure', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w.=-]{0,60}$/)), (text) => {
        const result = decodeToken(text);
        if ('failure' in result && text.length > 12) expect(result.failure.message).not.toContain(text);
      }),
    );
  });
});
