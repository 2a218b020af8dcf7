/**
 * URLs as Go's `net/url` and `net/http` read and write them. Decides whether a request can be sent at all, and under which text
 * it leaves: `https://idp/user info` goes out as `https://idp/user%20info`, a bad escape is never sent.
 */

export type RequestUrl =
  /** `url`: as it leaves. */
  | { readonly ok: true; readonly url: string }
  /** `error`: what the HTTP client says, in its own words. */
  | { readonly ok: false; readonly error: string };

class UrlError extends Error {}

/** The URL of a GET as Go's HTTP client sends it, or why it cannot. Never throws. */
export function requestUrl(text: string): RequestUrl {
  let parsed: Parts;
  try {
    parsed = parse(text);
  } catch (error) {
    if (error instanceof UrlError) return { ok: false, error: `parse ${JSON.stringify(text)}: ${error.message}` };
    throw error;
  }
  const written = write(parsed);
  if (parsed.scheme !== 'http' && parsed.scheme !== 'https')
    return {
      ok: false,
      error: `Get ${JSON.stringify(written)}: unsupported protocol scheme ${JSON.stringify(parsed.scheme)}`,
    };
  if (parsed.host === '') return { ok: false, error: `Get ${JSON.stringify(written)}: http: no Host in request URL` };
  return { ok: true, url: written };
}

interface Parts {
  scheme: string;
  /** What follows a scheme without a slash. */
  opaque: string;
  user: string | undefined;
  host: string;
  path: string;
  /** With its `?`. */
  query: string;
  /** With its `#`; empty where there is none. */
  fragment: string;
}

function parse(text: string): Parts {
  const hash = text.indexOf('#');
  const main = hash === -1 ? text : text.slice(0, hash);
  const fragment = hash === -1 ? '' : text.slice(hash + 1);
  const parts: Parts = { scheme: '', opaque: '', user: undefined, host: '', path: '', query: '', fragment: '' };
  // a control character is refused before the fragment only
  if (/[\x00-\x1f\x7f]/.test(main)) throw new UrlError('net/url: invalid control character in URL');

  let rest = main;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*)?:/.exec(main);
  if (scheme) {
    if (scheme[1] === undefined) throw new UrlError('missing protocol scheme');
    parts.scheme = scheme[1].toLowerCase();
    rest = main.slice(scheme[0].length);
  }
  const mark = rest.indexOf('?');
  if (mark !== -1) {
    parts.query = rest.slice(mark);
    rest = rest.slice(0, mark);
  }
  if (!rest.startsWith('/')) {
    if (parts.scheme !== '') {
      parts.opaque = rest;
      rest = '';
    } else if (rest.split('/')[0]!.includes(':')) throw new UrlError('first path segment in URL cannot contain colon');
  }
  if (rest.startsWith('//') && (parts.scheme !== '' || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    const authority = slash === -1 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash === -1 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    if (at !== -1) parts.user = userinfo(authority.slice(0, at));
    parts.host = host(authority.slice(at + 1));
  }
  parts.path = path(rest);
  if (fragment !== '') parts.fragment = `#${normalize(fragment, FRAGMENT_SAFE)}`;
  return parts;
}

function write(parts: Parts): string {
  let result = parts.scheme === '' ? '' : `${parts.scheme}:`;
  if (parts.opaque !== '') return result + parts.opaque + parts.query + parts.fragment;
  if (
    (parts.scheme !== '' || parts.host !== '' || parts.user !== undefined) &&
    (parts.host !== '' || parts.user !== undefined)
  ) {
    result += `//${parts.user === undefined ? '' : `${parts.user}@`}${parts.host}`;
  }
  return result + parts.path + parts.query + parts.fragment;
}

/** Characters Go leaves alone when it writes a path, a user name, a fragment. */
const PATH_SAFE = /[A-Za-z0-9\-_.~$&+,/:;=@]/;
const USER_SAFE = /[A-Za-z0-9\-_.~$&+,;=]/;
const FRAGMENT_SAFE = /[A-Za-z0-9\-_.~$&+,/:;=?@!()*]/;
/** What may stand unescaped in a path that was written by hand; then Go keeps the writing. */
const VALID_WRITTEN = /^(?:[A-Za-z0-9\-_.~$&+,/:;=?@!'()*[\]]|%[0-9A-Fa-f]{2})*$/;

function path(text: string): string {
  checkEscapes(text);
  if (!text.includes('?') && VALID_WRITTEN.test(text)) return text;
  return encodeBytes(decodeEscapes(text), PATH_SAFE);
}

function normalize(text: string, safe: RegExp): string {
  checkEscapes(text);
  return VALID_WRITTEN.test(text) ? text : encodeBytes(decodeEscapes(text), safe);
}

function userinfo(text: string): string {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) throw new UrlError('net/url: invalid userinfo');
  checkEscapes(text);
  const colon = text.indexOf(':');
  const names = colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
  return names.map((name) => encodeBytes(decodeEscapes(name), USER_SAFE)).join(':');
}

function host(text: string): string {
  const portAt = text.startsWith('[') ? text.lastIndexOf(']') + 1 : text.lastIndexOf(':');
  if (text.startsWith('[') && portAt === 0) throw new UrlError("missing ']' in host");
  const port = portAt === -1 ? '' : text.slice(portAt);
  if (port !== '' && !/^:\d*$/.test(port)) throw new UrlError(`invalid port ${JSON.stringify(port)} after host`);
  const name = port === '' ? text : text.slice(0, text.length - port.length);
  for (const match of name.matchAll(/%(.{0,2})/gs)) {
    if (!/^[0-9A-Fa-f]{2}$/.test(match[1]!) || (/^[0-7]/.test(match[1]!) && match[1] !== '25'))
      throw new UrlError(`invalid URL escape ${JSON.stringify(match[0])}`);
  }
  const bad = /[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\x80-\u{10ffff}]/u.exec(name);
  if (bad) throw new UrlError(`invalid character ${JSON.stringify(bad[0])} in host name`);
  const written = encodeBytes(decodeEscapes(name), /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/);
  // an empty port is dropped when the request is made
  return written + (port === ':' ? '' : port);
}

function checkEscapes(text: string): void {
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/su.exec(text);
  if (bad) throw new UrlError(`invalid URL escape ${JSON.stringify(bad[0])}`);
}

function decodeEscapes(text: string): Buffer {
  const bytes: number[] = [];
  const source = Buffer.from(text, 'utf8');
  for (let at = 0; at < source.length; at++) {
    if (source[at] === 0x25) {
      bytes.push(Number.parseInt(source.toString('latin1', at + 1, at + 3), 16));
      at += 2;
    } else bytes.push(source[at]!);
  }
  return Buffer.from(bytes);
}

function encodeBytes(bytes: Buffer, safe: RegExp): string {
  let result = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    result += safe.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}
