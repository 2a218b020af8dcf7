/**
 * A payload file's text → the envelope to resolve. The documents in it stay texts, cut out where they stand, so that the product's
 * own decoding sees what `JSON.parse` would hide: duplicate keys, number texts, lone surrogates.
 */
import type { PayloadEnvelope } from '../products/product.js';
import { type JsonMember, type JsonNode, JsonSyntaxError, parseJsonTree } from '../text/json-tree.js';
import { type Body, PlainBody, TextBody } from './body.js';

/** The text is no payload. `offset` counts UTF-16 code units from 0. */
export class PayloadError extends Error {
  readonly offset: number | undefined;
  readonly hint: string | undefined;

  constructor(message: string, offset?: number, hint?: string) {
    super(message);
    this.name = 'PayloadError';
    this.offset = offset;
    this.hint = hint;
  }
}

export type BareClaims = 'userinfo' | 'id_token' | 'access_token';

/** Keys that hold documents as they came over the wire. */
const DOCUMENTS = new Set(['id_token_claims', 'userinfo', 'emails', 'teams', 'orgs']);
/** Keys that only an envelope has. */
const CERTAIN = new Set(['id_token', 'id_token_claims', 'token', 'userinfo', 'http', 'settings', 'request', 'headers']);
/** Keys an envelope may have besides; claims may be called so, too. */
const POSSIBLE = new Set([
  ...CERTAIN,
  'access_token',
  'emails',
  'teams',
  'orgs',
  'name',
  'expect',
  'product',
  'config',
  'server',
  'organizations',
  'section',
  'state',
  'policies',
  'provider',
  'key',
  'now',
  'formatVersion',
  'kind',
  'recordedAt',
  'exchanges',
]);

const MAYBE_CERTAIN = /"(?:id_token|id_token_claims|token|userinfo|http|settings|request|headers)"\s*:/;
const TOKEN = /^(?:[a-z0-9-_|]+:)?[-_A-Za-z0-9=]+\.[-_A-Za-z0-9=]*\.[-_A-Za-z0-9=]*(?:\.[-_A-Za-z0-9=]*){0,2}$/;

/**
 * Reads one payload: a JWT, a claims object (of the source `bare`), or an envelope.
 * @throws PayloadError
 */
export function readPayload(text: string, bare: BareClaims = 'userinfo'): PayloadEnvelope {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const content = (start === 0 ? text : text.slice(1)).trim();
  if (content === '') throw new PayloadError('the payload is empty', 0, 'it is a claims object, a JWT, or an envelope');
  if (content.startsWith('{')) return readObject(text.slice(start), start, bare);
  if (TOKEN.test(content)) return { id_token: content };
  if (content.startsWith('"')) {
    const node = parse(text.slice(start), start);
    if (node.kind === 'string' && TOKEN.test(node.value)) return { id_token: node.value };
    throw new PayloadError('the payload is a text, and no JWT', start);
  }
  if (content.startsWith('[')) {
    throw new PayloadError(
      'the payload is a list',
      text.indexOf('['),
      'for many payloads write one a line and pass --jsonl',
    );
  }
  if (content.startsWith('ey')) {
    const parts = content.split('.').length;
    throw new PayloadError(
      'the payload looks like a JWT and is none',
      start,
      `it has ${parts} ${parts === 1 ? 'part' : 'parts'}, a JWT has three; was it cut?`,
    );
  }
  const node = parse(text.slice(start), start);
  throw new PayloadError(`the payload is a ${node.kind}, not an object`, start);
}

function readObject(text: string, shift: number, bare: BareClaims): PayloadEnvelope {
  if (!MAYBE_CERTAIN.test(text)) {
    const value = quickly(text);
    // Anything that looks like an envelope without a certain key is read with care below.
    if (value !== undefined && !isEnvelope(Object.keys(value))) return bareEnvelope(bare, documentBody(text, value));
  }
  const node = parse(text, shift);
  if (node.kind !== 'object') throw new PayloadError('the payload is no object', shift);
  if (!isEnvelope(node.members.map((member) => member.key))) return bareEnvelope(bare, new TextBody(text));
  return envelope(node.members, text);
}

