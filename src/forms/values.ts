/**
 * A YAML text as Go's readers see it: keys and scalars typed, the last of several equal keys, merges applied; each with its
 * place in the file a person edits, also where the text stands inside a scalar of another one.
 */
import type { Piece } from '../document/placed-ini.js';
import { scalarPlaces, type YamlEntry, type YamlNode, type YamlScalar } from '../document/yaml.js';
import type { Span } from '../text/source.js';
import { rewriteScalar, scalarPiece } from './yaml-piece.js';
import { resolveKey, resolveScalar, type YamlDialect, type YamlValue } from './yaml-types.js';

/** A text that spans refer to, and where it stands in the file. */
export interface Placing {
  readonly text: string;
  outer(span: Span): Span;
  /** An edit of the text as one of the file. */
  edit(span: Span, newText: string): Edit | undefined;
}

export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** The file itself. */
export function wholeFile(text: string): Placing {
  return { text, outer: (span) => span, edit: (span, newText) => ({ span, newText }) };
}

/** The text of a scalar: Argo CD's `values: |`. */
export function insideScalar(scalar: YamlScalar, around: Placing): Placing {
  const { text } = scalar;
  let places: readonly (Span | undefined)[] | undefined;
  return {
    text,
    outer({ start, end }) {
      places ??= scalarPlaces(scalar, around.text);
      const first = nearest(places, start);
      const last = end > start ? places[end - 1] : undefined;
      if (!first) return around.outer(scalar.span);
      const from = start >= places.length ? first.end : first.start;
      return around.outer({ start: from, end: end > start ? (last?.end ?? Math.max(first.end, from)) : from });
    },
    edit(span, newText) {
      const edit = rewriteScalar(scalar, around.text, text.slice(0, span.start) + newText + text.slice(span.end));
      return edit && around.edit(edit.span, edit.newText);
    },
  };
}

function nearest(places: readonly (Span | undefined)[], at: number): Span | undefined {
  for (let probe = Math.min(at, places.length - 1); probe >= 0; probe--) if (places[probe]) return places[probe];
  return undefined;
}

export type Value = MapValue | ListValue | ScalarValue;

export interface Field {
  readonly key: string;
  /** Without quotes. */
  readonly keySpan: Span;
  readonly value: Value;
  /** Entries of the same key that this one overrides, in their order. */
  readonly shadowed: readonly Field[];
  /** The key is a map or list, as an unquoted `{{ … }}` makes. */
  readonly isOddKey?: boolean;
}

export interface ListValue {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Value[];
}

export interface ScalarValue {
  readonly kind: 'scalar';
  readonly span: Span;
  /** What a text field gets: as written, without quotes. */
  readonly text: string;
  readonly style: YamlScalar['style'];
  readonly value: YamlValue;
  readonly piece: Piece;
  /** For scalars that hold a text of their own. */
  readonly node?: YamlScalar;
}

export class MapValue {
  readonly kind = 'map';
  readonly span: Span;
  readonly #make: () => readonly Field[];
  #fields: readonly Field[] | undefined;
  #index: ReadonlyMap<string, Field> | undefined;

  constructor(span: Span, make: () => readonly Field[]) {
    this.span = span;
    this.#make = make;
  }

  /** One per key, in the order of first appearance. */
  get fields(): readonly Field[] {
    this.#fields ??= this.#make();
    return this.#fields;
  }

  field(key: string): Field | undefined {
    this.#index ??= new Map(this.fields.map((field) => [field.key, field]));
    return this.#index.get(key);
  }

  get(key: string): Value | undefined {
    return this.field(key)?.value;
  }
}

/** Reads a tree; children of a map only when they are asked for. */
export function toValue(node: YamlNode, placing: Placing, dialect: YamlDialect): Value {
  if (node.kind === 'mapping')
    return new MapValue(placing.outer(node.span), () => readFields(node.entries, placing, dialect));
  if (node.kind === 'sequence')
    return {
      kind: 'list',
      span: placing.outer(node.span),
      items: node.items.map((item) => toValue(item, placing, dialect)),
    };
  return {
    kind: 'scalar',
    span: placing.outer(node.span),
    text: node.text,
    style: node.style,
    value: resolveScalar(node, dialect),
    piece: placedPiece(scalarPiece(node, placing.text), placing),
    node,
  };
}

function readFields(entries: readonly YamlEntry[], placing: Placing, dialect: YamlDialect): Field[] {
  const fields = new Map<string, Field>();
  for (const entry of entries) {
    const { key } = resolveKey(entry, placing.text, dialect);
    const before = fields.get(key);
    const start = placing.text[entry.keySpan.start];
    const field: Field = {
      key,
      keySpan: placing.outer(entry.keySpan),
      value: toValue(entry.value, placing, dialect),
      shadowed: before ? [...before.shadowed, before] : [],
      ...(entry.key === '' && (start === '{' || start === '[') ? { isOddKey: true } : {}),
    };
    fields.set(key, field);
  }
  return [...fields.values()];
}

function placedPiece(piece: Piece, placing: Placing): Piece {
  const probe = placing.outer(piece.span);
  if (probe === piece.span) return piece;
  return {
    span: probe,
    get characters() {
      return piece.characters?.map((place) => place && placing.outer(place));
    },
    rewrite: (text) => {
      const edit = piece.rewrite?.(text);
      return edit && placing.edit(edit.span, edit.newText);
    },
  };
}

/** The value below keys. */
export function valueAt(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let at = value;
  for (const key of keys) at = at?.kind === 'map' ? at.get(key) : undefined;
  return at;
}

export function fieldAt(value: Value | undefined, ...keys: readonly string[]): Field | undefined {
  const last = keys[keys.length - 1];
  const parent = valueAt(value, ...keys.slice(0, -1));
  return last !== undefined && parent?.kind === 'map' ? parent.field(last) : undefined;
}

/** The text of a scalar that is a string; undefined for anything else. */
export function textAt(value: Value | undefined, ...keys: readonly string[]): string | undefined {
  const found = valueAt(value, ...keys);
  return found?.kind === 'scalar' && found.value.type === 'string' ? found.value.text : undefined;
}

export function isNull(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.value.type === 'null';
}

/** Whether a template's `if` takes a value for true. */
export function isTruthy(value: Value | undefined): boolean {
  if (!value) return false;
  if (value.kind === 'map') return value.fields.length > 0;
  if (value.kind === 'list') return value.items.length > 0;
  switch (value.value.type) {
    case 'null':
      return false;
    case 'boolean':
      return value.value.value;
    case 'integer':
      return value.value.value !== 0n;
    case 'float':
      return value.value.value !== 0;
    case 'invalid':
      return true;
    default:
      return value.value.text !== '';
  }
}

/** The place of a key as a piece of made text. */
export function keyPiece(field: Field): Piece {
  const { keySpan, key } = field;
  if (keySpan.end - keySpan.start !== key.length) return { span: keySpan };
  return {
    span: keySpan,
    get characters() {
      return Array.from({ length: key.length }, (_, at) => ({
        start: keySpan.start + at,
        end: keySpan.start + at + 1,
      }));
    },
  };
}
