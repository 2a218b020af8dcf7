import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostKind, ownerOf, readUrl, urlParts } from '../../../src/rules/grafana/urls.js';

describe('an address', () => {
  it('is taken apart with the place of each part', () => {
    const text = 'HTTPS://user@Login.Acme.com:8443/a/b?x=1#top';
    const parts = urlParts(text)!;
    const slice = ({ at, length }: { at: number; length: number }) => text.slice(at, at + length);
    expect(parts.scheme).toBe('https');
    expect(slice(parts.schemePart)).toBe('HTTPS://');
    expect(parts.host).toBe('login.acme.com');
    expect(slice(parts.hostPart)).toBe('Login.Acme.com');
    expect(parts.port).toBe('8443');
    expect(slice(parts.pathPart)).toBe('/a/b');
    expect(parts.query).toBe('x=1');
    expect(slice(parts.queryPart)).toBe('?x=1');
    expect(slice(parts.fragmentPart!)).toBe('#top');
  });

  it('may be an IPv6 address or lack a path', () => {
    expect(urlParts('http://[::1]:8080')).toMatchObject({ host: '::1', port: '8080', path: '', query: undefined });
    expect(urlParts('https://acme.com?x')).toMatchObject({ host: 'acme.com', path: '', query: 'x' });
    expect(urlParts('https://acme.com/#?x')).toMatchObject({ path: '/', query: undefined });
  });

  it.each([
    ['login.acme.com/auth', 'scheme-missing', 0],
    ['login.acme.com:8080/auth', 'scheme-missing', 0],
    ['//login.acme.com/auth', 'scheme-missing', 0],
    ['/auth', 'scheme-missing', 0],
    ['', 'scheme-missing', 0],
    ['htps://login.acme.com', 'scheme', 0],
    ['ldap://login.acme.com', 'scheme', 0],
    ['https:/login.acme.com', 'scheme', 0],
    ['https:///auth', 'host-missing', 8],
    ['https://:8080/auth', 'host-missing', 8],
    ['https://login.acme .com/', 'blank', 18],
    ['https://login.acme.com/a b', 'blank', 24],
    ['https://login.acme.com:80a/', 'port', 23],
    ['https://login<acme>.com/', 'host', 8],
    ['https://login.acme.com/%zz', 'escape', 23],
    ['https://login.acme.com/\u0007', 'control', 23],
  ])('%j has the fault %s at %i', (text, kind, at) => {
    expect(readUrl(text)).toMatchObject({ fault: { kind, at } });
  });

  it('never makes the reader fail, and parts stand inside the text', () => {
    const piece = fc.constantFrom(
      'https',
      'http',
      ':',
      '/',
      '//',
      'a.b',
      '?',
      '#',
      '@',
      '[',
      ']',
      '%',
      ' ',
      '8080',
      '\n',
      'ü',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const read = readUrl(text);
          if ('fault' in read) {
            expect(read.fault.at).toBeLessThanOrEqual(text.length);
            return;
          }
          const { hostPart, pathPart, queryPart } = read.parts;
          for (const part of [hostPart, pathPart, queryPart])
            expect(part.at + part.length).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});

describe('a host', () => {
  it.each([
    ['localhost', 'loopback'],
    ['grafana.localhost', 'loopback'],
    ['127.0.0.1', 'loopback'],
    ['127.1.2.3', 'loopback'],
    ['::1', 'loopback'],
    ['keycloak', 'internal'],
    ['10.1.2.3', 'internal'],
    ['172.20.0.4', 'internal'],
    ['172.32.0.4', 'public'],
    ['192.168.0.10', 'internal'],
    ['fd00::1', 'internal'],
    ['dex.auth.svc.cluster.local', 'internal'],
    ['sso.corp', 'internal'],
    ['login.acme.com', 'public'],
    ['8.8.8.8', 'public'],
    ['localhost.acme.com', 'public'],
  ])('%s is %s', (host, kind) => {
    expect(hostKind(host)).toBe(kind);
  });

  it.each([
    ['login.acme.com', 'acme.com'],
    ['acme.com', 'acme.com'],
    ['login.acme.co.uk', 'acme.co.uk'],
    ['sso.acme.com.br', 'acme.com.br'],
    ['acme.okta.com', 'acme.okta.com'],
    ['acme-admin.okta.com', 'acme-admin.okta.com'],
    ['acme.eu.auth0.com', 'acme.eu.auth0.com'],
    ['acme.auth0.com', 'acme.auth0.com'],
    ['acme.auth.eu-central-1.amazoncognito.com', 'acme.auth.eu-central-1.amazoncognito.com'],
    ['a.b.acme.zitadel.cloud', 'acme.zitadel.cloud'],
    ['10.1.2.3', '10.1.2.3'],
    ['::1', '::1'],
  ])('%s belongs to %s', (host, owner) => {
    expect(ownerOf(host)).toBe(owner);
  });
});
