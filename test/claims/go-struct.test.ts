import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextBody } from '../../src/claims/body.js';
import { readComUser, readEmails, readOrgLogins, readTeamIds, readUser } from '../../src/claims/documents.js';

const user = (text: string, sub = true) => readUser(new TextBody(text), sub);
const fields = (text: string) => {
  const read = user(text);
  if (!read.ok) throw new Error(read.refusal.error);
  return read.value;
};

describe('the fields of a source', () => {
  it.each([
    ['{"email":"a","EMAIL":"b"}', 'b'],
    ['{"EMAIL":"b","email":"a"}', 'a'],
    ['{"email":"a","Email":null}', 'a'],
    ['{"eMaIl":""}', ''],
    ['{"\\u0065mail":"a"}', 'a'],
    ['null', ''],
  ])('%s has the e-mail address %j', (text, email) => expect(fields(text).email).toBe(email));

  it('folds the long s, and nothing that merely looks alike', () => {
    expect(fields('{"u\u017fername":"ada"}').username).toBe('ada');
    expect(fields('{"D\u0130SPLAY_NAME":"ada","na\u043ce":"x"}')).toMatchObject({ display_name: '', name: '' });
  });

  it('merges maps that come twice, and null clears them', () => {
    const attributes = (text: string) => Object.fromEntries(fields(`{"attributes":${text}}`).attributes ?? []);
    expect(attributes('{"a":["x"]},"attributes":{"b":["y",null]}')).toEqual({ a: ['x'], b: ['y', ''] });
    expect(attributes('{"a":["x"]},"ATTRIBUTES":{"a":null}')).toEqual({ a: null });
    expect(attributes('{"a":["x"]},"attributes":null,"attributes":{"b":[]}')).toEqual({ b: [] });
    expect(fields('{"attributes":{"__proto__":["x"]}}').attributes?.get('__proto__')).toEqual(['x']);
  });

  it.each([
    ['{"email":1}', 'json: cannot unmarshal number into Go struct field UserInfoJson.email of type string'],
    ['{"email":1,"email":"a"}', 'json: cannot unmarshal number into Go struct field UserInfoJson.email of type string'],
    ['{"name":{}}', 'json: cannot unmarshal object into Go struct field UserInfoJson.name of type string'],
    ['{"login":true}', 'json: cannot unmarshal bool into Go struct field UserInfoJson.login of type string'],
    [
      '{"attributes":[]}',
      'json: cannot unmarshal array into Go struct field UserInfoJson.attributes of type map[string][]string',
    ],
    [
      '{"attributes":{"a":"b"}}',
      'json: cannot unmarshal string into Go struct field UserInfoJson.attributes of type []string',
    ],
    [
      '{"attributes":{"a":[1]}}',
      'json: cannot unmarshal number into Go struct field UserInfoJson.attributes of type string',
    ],
    ['[]', 'json: cannot unmarshal array into Go value of type UserInfoJson'],
    ['"x"', 'json: cannot unmarshal string into Go value of type UserInfoJson'],
    ['', 'unexpected end of JSON input'],
    ['{} x', "invalid character 'x' after top-level value"],
  ])('%s drops the source: %s', (text, error) => {
    const read = user(text);
    expect(
      read.ok ? undefined : read.refusal.error.replace(/^(json: cannot unmarshal )number .*(?= into)/, '$1number'),
    ).toBe(error);
  });

  it('has sub only where the version knows it', () => {
    expect(user('{"sub":5,"email":"a"}', true).ok).toBe(false);
    expect(user('{"sub":5,"email":"a"}', false)).toMatchObject({ ok: true, value: { sub: '', email: 'a' } });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void user(text)));
    fc.assert(fc.property(fc.json(), (text) => void user(text)));
  });
});

describe('the other documents', () => {
  it('reads addresses from a list, or from "values" where it is none', () => {
    const emails = (text: string) => readEmails(new TextBody(text));
    expect(emails('[{"Email":"a","PRIMARY":true},null]')).toMatchObject({
      ok: true,
      value: [
        { email: 'a', primary: true },
        { email: '', primary: false },
      ],
    });
    expect(emails('{"values":[{"email":"a","is_primary":true}]}')).toMatchObject({ ok: true, value: [{ email: 'a' }] });
    expect(emails('null')).toEqual({ ok: true, value: [] });
    expect(emails('{}')).toEqual({ ok: true, value: [] });
    // the second list is decoded over the first one
    expect(emails('{"values":[{"email":"a","is_primary":true}],"values":[{"email":"b"}]}')).toMatchObject({
      value: [{ email: 'b', is_primary: true }],
    });
    for (const text of ['[{"primary":"true"}]', '[{"verified":1}]', '[{"email":1}]', '"a@b"', '5'])
      expect(emails(text).ok, text).toBe(false);
  });

  it('wants whole numbers for teams', () => {
    const teams = (text: string) => readTeamIds(new TextBody(text));
    expect(teams('[{"id":7},{"ID":9007199254740993},{},null,{"id":-0}]')).toEqual({
      ok: true,
      value: ['7', '9007199254740993', '0', '0', '0'],
    });
    for (const text of ['[{"id":"7"}]', '[{"id":7.0}]', '[{"id":1e2}]', '[{"id":9223372036854775808}]', '{"id":7}'])
      expect(teams(text).ok, text).toBe(false);
  });

  it('reads logins of organizations', () => {
    expect(readOrgLogins(new TextBody('[{"login":"a"},null,{"login":null}]'))).toEqual({
      ok: true,
      value: ['a', '', ''],
    });
    expect(readOrgLogins(new TextBody('[{"login":5}]')).ok).toBe(false);
  });

  it("reads grafana.com's user", () => {
    const com = (text: string) => readComUser(new TextBody(text));
    expect(com('{"ID":-5,"Username":"ada","orgs":[{"LOGIN":"x"}],"orgs":null}')).toEqual({
      ok: true,
      value: { id: '-5', name: '', username: 'ada', email: '', role: '', orgs: null },
    });
    expect(com('{"id":1.5}')).toMatchObject({
      refusal: { error: 'json: cannot unmarshal number 1.5 into Go struct field .id of type int' },
    });
    expect(com('{"orgs":[{"login":1}]}').ok).toBe(false);
  });
});
