import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatWithoutArguments } from '../../src/text/go-format.js';
import { requestUrl } from '../../src/text/go-url.js';

const sent = (text: string) => {
  const request = requestUrl(text);
  return request.ok ? request.url : null;
};

describe('requestUrl', () => {
  it.each([
    ['https://idp.example.com/userinfo', 'https://idp.example.com/userinfo'],
    ['HTTPS://Idp.example.com/me', 'https://Idp.example.com/me'],
    ['https://idp.example.com', 'https://idp.example.com'],
    ['https://idp.example.com:/me', 'https://idp.example.com/me'],
    ['https://idp.example.com:8443//me/', 'https://idp.example.com:8443//me/'],
    ['https://idp.example.com/user info', 'https://idp.example.com/user%20info'],
    ['https://idp.example.com/a%2fb', 'https://idp.example.com/a%2fb'],
    ['https://idp.example.com/é', 'https://idp.example.com/%C3%A9'],
    ['https://idp.example.com/me?x=a b%zz', 'https://idp.example.com/me?x=a b%zz'],
    ['https://idp.example.com?x=1', 'https://idp.example.com?x=1'],
    ['https://u:p@idp.example.com/me', 'https://u:p@idp.example.com/me'],
    ['https://[::1]:3000/me', 'https://[::1]:3000/me'],
  ])('sends %s as %s', (text, url) => expect(sent(text)).toBe(url));

  it.each([
    ['', 'unsupported protocol scheme ""'],
    ['/emails', 'Get "/emails": unsupported protocol scheme ""'],
    ['idp.example.com/userinfo', 'unsupported protocol scheme ""'],
    ['idp.example.com:8443/userinfo', 'unsupported protocol scheme "idp.example.com"'],
    ['ftp://idp.example.com/', 'unsupported protocol scheme "ftp"'],
    ['https:///me', 'no Host'],
    ['https://idp.example.com/%zz', 'invalid URL escape "%zz"'],
    ['https://idp.example.com/100%', 'invalid URL escape "%"'],
    ['https://idp example.com/', 'invalid character " " in host name'],
    ['https://idp.example.com:port/', 'invalid port ":port" after host'],
    ['https://idp.example.com/\u0001', 'invalid control character in URL'],
    [' https://idp.example.com/', 'first path segment in URL cannot contain colon'],
    ['://idp', 'missing protocol scheme'],
    ['%!((MISSING)base)s/userinfo/emails', 'parse "%!((MISSING)base)s/userinfo/emails": invalid URL escape "%!("'],
  ])('does not send %j', (text, error) => {
    const request = requestUrl(text);
    expect(request.ok).toBe(false);
    if (!request.ok) expect(request.error).toContain(error);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void requestUrl(`https://${text}`)));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'htps:/?#%@[]a1 é') }), (text) => void requestUrl(text)),
    );
  });
});

describe('formatWithoutArguments', () => {
  it.each([
    ['plain', 'plain'],
    ['100%', '100%!(NOVERB)'],
    ['%s %d', '%!s(MISSING) %!d(MISSING)'],
    ['a%%b', 'a%b'],
    ['/user%20info/emails', '/user%!i(MISSING)nfo/emails'],
    ['%(base)s', '%!((MISSING)base)s'],
    ['%*d', '%!(BADWIDTH)%!d(MISSING)'],
    ['%.*d', '%!(BADPREC)%!d(MISSING)'],
    ['%[1]d', '%!d(BADINDEX)'],
    ['%[x', '%!x(BADINDEX)'],
    ['%99999999999d', '%!(NOVERB)'],
    ['%é', '%!é(MISSING)'],
  ])('%j becomes %j', (format, text) => expect(formatWithoutArguments(format)).toBe(text));

  it('leaves texts without a percent sign alone', () => {
    fc.assert(
      fc.property(fc.string(), (text) => formatWithoutArguments(text.replaceAll('%', '')) === text.replaceAll('%', '')),
    );
  });
});
