/**
 * A payload file's text → the envelope to resolve. The documents in it stay texts, cut out where they stand, so that the product's
 * own decoding sees what `JSON.parse` would hide: duplicate keys, number texts, lone surrogates.
 */
import type { PayloadEnvelope } from '../products/product.js';
import { type JsonMember, type JsonNode, JsonSyntaxError, parseJsonTree } from '../text/json-tree.js';
import { type Body, PlainBody, TextBody } from './body.js';
import { isAnswer, isTable } from './envelope.js';

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
  const value = quickly(text);
  if (value !== undefined) {
    if (!isEnvelope(Object.keys(value))) return bareEnvelope(bare, documentBody(text, value));
    if (isPlainJson(text, value)) return plainEnvelope(text, value);
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
  let possible = keys.length > 0;
  let onlyName = true;
  for (const key of keys) {
    if (CERTAIN.has(key)) return true;
    if (!POSSIBLE.has(key)) possible = false;
    if (key !== 'name') onlyName = false;
  }
  return possible && !onlyName;
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

/** Nothing is hidden in the text: the decoded values can be taken as they are. */
function plainEnvelope(text: string, value: Readonly<Record<string, unknown>>): PayloadEnvelope {
  const body = (path: readonly string[], found: unknown): unknown =>
    typeof found === 'string' ? found : new PlainBody(found, () => cut(text, path));
  const result: Record<string, unknown> = { ...value };
  for (const key of DOCUMENTS) {
    const found = value[key];
    if (found === undefined) continue;
    result[key] = isAnswer(found)
      ? found.body === undefined
        ? found
        : { status: found.status, body: body([key, 'body'], found.body) }
      : body([key], found);
  }
  if (isTable(value['http'])) {
    const answers: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [url, found] of Object.entries(value['http']))
      answers[url] =
        isTable(found) && found['body'] !== undefined
          ? { ...found, body: body(['http', url, 'body'], found['body']) }
          : found;
    result['http'] = answers;
  }
  return result;
}

/** The text of the value at a path that is known to be there. */
function cut(text: string, path: readonly string[]): string {
  let node = parseJsonTree(text);
  for (const key of path)
    if (node.kind === 'object') node = node.members.findLast((member) => member.key === key)!.value;
  return text.slice(node.start, node.end);
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

/** What JSON.parse makes of a text; undefined where it is no object. */
function quickly(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The decoded value itself where it is known that Go decodes this text to it, else the text. */
function documentBody(text: string, value: Readonly<Record<string, unknown>>): Body {
  return isPlainJson(text, value) ? new PlainBody(value, () => text) : new TextBody(text);
}

/* ---- proof that JSON.parse and Go agree ---- */

/** Beyond this many characters the nesting might exceed what Go accepts. */
const SHALLOW = 20_000;

/** Escapes that could stand for a letter of a field name, or for a surrogate. */
const CAREFUL_ESCAPE = /\\u(?:00[4-7]|017|212|[dD][89a-fA-F])/;

/** The fields of the documents that are read from decoded values: a source of generic OAuth, grafana.com's user. */
const FIELDS = [
  'attributes',
  'display_name',
  'email',
  'id',
  'login',
  'name',
  'orgs',
  'role',
  'sub',
  'upn',
  'username',
] as const;

const FIELD_NAMES: ReadonlySet<string> = new Set(FIELDS);
const LONGEST_FIELD = Math.max(...FIELDS.map((name) => name.length));

/** Every key, whatever its depth, that fills a field, in any case. */
const FIELD_KEYS = new RegExp(`"(?:${FIELDS.map(anyCase).join('|')})"\\s*:`, 'g');
const EXACT = /^"[a-z_]+"/;

function anyCase(name: string): string {
  return name.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}${letter === 's' ? '\u017f' : ''}]`);
}

/**
 * True where Go decodes the text to exactly what JSON.parse made of it, and no field key stands in it twice in one object or in
 * another case: as many field keys are written as there are in the value. False means only: not shown that cheaply.
 */
export function isPlainJson(text: string, root: unknown): boolean {
  if (text.length > SHALLOW || /[\ud800-\udfff]/.test(text)) return false;
  if (text.includes('\\') && CAREFUL_ESCAPE.test(text)) return false;
  const counted = countFieldKeys(root);
  if (counted < 0) return false;
  let written = 0;
  FIELD_KEYS.lastIndex = 0;
  for (let match = FIELD_KEYS.exec(text); match !== null; match = FIELD_KEYS.exec(text)) {
    if (!EXACT.test(match[0])) return false;
    written++;
  }
  return written === counted;
}

/** How many keys of the value fill a field; negative where a number is infinite, which Go refuses. */
function countFieldKeys(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NEGATIVE_INFINITY;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item !== 'string') count += countFieldKeys(item);
    return count;
  }
  for (const key in value) {
    if (key.length <= LONGEST_FIELD && FIELD_NAMES.has(key)) count++;
    const item = (value as Record<string, unknown>)[key];
    if (typeof item !== 'string') count += countFieldKeys(item);
  }
  return count;
}