/** Claims of a source that is a token stand for a token that carries them. */
function bareEnvelope(bare: BareClaims, body: Body): PayloadEnvelope {
  if (bare === 'userinfo') return { userinfo: body };
  if (bare === 'id_token') return { id_token_claims: body };
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  // Grafana wants three parts that are not empty; nobody looks at the last one.
  return { access_token: `${header}.${Buffer.from(body.text).toString('base64url')}.c2FtcGxl` };
}

function isEnvelope(keys: readonly string[]): boolean {
  return (
    keys.some((key) => CERTAIN.has(key)) ||
    (keys.length > 0 && keys.every((key) => POSSIBLE.has(key)) && keys.some((key) => key !== 'name'))
  );
}

/** Of a key given twice the last one counts, as in JavaScript. */
function envelope(members: readonly JsonMember[], text: string): PayloadEnvelope {
  const result: Record<string, unknown> = {};
  for (const { key, value } of members) {
    if (DOCUMENTS.has(key)) result[key] = document(value, text);
    else if (key === 'http' && value.kind === 'object') {
      const answers: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const member of value.members) answers[member.key] = answer(member.value, text);
      result[key] = answers;
    } else result[key] = plain(value, text);
  }
  return result;
}

/** A text is raw text; `{ status, body }` an answer; anything else a document. */
function document(node: JsonNode, text: string): unknown {
  if (node.kind === 'string') return node.value;
  const isAnswer =
    node.kind === 'object' &&
    node.members.some(({ key, value }) => key === 'status' && value.kind === 'number') &&
    node.members.every(({ key }) => key === 'status' || key === 'body');
  return isAnswer ? answer(node, text) : body(node, text);
}

function answer(node: JsonNode, text: string): unknown {
  if (node.kind !== 'object') return plain(node, text);
  const result: Record<string, unknown> = {};
  for (const { key, value } of node.members) {
    result[key] = key === 'body' ? (value.kind === 'string' ? value.value : body(value, text)) : plain(value, text);
  }
  return result;
}

function body(node: JsonNode, text: string): Body {
  const own = text.slice(node.start, node.end);
  const value = quickly(own);
  return value === undefined ? new TextBody(own) : documentBody(own, value);
}

/** Settings and the like: plain data. */
function plain(node: JsonNode, text: string): unknown {
  return JSON.parse(text.slice(node.start, node.end));
}

function parse(text: string, shift: number): JsonNode {
  try {
    return parseJsonTree(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new PayloadError(`not valid JSON: ${error.message}`, error.offset + shift);
  }
}

function quickly(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keys that fill a field of Grafana's struct, whatever their case. */
const FIELDS = new Set(['sub', 'name', 'display_name', 'login', 'username', 'email', 'upn', 'attributes']);
const FIELD = /"(?:sub|name|display_name|login|username|email|upn|attributes)"\s*:/g;
/** What Go and JavaScript read differently: escapes, numbers near the end of float64, letters that fold to ASCII ones. */
const ODD = /\\u|[eE][+-]?\d{3}|\d{300}|[\u017f\u212a]/;
/** Shallower than any depth Go refuses. */
const SHORT = 10_000;

/** The decoded value itself where it is known that Go decodes this text to it, else the text. */
function documentBody(text: string, value: Record<string, unknown>): Body {
  if (text.length > SHORT || ODD.test(text)) return new TextBody(text);
  let fields = 0;
  for (const key of Object.keys(value)) {
    if (FIELDS.has(key)) fields++;
    else if (key.length <= 12 && FIELDS.has(key.toLowerCase())) return new TextBody(text);
  }
  // Equal counts: no field stands twice at the top; a nested key of such a name costs only speed.
  FIELD.lastIndex = 0;
  let written = 0;
  while (FIELD.test(text)) written++;
  return written === fields ? new PlainBody(value, () => text) : new TextBody(text);
}
