/**
 * The documents an expression can be tried on: a claims object or any other JSON, a JWT's claims, or what a recorded login
 * carries. Decoded as Go decodes them, since that is what Grafana's expressions see.
 */

import { decodeGoJson } from '../text/go-json.js';
import { decodeToken } from '../token/decode.js';
import { Body } from './body.js';
import { PayloadError, readPayload } from './payload.js';
import type { PayloadEnvelope } from './resolver.js';

export type DocumentSource = 'document' | 'id_token' | 'userinfo' | 'access_token';

export type ExpressionDocument = { readonly source: DocumentSource } & (
  | { readonly value: unknown; readonly error?: undefined }
  | { readonly error: string; readonly value?: undefined }
);

/** In the order Grafana asks them. */
const SOURCES = ['id_token', 'userinfo', 'access_token'] as const;

/**
 * The documents in a payload text. A recorded login has several, everything else one.
 * @throws PayloadError where the text is neither JSON nor a JWT.
 */
export function expressionDocuments(text: string): readonly ExpressionDocument[] {
  const content = text.replace(/^\ufeff/, '').trim();
  if (!content.startsWith('{') && !/^"?ey/.test(content)) return [whole(text)];
  const envelope = readPayload(text);
  const { userinfo } = envelope;
  // Claims on their own are read as UserInfo.
  if (Object.keys(envelope).length === 1 && userinfo instanceof Body && userinfo.text.trim().length >= content.length)
    return [bodyOf('document', userinfo)];
  return SOURCES.flatMap((source) => {
    const document = documentOf(envelope, source);
    return document === undefined ? [] : [document];
  });
}

/** Any JSON text; a syntax error has a place in it. */
function whole(text: string): ExpressionDocument {
  const decoded = decodeGoJson(text);
  if (decoded.error === undefined) return { source: 'document', value: decoded.value };
  if (decoded.error.partial !== undefined) return { source: 'document', error: decoded.error.message };
  throw new PayloadError(`the payload is no JSON: ${decoded.error.message}`, decoded.error.offset);
}

function documentOf(envelope: PayloadEnvelope, source: (typeof SOURCES)[number]): ExpressionDocument | undefined {
  if (source === 'userinfo') return fromAnswer(source, envelope.userinfo);
  if (source === 'id_token' && envelope.id_token_claims !== undefined)
    return fromAnswer(source, envelope.id_token_claims);
  const answer = envelope.token;
  const inAnswer =
    typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>)[source] : undefined;
  const token = envelope[source] ?? inAnswer;
  if (typeof token !== 'string') return undefined;
  const decoded = decodeToken(token);
  if ('failure' in decoded) return source === 'access_token' ? undefined : { source, error: decoded.failure.message };
  const { claims } = decoded.token;
  return claims === undefined ? undefined : { source, value: claims };
}

function fromAnswer(source: DocumentSource, given: unknown): ExpressionDocument | undefined {
  if (given === undefined) return undefined;
  if (given instanceof Body) return bodyOf(source, given);
  if (typeof given === 'string') {
    const decoded = decodeGoJson(given);
    return decoded.error === undefined ? { source, value: decoded.value } : { source, error: decoded.error.message };
  }
  if (typeof given === 'object' && given !== null && 'body' in given) return fromAnswer(source, given.body);
  return undefined;
}

function bodyOf(source: DocumentSource, body: Body): ExpressionDocument {
  const decoded = body.document();
  return decoded.ok ? { source, value: decoded.value } : { source, error: decoded.error };
}
