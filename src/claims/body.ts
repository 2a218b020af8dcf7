/**
 * A JSON document that reached Grafana: a token's payload or an answer's body. It is decoded twice, as the product does: into a
 * fixed struct, and as a whole for the attribute paths. Both happen on demand and give what Go's `encoding/json` gives.
 */
import { decodeGoJson } from '../text/go-json.js';
import { JsonSyntaxError, type JsonNode, parseJsonTree } from '../text/json-tree.js';

export type Body =
  /** Raw text, as it came. */
  | { readonly text: string; readonly value?: undefined }
  /**
   * Decoded already. `plain`: known to have come from a text that Go decodes to the very same value, without a key twice or in
   * another case where a struct field is filled from it.
   */
  | { readonly text?: undefined; readonly value: unknown; readonly plain: boolean };

export const textBody = (text: string): Body => ({ text });

/** A value a caller gave: what its JSON text says counts, so `undefined` and functions are gone, `toJSON` is applied. */
export function valueBody(value: unknown): Body {
  return { value, plain: false };
}

export type DecodedDocument =
  | { readonly ok: true; readonly value: unknown }
  /** In Go's words. */
  | { readonly ok: false; readonly error: string };

/** The tree with every duplicate. Throws JsonSyntaxError. */
export function bodyTree(body: Body): JsonNode {
  return parseJsonTree(bodyText(body));
}

/** The whole document for attribute paths. */
export function bodyDocument(body: Body): DecodedDocument {
  if (body.text === undefined && body.plain) return { ok: true, value: body.value };
  const decoded = decodeGoJson(bodyText(body));
  return decoded.error === undefined ? { ok: true, value: decoded.value } : { ok: false, error: decoded.error.message };
}

/** Its text; a number that was beyond float64 when a caller decoded it stays one. */
export function bodyText(body: Body): string {
  return body.text ?? writeJson(body.value);
}

function writeJson(value: unknown): string {
  let huge = false;
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) huge = true;
    return typeof item === 'bigint' ? item.toString() : item;
  });
  if (text === undefined) return '';
  return huge ? writeHuge(value) : text;
}

/** `1e999` is what JSON.parse turns into Infinity; NaN cannot come from JSON and is written as null, as JSON.stringify does. */
function writeHuge(value: unknown): string {
  const mark = '\u0001huge\u0001';
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (item === Number.POSITIVE_INFINITY) return mark;
    if (item === Number.NEGATIVE_INFINITY) return `-${mark}`;
    return typeof item === 'bigint' ? item.toString() : item;
  });
  return text.replace(/"(-?)\\u0001huge\\u0001"/g, '$11e999');
}

export function describeSyntax(error: unknown): string {
  if (error instanceof JsonSyntaxError) return error.message;
  throw error;
}
