/**
 * Decoding JSON into a fixed shape as Go's `encoding/json` fills a struct: field names match in any case, the last duplicate
 * wins, `null` leaves what is there, objects and lists met twice are merged, one wrong type makes the whole decoding fail.
 */
import type { JsonNode } from '../text/json-tree.js';

export type Shape =
  | { readonly type: 'string' }
  | { readonly type: 'bool' }
  /** 64-bit; decoded as its decimal text, so nothing is lost. */
  | { readonly type: 'int' }
  | { readonly type: 'list'; readonly item: Shape }
  | { readonly type: 'map'; readonly value: Shape }
  | { readonly type: 'struct'; readonly name: string; readonly fields: Readonly<Record<string, Shape>> };

export const STRING: Shape = { type: 'string' };
export const BOOL: Shape = { type: 'bool' };
export const INT: Shape = { type: 'int' };

export type StructValue = { [field: string]: Decoded };
export type Decoded = string | boolean | null | Decoded[] | Map<string, Decoded> | StructValue;

/** The JSON is fine, its types are not; the message is Go's. */
export class JsonTypeError extends Error {
  /** What stood there: `number`, `array`, … */
  readonly found: string;
  /** Path of the field, empty for the document itself. */
  readonly field: string;
  readonly wanted: string;

  constructor(found: string, field: string, owner: string, wanted: string) {
    super(
      field === ''
        ? `json: cannot unmarshal ${found} into Go value of type ${wanted}`
        : `json: cannot unmarshal ${found} into Go struct field ${owner}.${field} of type ${wanted}`,
    );
    this.name = 'JsonTypeError';
    this.found = found;
    this.field = field;
    this.wanted = wanted;
  }
}

/** Decodes a document. Throws JsonTypeError at the first value of a wrong type. */
export function decodeShape(node: JsonNode, shape: Shape): Decoded {
  return fill(node, shape, zero(shape), { path: '', owner: '' });
}

interface Place {
  readonly path: string;
  readonly owner: string;
}

function zero(shape: Shape): Decoded {
  switch (shape.type) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
      return '0';
    case 'struct':
      return Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, zero(field)]));
    default:
      return null;
  }
}

function fill(node: JsonNode, shape: Shape, current: Decoded, place: Place): Decoded {
  if (node.kind === 'null') return shape.type === 'list' || shape.type === 'map' ? null : current;
  switch (shape.type) {
    case 'string':
      if (node.kind === 'string') return node.value;
      break;
    case 'bool':
      if (node.kind === 'boolean') return node.value;
      break;
    case 'int':
      if (node.kind === 'number') return integer(node.text, place);
      break;
    case 'list':
      if (node.kind === 'array') {
        const before = Array.isArray(current) ? current : [];
        return node.items.map((item, index) => fill(item, shape.item, before[index] ?? zero(shape.item), place));
      }
      break;
    case 'map':
      if (node.kind === 'object') {
        const map = current instanceof Map ? current : new Map<string, Decoded>();
        for (const member of node.members)
          map.set(member.key, fill(member.value, shape.value, zero(shape.value), place));
        return map;
      }
      break;
    case 'struct':
      if (node.kind === 'object') {
        const value = current as StructValue;
        for (const member of node.members) {
          const field = fieldOf(shape.fields, member.key);
          if (field === undefined) continue;
          const path = place.path === '' ? field : `${place.path}.${field}`;
          value[field] = fill(member.value, shape.fields[field]!, value[field]!, { path, owner: shape.name });
        }
        return value;
      }
      break;
  }
  throw new JsonTypeError(node.kind === 'boolean' ? 'bool' : node.kind, place.path, place.owner, typeName(shape));
}

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);

function integer(text: string, place: Place): string {
  if (/^-?\d+$/.test(text)) {
    const value = BigInt(text);
    if (value >= MIN_INT && value <= MAX_INT) return value.toString();
  }
  throw new JsonTypeError(`number ${text}`, place.path, place.owner, 'int');
}

/**
 * The struct field a key fills: equal under simple case folding. Field names are ASCII, so beyond the letters themselves only
 * U+017F (ſ) and U+212A (the Kelvin sign) fold into them.
 */
export function fieldOf(fields: Readonly<Record<string, Shape>>, key: string): string | undefined {
  if (Object.hasOwn(fields, key)) return key;
  const folded = foldKey(key);
  return Object.hasOwn(fields, folded) ? folded : undefined;
}

export function foldKey(key: string): string {
  return key.replace(/[A-Z\u017f\u212a]/g, (letter) =>
    letter === '\u017f' ? 's' : letter === '\u212a' ? 'k' : letter.toLowerCase(),
  );
}

function typeName(shape: Shape): string {
  switch (shape.type) {
    case 'list':
      return `[]${typeName(shape.item)}`;
    case 'map':
      return `map[string]${typeName(shape.value)}`;
    case 'struct':
      return shape.name === '' ? 'struct' : shape.name;
    default:
      return shape.type;
  }
}
