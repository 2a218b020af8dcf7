/**
 * The payload of a JWT as Grafana takes it: nothing is verified, but the form is strict. Source: the study of Grafana's
 * resolution, "JWT".
 */
import { inflateSync } from 'node:zlib';
import { type JsonNode, JsonSyntaxError, parseJsonTree } from '../text/json-tree.js';
import { decodeUtf8 } from '../text/utf8.js';

export type JwtPayload =
  | { readonly ok: true /** JSON text, not yet read. */; readonly text: string }
  | { readonly ok: false /** Why it is no token, for people. */; readonly reason: string };

const THREE_PARTS = /^([-_a-zA-Z0-9=]+)\.([-_a-zA-Z0-9=]+)\.([-_a-zA-Z0-9=]+)$/;

/** What a compressed payload may grow to; nothing a provider sends comes near. */
const MAX_INFLATED = 256 * 1024 * 1024;

/** Takes a token apart; never throws. */
export function jwtPayload(token: string): JwtPayload {
  const parts = THREE_PARTS.exec(token);
  if (!parts) return { ok: false, reason: describeForm(token) };
  const [, first, second] = parts as unknown as [string, string, string];
  const header = rawBase64Url(first);
  if (header === undefined) return { ok: false, reason: `its header is no unpadded base64url${padding(first)}` };
  const payload = rawBase64Url(second);
  if (payload === undefined) return { ok: false, reason: `its payload is no unpadded base64url${padding(second)}` };
  const problem = header.toString('latin1') === PLAIN_HEADER ? undefined : headerProblem(header);
  if (problem?.reason !== undefined) return { ok: false, reason: problem.reason };
  if (!problem?.compressed) return { ok: true, text: decodeUtf8(payload) };
  try {
    return { ok: true, text: decodeUtf8(inflateSync(payload, { maxOutputLength: MAX_INFLATED })) };
  } catch (error) {
    return {
      ok: false,
      reason: `its header says "zip": "DEF" and the payload cannot be inflated as zlib (${(error as Error).message}); raw deflate is not read`,
    };
  }
}

/** The header most tokens have; known to be harmless. */
const PLAIN_HEADER = '{"alg":"RS256","typ":"JWT"}';

function headerProblem(header: Buffer): { reason?: string; compressed: boolean } {
  let node: JsonNode;
  try {
    node = parseJsonTree(decodeUtf8(header));
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      return { reason: `its header is not JSON: ${error.message}`, compressed: false };
    throw error;
  }
  if (node.kind === 'null') return { compressed: false };
  if (node.kind !== 'object') return { reason: `its header is JSON, but no object (${node.kind})`, compressed: false };
  const huge = findHugeNumber(node);
  if (huge !== undefined) return { reason: `its header holds a number out of range (${huge})`, compressed: false };
  const zip = node.members.findLast((member) => member.key === 'zip')?.value;
  if (zip === undefined) return { compressed: false };
  if (zip.kind === 'string' && zip.value === 'DEF') return { compressed: true };
  const written = zip.kind === 'string' ? `"${zip.value}"` : zip.kind;
  return { reason: `its header has "zip": ${written}; only "DEF" is known`, compressed: false };
}

/** A number beyond float64 anywhere in it; Go refuses the document. */
export function findHugeNumber(node: JsonNode): string | undefined {
  const todo = [node];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (next.kind === 'number' && !Number.isFinite(Number(next.text))) return next.text;
    if (next.kind === 'array') todo.push(...next.items);
    if (next.kind === 'object') for (const member of next.members) todo.push(member.value);
  }
  return undefined;
}

/** Base64url without padding; unused bits at the end may be anything. Undefined where Go refuses it. */
export function rawBase64Url(text: string): Buffer | undefined {
  if (text.length % 4 === 1 || text.includes('=')) return undefined;
  return Buffer.from(text, 'base64url');
}

function padding(part: string): string {
  return part.includes('=') ? ' (it is padded with "=")' : '';
}

function describeForm(token: string): string {
  if (token === '') return 'it is empty';
  if (token !== token.trim()) return 'it has white space around it';
  if (/^bearer /i.test(token)) return 'it begins with "Bearer "';
  const parts = token.split('.');
  if (parts.length === 5) return 'it has five parts: an encrypted token (JWE) cannot be read';
  if (parts.length !== 3) return `it has ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, a JWT has three`;
  if (parts[2] === '') return 'its signature part is empty';
  if (parts.some((part) => part === '')) return 'one of its parts is empty';
  return 'it holds characters that are not base64url';
}
