/**
 * A JWT taken apart the way Go's OIDC library does it: strict base64url, JSON as encoding/json reads it into a struct.
 * Nothing is verified here.
 */
import { wellFormed } from './lower.js';

export type Claims = Readonly<Record<string, unknown>>;

export interface TokenParts {
  /** Undefined where the header is no JSON object or the token has not three parts; only the signature check needs it. */
  readonly header: Claims | undefined;
  readonly claims: Claims;
  /** What the signature is over. */
  readonly signed: string;
  readonly signature: Uint8Array | undefined;
}

export type ParsedToken =
  | { readonly ok: true; readonly token: TokenParts }
  | { readonly ok: false; readonly because: string };

/** Payload first, as the library does: a token without a readable payload is malformed whatever its signature. */
export function parseToken(text: string): ParsedToken {
  const parts = text.split('.');
  if (parts.length < 2) return { ok: false, because: 'it has no dots: an opaque token, not a JWT' };
  if (parts.length === 5)
    return { ok: false, because: 'it has five parts: an encrypted token (JWE), not a signed one' };
  const payload = decodeBase64Url(parts[1]!);
  if (payload === undefined) return { ok: false, because: 'its second part is not base64url' };
  const claims = parseObject(utf8(payload));
  if (claims === undefined) return { ok: false, because: 'its second part is not a JSON object' };
  const headerBytes = parts.length === 3 ? decodeBase64Url(unpadded(parts[0]!)) : undefined;
  return {
    ok: true,
    token: {
      header: headerBytes === undefined ? undefined : parseObject(utf8(headerBytes)),
      claims,
      signed: `${parts[0]}.${parts[1]}`,
      signature: parts.length === 3 ? decodeBase64Url(unpadded(parts[2]!)) : undefined,
    },
  };
}

/** Three parts parted by dots: what a JWT looks like from afar. */
export function looksLikeJwt(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 3 && parts[0] !== '' && parts[1] !== '';
}

/** A claims object given as JSON text or as data; undefined where it is neither. */
export function claimsOf(value: unknown): Claims | undefined {
  if (typeof value === 'string') return parseObject(value);
  return isObject(value) ? value : undefined;
}

/**
 * The value that lands in a struct field of Go's decoder: the last key that equals the name without regard to case.
 * Source: encoding/json.Unmarshal.
 */
export function structField(claims: Claims, name: string): unknown {
  let found: unknown;
  for (const [key, value] of Object.entries(claims)) if (key === name || fold(key) === name) found = value;
  return found;
}

/** Seconds of a time claim, `missing`, or `invalid` where Go's decoder gives up. Numbers in strings count, fractions are cut. */
export function timeClaim(value: unknown, nullIs: 'missing' | 'invalid'): number | 'missing' | 'invalid' {
  if (value === undefined) return 'missing';
  if (value === null) return nullIs;
  let seconds: number;
  if (typeof value === 'number') seconds = value;
  else if (typeof value === 'string' && isJsonNumber(value)) seconds = Number(value);
  else return 'invalid';
  // Beyond 64 bits the conversion gives the smallest integer.
  if (!(Math.abs(seconds) < 2 ** 63)) return -(2 ** 63);
  return Math.trunc(seconds);
}

/** The `aud` claim as a list; undefined where it is neither text nor a list of texts. */
export function audienceClaim(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (value === null) return [''];
  if (typeof value === 'string') return [wellFormed(value)];
  if (!Array.isArray(value)) return undefined;
  const list: string[] = [];
  for (const item of value) {
    if (item === null) list.push('');
    else if (typeof item === 'string') list.push(wellFormed(item));
    else return undefined;
  }
  return list;
}

/** Unpadded base64url; line breaks are skipped, anything else outside the alphabet refuses the text. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  let bits = 0;
  let held = 0;
  let count = 0;
  const bytes: number[] = [];
  for (const char of text) {
    if (char === '\n' || char === '\r') continue;
    const value = ALPHABET.indexOf(char);
    if (value === -1) return undefined;
    count++;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return count % 4 === 1 ? undefined : Uint8Array.from(bytes);
}

/** Padded standard base64, as HTTP basic credentials are written. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const body = text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text;
  if (body.includes('-') || body.includes('_') || body.includes('=')) return undefined;
  return decodeBase64Url(body.split('+').join('-').split('/').join('_'));
}

export function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

export function parseObject(text: string): Claims | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value === null) return {};
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function unpadded(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '=') end--;
  return text.slice(0, end);
}

function fold(key: string): string {
  return key.split('\u017f').join('s').split('\u212a').join('k').toLowerCase();
}

/** The number grammar of JSON, which is what Go's json.Number accepts inside quotes. */
function isJsonNumber(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'number' && text.trim() === text;
  } catch {
    return false;
  }
}
