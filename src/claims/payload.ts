/**
 * A payload file's text → the envelope to resolve. The documents in it stay texts, cut out where they stand, so that the product's
 * own decoding sees what `JSON.parse` would hide: duplicate keys, number texts, lone surrogates.
 */

import { nesting } from '../text/go-json.js';
import { type JsonMember, type JsonNode, JsonSyntaxError, parseJsonTree } from '../text/json-tree.js';
import { type Body, PlainBody, TextBody } from './body.js';
import { isAnswer, isTable } from './envelope.js';
import { foldKey } from './go-struct.js';
import type { PayloadEnvelope } from './resolver.js';

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
    if (!isEnvelope(value)) return bareEnvelope(bare, documentBody(text, value));
    if (isPlainJson(text, value, true)) return plainEnvelope(text, value);
  }
  const node = parse(text, shift);
  if (node.kind !== 'object') throw new PayloadError('the payload is no object', shift);
  if (!isEnvelope(Object.fromEntries(node.members.map((member) => [member.key, true]))))
    return bareEnvelope(bare, new TextBody(text));
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

/** One certain key, or only possible ones. */
function isEnvelope(value: Readonly<Record<string, unknown>>): boolean {
  let possible = true;
  let onlyName = true;
  for (const key in value) {
    if (!POSSIBLE.has(key)) possible = false;
    else if (CERTAIN.has(key)) return true;
    else if (key !== 'name') onlyName = false;
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
  return textBody(text.slice(node.start, node.end));
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

/** A document that came as text of its own, such as the payload of a token. */
export function textBody(text: string): Body {
  const value = quickly(text);
  return value === undefined ? new TextBody(text) : documentBody(text, value);
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

/** A text this short cannot be nested too deeply for a walk over its value. */
const SHORT = 2_000;
const DEEPEST = 1_000;
const SURROGATE = /[\ud800-\udfff]/;
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/**
 * True where Go decodes the text to exactly what JSON.parse made of it, no key stands in it twice in one object, and none fills a
 * field of a struct in another case. `deep`: the documents stand somewhere in `root`, which is not one itself. False means only:
 * not shown that cheaply.
 */
export function isPlainJson(text: string, root: unknown, deep = false): boolean {
  if (SURROGATE.test(text) || (text.length > SHORT && nesting(text) > DEEPEST)) return false;
  if (text.includes('\\u') && SURROGATE_ESCAPE.test(text)) return false;
  // as many keys are written as there are in the value: none was lost
  return writtenKeys(text) === keysOf(root, true, deep);
}

/**
 * How many keys are written: colons behind a quote that is not escaped. Never fewer than there are; more where a text begins with
 * a colon, and NaN where blanks before a colon leave it open.
 */
function writtenKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before <= 0x20) return Number.NaN;
    if (before !== 0x22) continue;
    let slashes = 0;
    while (text.charCodeAt(at - 2 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) count++;
  }
  return count;
}

/** How many keys a value has in all; NaN where a number is infinite, which Go refuses, or a field's name is in another case. */
function keysOf(value: unknown, top: boolean, deep: boolean): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item !== 'string') count += keysOf(item, false, deep);
    return count;
  }
  for (const key in value) {
    if ((top || deep) && isVariant(key)) return Number.NaN;
    const item = (value as Readonly<Record<string, unknown>>)[key];
    count += typeof item === 'string' ? 1 : 1 + keysOf(item, false, deep);
  }
  return count;
}

/** The fields of the documents that are read from decoded values: a source of generic OAuth, grafana.com's user. */
const FIELDS: ReadonlySet<string> = new Set([
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
]);

/** Payloads have the same keys over and over. */
const variants = new Map<string, boolean>();
const MOST_VARIANTS = 10_000;

function isVariant(key: string): boolean {
  let variant = variants.get(key);
  if (variant === undefined) {
    variant = !FIELDS.has(key) && FIELDS.has(foldKey(key));
    if (variants.size < MOST_VARIANTS) variants.set(key, variant);
  }
  return variant;
}
