import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Body, PlainBody, TextBody } from '../../src/claims/body.js';
import { readComUser, readUser } from '../../src/claims/documents.js';
import { bodyOf } from '../../src/claims/envelope.js';
import { isPlainJson, PayloadError, readPayload } from '../../src/claims/payload.js';

const text = (value: unknown) => (value as Body).text;

describe('readPayload', () => {
  it('takes claims as UserInfo, or as the token they are said to be from', () => {
    expect(text(readPayload('{"email":"a@b.c"}').userinfo)).toBe('{"email":"a@b.c"}');
    expect(text(readPayload('{"email":"a@b.c"}', 'id_token').id_token_claims)).toBe('{"email":"a@b.c"}');
    const token = readPayload('{"email":"a@b.c"}', 'access_token').access_token as string;
    expect(Buffer.from(token.split('.')[1]!, 'base64url').toString()).toBe('{"email":"a@b.c"}');
  });

  it('takes a token, bare or as a JSON text', () => {
    expect(readPayload(' eyJhbGciOiJub25lIn0.e30.x\n').id_token).toBe('eyJhbGciOiJub25lIn0.e30.x');
    expect(readPayload('"eyJhbGciOiJub25lIn0.e30.x"').id_token).toBe('eyJhbGciOiJub25lIn0.e30.x');
    expect(readPayload('acme:eyJhbGciOiJub25lIn0.e30.x').id_token).toBe('acme:eyJhbGciOiJub25lIn0.e30.x');
  });

  it('takes an envelope as it is', () => {
    const envelope = readPayload('{"userinfo":{"a":1},"name":"Ada","expect":{"role":"Editor"},"emails":"<html>"}');
    expect(text(envelope.userinfo)).toBe('{"a":1}');
    expect(envelope).toMatchObject({ name: 'Ada', expect: { role: 'Editor' }, emails: '<html>' });
  });

  it('drops a byte order mark of the file', () => {
    expect(text(readPayload('\ufeff{"email":"a@b.c"}').userinfo)).toBe('{"email":"a@b.c"}');
  });

  it.each([
    ['{"a":1,}', 7],
    ['{\n  "a": tru\n}', 12],
    ['', 0],
    ['<html>', 0],
    ['{"a":1} x', 8],
    ['[{"email":"a@b.c"}]', 0],
    ['eyJhbGciOiJub25lIn0.e30', 0],
    ['5', 0],
    ['"text"', 0],
  ])('says where %j stops being a payload', (content, offset) => {
    let problem: unknown;
    try {
      readPayload(content);
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(PayloadError);
    expect((problem as PayloadError).offset).toBe(offset);
  });
});

describe('documents of a payload', () => {
  it('are plain where nothing can be hidden in them', () => {
    expect(readPayload('{"email":"a@b.c","groups":[{"name":"x"},{"name":"y"}]}').userinfo).toBeInstanceOf(PlainBody);
    const both = readPayload('{"userinfo":{"email":"a@b.c"},"id_token_claims":{"email":"d@e.f"}}');
    expect(both.userinfo).toBeInstanceOf(PlainBody);
    expect(text(both.id_token_claims)).toBe('{"email":"d@e.f"}');
  });

  it.each([
    ['a key twice', '{"email":"a@b.c","email":null}'],
    ['a key in another case', '{"email":"a@b.c","EMAIL":"d@e.f"}'],
    ['a key with long s', '{"u\u017fername":"ada"}'],
    ['an escaped key besides', '{"email":"a@b.c","\\u0065mail":null}'],
    ['a huge number', '{"n":1e999}'],
    ['a lone surrogate', '{"n":"\\ud800"}'],
  ])('keep their text where there is %s', (_what, document) => {
    for (const userinfo of [readPayload(`{"userinfo":${document}}`).userinfo, readPayload(document).userinfo]) {
      expect(userinfo).toBeInstanceOf(TextBody);
      expect(text(userinfo)).toBe(document);
    }
  });

  it.each(['{"email":1}', '{"email":1,"email":2}'])('are found in answers too: %s', (document) => {
    const envelope = readPayload(
      `{"http":{"https://x/y":{"status":403,"body":${document}},"https://x/z":{"error":"refused"}},"teams":{"status":500,"body":${document}}}`,
    ) as { http: Record<string, { status: number; body: Body }>; teams: { status: number; body: Body } };
    expect(envelope.http['https://x/y']).toMatchObject({ status: 403 });
    expect(envelope.http['https://x/z']).toEqual({ error: 'refused' });
    expect(envelope.http['https://x/y']!.body.text).toBe(document);
    expect(envelope.teams.body.text).toBe(document);
  });

  it('keep infinities and big integers of callers', () => {
    expect(bodyOf({ n: Number.POSITIVE_INFINITY, m: -1 / 0, b: 5n }).text).toBe('{"n":1e999,"m":-1e999,"b":"5"}');
  });
});

describe('isPlainJson', () => {
  const key = fc.constantFrom(
    'sub',
    'name',
    'NAME',
    'email',
    'Email',
    'login',
    'attributes',
    'id',
    'orgs',
    'role',
    'x',
    '\\u0065mail',
    'u\u017fername',
    '\\\\',
    ':x',
  );
  const scalar = fc.constantFrom(
    '1',
    '1.0',
    '1e2',
    '1e999',
    '"a"',
    '"\\u0041"',
    '"\\ud800"',
    '""',
    'null',
    'true',
    '[]',
    '["a",null]',
    '{"a":["b"]}',
  );
  const value = fc.oneof(
    scalar,
    fc.array(fc.tuple(key, scalar), { maxLength: 3 }).map(object),
    fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join()}]`),
  );
  const document = fc.array(fc.tuple(key, value), { maxLength: 7 }).map(object);

  function object(members: [string, string][]): string {
    // now and then a blank before the colon
    return `{${members.map(([name, item]) => `"${name}"${name === 'x' && item === '1' ? ' ' : ''}: ${item}`).join(', ')}}`;
  }

  it('promises that the decoded value reads as the text does', () => {
    let plain = 0;
    fc.assert(
      fc.property(document, (text) => {
        const root: unknown = JSON.parse(text);
        if (!isPlainJson(text, root)) return;
        plain++;
        const quick = new PlainBody(root, () => text);
        const exact = new TextBody(text);
        for (const sub of [true, false]) expect(readUser(quick, sub)).toEqual(readUser(exact, sub));
        expect(readComUser(quick)).toEqual(readComUser(exact));
        expect(quick.document()).toEqual(exact.document());
      }),
      { numRuns: 2000 },
    );
    expect(plain).toBeGreaterThan(200);
  });
});
