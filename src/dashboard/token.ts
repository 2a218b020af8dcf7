/**
 * The token check of Dashboard: HMAC-SHA256 over the text, whatever the header says, then expiry, not-before and age without
 * any leeway. Source: buddy-sign 3.6.1 (`jwt`, `jws`, `util`), the library the server uses.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { NumberText } from './java-number.js';
import type { JsonObject, JsonValue } from './json.js';
import { isJsonObject, parseJson } from './json.js';

/** Seconds a token lives behind its `iat`. */
export const MAX_AGE = 180;

export const CORRUPT = 'Message seems corrupt or manipulated';

export interface TokenFailure {
  readonly check: 'token' | 'signature' | 'exp' | 'nbf' | 'iat';
  /** The server's text; null where it has none that is known. */
  readonly productMessage: string | null;
  readonly because: string;
  readonly hint?: string;
}

export type SignatureResult =
  | { readonly ok: true; readonly claims: JsonObject; readonly header: JsonObject }
  | { readonly ok: false; readonly failure: TokenFailure };

/** Takes the token apart and checks its signature with the secret as text. */
export function checkSignature(token: string, secret: string): SignatureResult {
  const parts = splitToken(token);
  if (parts === undefined)
    return corrupt('token', token === '' ? 'the token is empty' : 'it is not three parts parted by dots');
  const [headerPart, payloadPart, signaturePart] = parts;
  const header = decodeJson(headerPart);
  if (!isJsonObject(header)) return corrupt('token', 'its header is not a JSON object in base64url');
  const signature = decodeBase64Url(signaturePart);
  const signed = `${headerPart}.${payloadPart}`;
  const expected = createHmac('sha256', secret).update(signed).digest();
  if (signature === undefined || signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    const hint = explainSignature(signed, signature, header, secret);
    return corrupt('signature', 'the signature is not HMAC-SHA256 over the token with the text of the secret', hint);
  }
  const payload = decodeJson(payloadPart);
  if (payload === undefined)
    return {
      ok: false,
      failure: { check: 'token', productMessage: `${CORRUPT}.`, because: 'its payload is not JSON in base64url' },
    };
  return { ok: true, claims: isJsonObject(payload) ? payload : new Map(), header };
}

/** Header and claims of a token, unverified; undefined where it is none. */
export function readToken(token: string): { readonly header: JsonObject; readonly claims: JsonObject } | undefined {
  const parts = splitToken(token);
  if (parts === undefined) return undefined;
  const header = decodeJson(parts[0]);
  const claims = decodeJson(parts[1]);
  return isJsonObject(header) && isJsonObject(claims) ? { header, claims } : undefined;
}

/** `exp`, `nbf` and age, in this order; each is skipped where its claim is absent. `now` is in seconds. */
export function checkTimes(claims: JsonObject, now: number): TokenFailure | undefined {
  const time = Math.floor(now);
  const exp = present(claims.get('exp'));
  if (exp !== undefined) {
    if (!(exp instanceof NumberText)) return notANumber('exp');
    if (exp.value <= time)
      return {
        check: 'exp',
        productMessage: `Token is expired (${exp})`,
        because: `exp is ${time - exp.value} s past; no leeway is given`,
      };
  }
  const nbf = present(claims.get('nbf'));
  if (nbf !== undefined) {
    if (!(nbf instanceof NumberText)) return notANumber('nbf');
    if (nbf.value > time)
      return {
        check: 'nbf',
        productMessage: `Token is not yet valid (${nbf})`,
        because: `nbf is ${nbf.value - time} s ahead; no leeway is given`,
      };
  }
  const iat = present(claims.get('iat'));
  if (iat !== undefined) {
    if (!(iat instanceof NumberText)) return notANumber('iat');
    if (time - iat.value > MAX_AGE)
      return {
        check: 'iat',
        productMessage: `Token is older than max-age (${MAX_AGE})`,
        because: `iat is ${time - iat.value} s ago; ${MAX_AGE} s are allowed, whatever exp says`,
      };
  }
  return undefined;
}

