/**
 * A JSON document that reached Grafana: a token's payload or an answer's body. It is decoded twice, as the product does: into a
 * fixed struct, and as a whole for the attribute paths. Both happen on demand and give what Go's `encoding/json` gives.
 */
import { UsageError } from '../errors.js';
import { decodeGoJson } from '../text/go-json.js';
import { type JsonNode, parseJsonTree } from '../text/json-tree.js';

export type DecodedDocument =
  | { readonly ok: true; readonly value: unknown }
  /** In Go's words. */
  | { readonly ok: false; readonly error: string };

export abstract class Body {
  /** The document as text. */
  abstract get text(): string;

  /**
   * The decoded document where it is known that Go decodes the text to this very value and that no key which fills a struct
   * field stands in it twice or in another case; else undefined.
   */
  readonly plain: { readonly value: unknown } | undefined = undefined;

  /** The tree with every duplicate. Throws JsonSyntaxError. */
  tree(): JsonNode {
    return parseJsonTree(this.text);
  }

  /** The whole document for attribute paths. */
  document(): DecodedDocument {
    const decoded = decodeGoJson(this.text);
    return decoded.error === undefined
      ? { ok: true, value: decoded.value }
      : { ok: false, error: decoded.error.message };
  }
}

/** Raw text, as it came. */
export class TextBody extends Body {
  constructor(readonly text: string) {
    super();
  }
}

/** A value a caller gave: what its JSON text says counts. */
export class ValueBody extends Body {
  #text: string | undefined;

  constructor(readonly value: unknown) {
    super();
  }

  get text(): string {
    if (this.#text === undefined) {
      try {
        this.#text = writeJson(this.value);
      } catch (error) {
        throw new UsageError('a document of the payload cannot be written as JSON', {
          because: error instanceof RangeError ? 'it is nested too deeply' : 'it holds itself',
        });
      }
    }
    return this.#text;
  }
}

/** A value decoded from a text that is known to hold no surprises. `write` gives the text, should it still be needed. */
export class PlainBody extends Body {
  readonly #write: () => string;
  override readonly plain: { readonly value: unknown };

  constructor(value: unknown, write: () => string) {
    super();
    this.plain = { value };
    this.#write = write;
  }

  get text(): string {
    return this.#write();
  }

  override document(): DecodedDocument {
    return { ok: true, value: this.plain.value };
  }
}

/** The JSON text of a value; a number that was beyond float64 when a caller decoded it stays one. */
function writeJson(value: unknown): string {
  let huge = false;
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (item === Number.POSITIVE_INFINITY || item === Number.NEGATIVE_INFINITY) huge = true;
    return typeof item === 'bigint' ? item.toString() : item;
  });
  if (text === undefined) return '';
  return huge ? writeHuge(value) : text;
}

const HUGE = '\u0001huge\u0001';

/** `1e999` is what JSON.parse turns into Infinity. */
function writeHuge(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (item === Number.POSITIVE_INFINITY) return HUGE;
    if (item === Number.NEGATIVE_INFINITY) return `-${HUGE}`;
    return typeof item === 'bigint' ? item.toString() : item;
  });
  return text.replace(/"(-?)\\u0001huge\\u0001"/g, '$11e999');
}
