import { describe, expect, it } from 'vitest';
import { findPlaceholder, findUrlPlaceholder, isReservedHost } from '../../../src/rules/grafana/placeholders.js';

const found = (value: string, whole = false) => {
  const one = findPlaceholder(value, whole);
  return one && value.slice(one.at, one.at + one.length);
};

describe('a placeholder', () => {
  it.each([
    ['some_id', 'some_id'],
    ['some_client_id', 'some_client_id'],
    ['YOUR_APP_CLIENT_ID', 'YOUR_APP_CLIENT_ID'],
    ['<client id>', '<client id>'],
    ['https://<domain>/authorize', '<domain>'],
    ['https://your-tenant.okta.com/authorize', 'your-tenant'],
    ['https://YOUR_DOMAIN/authorize', 'YOUR_DOMAIN'],
    ['https://yourcompany.auth0.com/', 'yourcompany'],
    ['https://login.microsoftonline.com/{tenant_id}/oauth2', '{tenant_id}'],
    ['https://{{ sso_host }}/auth', '{{ sso_host }}'],
    ['https://login.microsoftonline.com/[tenant-id]/oauth2', '[tenant-id]'],
    ['changeme', 'changeme'],
    ['REPLACE_ME', 'REPLACE_ME'],
    ['xxxxxxxx', 'xxxxxxxx'],
    ['client_id', 'client_id'],
    ['your client secret', 'your client secret'],
  ])('stands in %s: %s', (value, text) => {
    expect(found(value)).toBe(text);
  });

  it.each([
    'grafana',
    'client-42',
    '0oa1b2c3d4e5f6g7h8',
    '${CLIENT_ID}',
    '$__env{CLIENT_ID}',
    '$__file{/run/secrets/your_secret}'.replace('your_', ''),
    'https://login.yours.com/authorize',
    'https://sso.acme.io/realms/main',
    'https://login.acme.io/a?x={y}'.replace('{y}', 'y'),
    'colour-app',
    '',
  ])('does not stand in %j', (value) => {
    expect(found(value)).toBeUndefined();
  });

  it('must be all of a secret, since secrets hold any characters', () => {
    expect(found('k<9z>q{8}', true)).toBeUndefined();
    expect(found('<your secret>', true)).toBe('<your secret>');
    expect(found('YOUR_APP_CLIENT_SECRET', true)).toBe('YOUR_APP_CLIENT_SECRET');
  });

  it('may be the host of an example', () => {
    expect(findUrlPlaceholder('https://foo.bar/login')).toMatchObject({ kind: 'host', at: 8, length: 7 });
    expect(findUrlPlaceholder('https://example.com/login')).toMatchObject({ kind: 'host' });
    expect(findUrlPlaceholder('https://sso.example.com/login')).toBeUndefined();
  });
});

describe('a reserved host', () => {
  it('is one of RFC 2606', () => {
    for (const host of ['example.com', 'sso.example.org', 'idp.example', 'a.invalid'])
      expect(isReservedHost(host)).toBe(true);
    for (const host of ['example.io', 'myexample.com', 'sso.acme.com']) expect(isReservedHost(host)).toBe(false);
  });
});