/** The second from which the token is refused; undefined where it never is. */
export function endOfLife(claims: JsonObject): number | undefined {
  const ends: number[] = [];
  const exp = claims.get('exp');
  const iat = claims.get('iat');
  if (exp instanceof NumberText) ends.push(exp.value);
  if (iat instanceof NumberText) ends.push(iat.value + MAX_AGE + 1);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Why a signature does not fit: how it was made, where that can be told. */
function explainSignature(
  signed: string,
  signature: Uint8Array | undefined,
  header: JsonObject,
  secret: string,
): string | undefined {
  const alg = header.get('alg');
  if (typeof alg === 'string' && /^(?:RS|PS|ES|Ed)/.test(alg))
    return `the token is signed with ${alg}, a public-key algorithm; Dashboard knows only HS256 with the shared secret`;
  if (signature === undefined) return 'the signature is not base64url';
  for (const hash of ['sha384', 'sha512'])
    if (equal(createHmac(hash, secret).update(signed).digest(), signature))
      return `the token is signed with HS${hash.slice(3)} and the right secret; Dashboard always verifies HMAC-SHA256`;
  for (const variant of secretVariants(secret))
    for (const hash of ['sha256', 'sha384', 'sha512'])
      if (equal(createHmac(hash, variant.key).update(signed).digest(), signature))
        return `the signature fits where ${variant.what}${hash === 'sha256' ? '' : ` and HS${hash.slice(3)} is used`}: ${variant.remedy}`;
  return undefined;
}

interface SecretVariant {
  readonly what: string;
  readonly remedy: string;
  readonly key: Uint8Array | string;
}

const AS_TEXT = 'let the signer use the secret as text, as the server does';
const BOTH_SIDES = 'give both sides the same characters';

/** What commonly happens to a secret on the way to the signer. */
function secretVariants(secret: string): SecretVariant[] {
  const variants: SecretVariant[] = [];
  const add = (what: string, remedy: string, key: Uint8Array | string | undefined) => {
    if (key !== undefined && key.length > 0 && key !== secret) variants.push({ what, remedy, key });
  };
  const trimmed = secret.trim();
  add('the secret is trimmed', BOTH_SIDES, trimmed);
  add('a line feed stands behind the secret', BOTH_SIDES, `${secret}\n`);
  add('CR LF stands behind the secret', BOTH_SIDES, `${secret}\r\n`);
  add('the secret stands in double quotes', BOTH_SIDES, `"${secret}"`);
  add('the secret stands in single quotes', BOTH_SIDES, `'${secret}'`);
  if (/^(["']).*\1$/s.test(trimmed)) add('the quotes around the secret are removed', BOTH_SIDES, trimmed.slice(1, -1));
  if (/^(?:[0-9a-fA-F]{2})+$/.test(trimmed))
    add('the secret is decoded from hexadecimal', AS_TEXT, Buffer.from(trimmed, 'hex'));
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed))
    add('the secret is decoded from base64', AS_TEXT, Buffer.from(trimmed, 'base64'));
  add('the secret is written in capitals', BOTH_SIDES, secret.toUpperCase());
  add('the secret is written in small letters', BOTH_SIDES, secret.toLowerCase());
  add('the secret is encoded in base64', BOTH_SIDES, Buffer.from(secret).toString('base64'));
  add('the secret is encoded in hexadecimal', BOTH_SIDES, Buffer.from(secret).toString('hex'));
  return variants;
}

/** At the first two dots; undefined where there are fewer. */
function splitToken(token: string): readonly [string, string, string] | undefined {
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first === -1 || second === -1) return undefined;
  return [token.slice(0, first), token.slice(first + 1, second), token.slice(second + 1)];
}

function decodeJson(part: string): JsonValue | undefined {
  const bytes = decodeBase64Url(part);
  return bytes === undefined ? undefined : parseJson(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
}

/** As Java's URL decoder: padding may be there or not, nothing outside the alphabet. */
function decodeBase64Url(part: string): Uint8Array | undefined {
  const match = /^([A-Za-z0-9_-]*)(={0,2})$/.exec(part);
  if (match === null) return undefined;
  const [, body = '', padding = ''] = match;
  if (body.length % 4 === 1 || (padding !== '' && (body.length + padding.length) % 4 !== 0)) return undefined;
  return Buffer.from(body, 'base64url');
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function corrupt(check: TokenFailure['check'], because: string, hint?: string): SignatureResult {
  return { ok: false, failure: { check, productMessage: CORRUPT, because, ...(hint === undefined ? {} : { hint }) } };
}

function notANumber(check: 'exp' | 'nbf' | 'iat'): TokenFailure {
  return {
    check,
    productMessage: null,
    because: `${check} is not a number of seconds, which ends the check with an error`,
  };
}

/** Absent, null and false count as not there. */
function present(value: JsonValue | undefined): JsonValue | undefined {
  return value === null || value === false ? undefined : value;
}
