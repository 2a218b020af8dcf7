import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecretName, maskSpans, secretSpans } from '../../src/text/redact.js';

const mask = (text: string) => maskSpans(text, secretSpans(text));

it.each([
  'client_secret',
  'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET',
  'MB_JWT_SHARED_SECRET',
  'admin_password',
  'adminPassword',
  'secret_key',
  'private_key',
  'api_key',
  'access_token',
  'signing_secret',
])('%s is a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

it.each([
  'client_id',
  'token_url',
  'id_token_attribute_name',
  'validate_id_token',
  'use_refresh_token',
  'tls_client_key',
  'password_hint_url',
  'token_expiration_day_limit_name',
  'secret_name',
])('%s is none', (name) => {
  expect(isSecretName(name)).toBe(false);
});

describe('masking', () => {
  it.each([
    ['INI', 'client_secret = abc', 'client_secret = ***'],
    ['INI with a comment mark in the secret', 'client_secret = abc#def', 'client_secret = *******'],
    ['INI, commented out', ';client_secret = abc', ';client_secret = ***'],
    ['INI with a colon', 'client_secret: abc', 'client_secret: ***'],
    ['triple quotes over lines', 'client_secret = """ab\ncd"""\nname = x', 'client_secret = *****\n*****\nname = x'],
    ['a continued line', 'client_secret = ab\\\ncd\nname = x', 'client_secret = ***\n**\nname = x'],
    ['an env file', 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET=abc', 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET=***'],
    ['a shell file', 'export MB_JWT_SHARED_SECRET="abc"', 'export MB_JWT_SHARED_SECRET=*****'],
    ['YAML', '    client_secret: abc', '    client_secret: ***'],
    ['YAML in a block', 'client_secret: |\n  abc\n  def\nname: x', 'client_secret: *\n  ***\n  ***\nname: x'],
    ['YAML in one line', '{ client_id: x, client_secret: abc }', '{ client_id: x, client_secret: *** }'],
    ['JSON', '{"client_secret":"abc","name":"x"}', '{"client_secret":*****,"name":"x"}'],
    ['a Kubernetes variable', '- name: GF_X_CLIENT_SECRET\n  value: abc', '- name: GF_X_CLIENT_SECRET\n  value: ***'],
    ['a token', 'see eyJhbGciOi.eyJzdWIi.c2ln here', 'see ************************ here'],
    ['a password in a URL', 'url = mysql://root:pw@db/x', 'url = mysql://root:**@db/x'],
    [
      'a private key',
      'key = -----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----',
      'key = ********** ******* ********\n***\n******** ******* ********',
    ],
  ])('hides %s', (_what, text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it.each([
    'client_id = abc',
    'client_secret = $__file{/run/secrets/oauth}',
    'client_secret = ${OAUTH_SECRET}',
    'client_secret =',
    'use_refresh_token = true',
    'token_url = https://id.example.com/token',
    '# the client_secret stands in a file',
  ])('leaves %j', (text) => {
    expect(mask(text)).toBe(text);
  });

  it('keeps every place where it is', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'client_secret',
              ' = ',
              '"""',
              '\\',
              '\n',
              '`',
              ': |',
              '-----BEGIN PRIVATE KEY-----',
              'eyJhbGci.',
              '://a:',
              '@',
            ),
            fc.string({ unit: 'binary', maxLength: 5 }),
          ),
        ),
        (pieces) => {
          const text = pieces.join('');
          const masked = mask(text);
          expect(masked.length).toBe(text.length);
          expect(masked.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length));
        },
      ),
    );
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    for (const piece of ['a', 'secret', 'a: ', '://a', 'name:\n', '-----BEGIN PRIVATE KEY-----', 'eyJhbG', '"', ' '])
      secretSpans(piece.repeat(200_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
