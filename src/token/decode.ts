/**
 * Takes tokens apart. Never verifies: what comes out is what the token says, not what is true.
 */

export interface DecodedToken {
  /** `jws`: signed (or alg none), claims readable. `jwe`: encrypted, only the header can be read. */
  readonly kind: 'jws' | 'jwe';
  readonly header: Readonly<Record<string, unknown>>;
  /** The payload where it is a JSON object. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The payload as text where it is none. */
  readonly payloadText?: string;
  /** A signed token inside the payload (`cty: JWT`). */
  readonly inner?: DecodedToken;
  /** Bytes of the signature; 0 where there is none. */
  readonly signatureBytes: number;
  /** Oddities that do not keep it from being read. */
  readonly notes: readonly string[];
}

export interface DecodeFailure {
  readonly message: string;
  /** Which part is broken: 1 header, 2 payload, 3 signature. */
  readonly part?: number;
  /** What it probably is, or how it came about. */
  readonly because?: string;
}

export type DecodeResult = { readonly token: DecodedToken } | { readonly failure: DecodeFailure };

/** What people paste around a token: quotes, `Bearer `, blanks and line breaks, `tenant:` of GEM. */
export function bareToken(text: string): string {
  let token = text.trim().replace(/^(?:authorization\s*:\s*)?bearer\s+/i, '');
  token = token.replace(/^(['"`])(.*)\1$/s, '$2').trim();
  // A JWT holds no blanks: terminals and mails break long lines.
  if (/^ey[\w\s.=-]+$/.test(token) && token.split('.').length >= 3) token = token.replace(/\s+/g, '');
  const tenant = /^[^:.\s]{1,200}:(ey[\w-]+\.[\w-]*\.[\w-]*)$/.exec(token);
  return tenant ? tenant[1]! : token;
}

/** Whether a text looks like a compact JWS or JWE. */
export function looksLikeToken(text: string): boolean {
  const token = bareToken(text);
  return /^ey[\w-]+=*(?:\.[\w-]*=*){2}$/.test(token) || /^ey[\w-]+(?:\.[\w-]*){4}$/.test(token);
}

/** Takes a compact JWS (RFC 7515, section 7.1) or JWE (RFC 7516, section 7.1) apart. */
export function decodeToken(text: string, depth = 0): DecodeResult {
  const token = bareToken(text);
  const parts = token.split('.');
  if (parts.length !== 3 && parts.length !== 5) return { failure: wrongParts(token, parts.length) };
  const notes: string[] = [];
  const header = part(parts[0]!, 1, notes);
  if ('failure' in header) return header;
  const headerValue = jsonOf(header.bytes);
  if (!isObject(headerValue)) {
    return {
      failure: {
        message: 'the header (first part) is no JSON object',
        part: 1,
        because: 'was a piece cut off at the front?',
      },
    };
  }
  if (parts.length === 5) {
    return { token: { kind: 'jwe', header: headerValue, signatureBytes: 0, notes } };
  }
  const payload = part(parts[1]!, 2, notes);
  if ('failure' in payload) return payload;
  const signature = part(parts[2]!, 3, notes);
  if ('failure' in signature) return signature;
  if (headerValue['zip'] !== undefined)
    notes.push('the payload is compressed (zip), which only encrypted tokens may be');

  const payloadText = new TextDecoder().decode(payload.bytes);
  const value = jsonOf(payload.bytes);
  const common = { kind: 'jws' as const, header: headerValue, signatureBytes: signature.bytes.length };
  if (isObject(value)) {
    for (const name of duplicateNames(payloadText))
      notes.push(`the claim "${name}" occurs more than once; the last one counts`);
    return { token: { ...common, claims: value, notes } };
  }
  if (depth < 4 && looksLikeToken(payloadText)) {
    const inner = decodeToken(payloadText, depth + 1);
    if ('token' in inner) return { token: { ...common, payloadText, inner: inner.token, notes } };
  }
  notes.push('the payload is no JSON object');
  return { token: { ...common, payloadText, notes } };
}

function wrongParts(token: string, count: number): DecodeFailure {
  if (token === '') return { message: 'there is no token: the text is empty' };
  const message = `this is no JWT: it has ${count === 1 ? 'one part' : `${count} parts`} where a signed one has 3 and an encrypted one 5`;
  return {
    message,
    because:
      count === 1
        ? 'an opaque access token or a refresh token cannot be looked into; only its issuer knows what it means'
        : count === 2
          ? 'was the end (the signature) cut off?'
          : undefined,
  };
}

function part(
  text: string,
  number: number,
  notes: string[],
): { readonly bytes: Uint8Array } | { readonly failure: DecodeFailure } {
  const name = ['header', 'payload', 'signature'][number - 1]!;
  const at = text.search(/[^A-Za-z0-9_=-]/);
  if (at !== -1) {
    const standard = /[+/]/.test(text[at]!);
    return {
      failure: {
        message: `the ${name} (part ${number}) has a character that is not base64url: ${JSON.stringify(text[at])} at position ${at + 1} of the part`,
        part: number,
        ...(standard ? { because: 'this is standard base64; tokens use - and _ instead of + and /' } : {}),
      },
    };
  }
  if (text.includes('='))
    notes.push(`the ${name} is padded with "=", which a compact token must not be (RFC 7515, section 2)`);
  const plain = text.replace(/=+$/, '');
  if (plain.includes('=') || plain.length % 4 === 1) {
    return {
      failure: {
        message: `the ${name} (part ${number}) is no base64url text: its length cannot be right`,
        part: number,
        because: 'was a piece cut off?',
      },
    };
  }
  const binary = atob(plain.replaceAll('-', '+').replaceAll('_', '/'));
  return { bytes: Uint8Array.from(binary, (character) => character.charCodeAt(0)) };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names written twice on the top level of a JSON object. */
function duplicateNames(json: string): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  let depth = 0;
  let expectName = false;
  for (const match of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    const word = match[0];
    if (word === '{' || word === '[') {
      depth++;
      expectName = word === '{' && depth === 1;
    } else if (word === '}' || word === ']') depth--;
    else if (word === ',') expectName = depth === 1;
    else if (expectName && depth === 1) {
      expectName = false;
      const name = JSON.parse(word) as string;
      if (seen.has(name)) twice.add(name);
      seen.add(name);
    }
  }
  return [...twice];
}
