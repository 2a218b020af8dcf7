/**
 * Values as the libraries see them: decoded JSON plus expression references, with Go's rules for truth, equality, order and text.
 */
import type { ExpressionNode } from './ast.js';

/** `&expression`. A function, so that it is never taken for an object. */
export interface Reference {
  (value: unknown): unknown;
  readonly node: ExpressionNode;
}

export type ValueType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'expref';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What is no JSON value (only a caller's own data can hold it) counts as null. */
export function typeOf(value: unknown): ValueType {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'array' : 'object';
    case 'function':
      return isReference(value) ? 'expref' : 'null';
    default:
      return 'null';
  }
}

/** What a value is called in a message. */
export function kindName(value: unknown): string {
  const type = typeOf(value);
  switch (type) {
    case 'null':
      return 'null';
    case 'array':
      return (value as unknown[]).length === 0 ? 'an empty array' : `an array of ${(value as unknown[]).length}`;
    case 'object':
    case 'expref':
      return `an ${type === 'object' ? 'object' : 'expression reference'}`;
    default:
      return `a ${type}`;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'function' && 'node' in value;
}

/** A member of an object; null where there is none. Names of `Object.prototype` are members only where the document has them. */
export function member(value: unknown, name: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, name)) return null;
  return value[name] ?? null;
}

/** False are null, false, '', [] and {}; zero and NaN are true. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length > 0;
  if (typeof value === 'number') return true;
  if (typeof value !== 'object') return isReference(value);
  if (value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

/** Deep equality as Go's reflect.DeepEqual: the same list or object is equal to itself whatever is in it. */
export function equal(a: unknown, b: unknown, sameReference: (a: Reference, b: Reference) => boolean): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
    if (isReference(a) && isReference(b)) return sameReference(a, b);
    return a === b || (a ?? null) === (b ?? null);
  }
  if (a === b) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let n = 0; n < a.length; n++) if (!equal(a[n], b[n], sameReference)) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys)
    if (!Object.hasOwn(b, key) || !equal((a as JsonObject)[key], (b as JsonObject)[key], sameReference)) return false;
  return true;
}

/** Order of texts by code point, as their UTF-8 bytes compare: negative, zero, positive. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let n = 0; n < length; n++) {
    const left = a.charCodeAt(n);
    const right = b.charCodeAt(n);
    // Surrogates stand for code points above all other units.
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A number as Go's encoding/json writes it; it refuses NaN and the infinities. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const ESCAPED = /["\\<>&\u0000-\u001f\u2028\u2029]|\p{Surrogate}/gu;

function escapeCharacter(char: string): string {
  switch (char) {
    case '"':
      return '\\"';
    case '\\':
      return '\\\\';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default: {
      const unit = char.charCodeAt(0);
      return unit >= 0xd800 && unit <= 0xdfff ? '\\ufffd' : `\\u${unit.toString(16).padStart(4, '0')}`;
    }
  }
}

export interface JsonTextOptions {
  /** What an expression reference is written as; undefined refuses it. */
  readonly reference: string | undefined;
  /** Called with the length of every piece; may throw. */
  readonly spend: (length: number) => void;
  /** Called with what cannot be written, in Go's words; must throw. */
  readonly refuse: (what: string) => never;
}

/** JSON as Go's encoding/json writes it: keys sorted, `<`, `>`, `&`, U+2028 and U+2029 escaped. */
export function jsonText(value: unknown, options: JsonTextOptions): string {
  const write = (item: unknown): string => {
    switch (typeOf(item)) {
      case 'string': {
        const text = `"${(item as string).replace(ESCAPED, escapeCharacter)}"`;
        options.spend(text.length);
        return text;
      }
      case 'number': {
        if (!Number.isFinite(item)) return options.refuse(`unsupported value: ${goNotFinite(item as number)}`);
        return numberText(item as number);
      }
      case 'array': {
        const items = (item as unknown[]).map(write);
        options.spend(items.length + 2);
        return `[${items.join(',')}]`;
      }
      case 'object': {
        const object = item as JsonObject;
        const members = Object.keys(object)
          .sort(compareText)
          .map((key) => `${write(key)}:${write(object[key])}`);
        options.spend(members.length + 2);
        return `{${members.join(',')}}`;
      }
      case 'expref':
        return options.reference ?? options.refuse('unsupported type: func(interface {}) (interface {}, error)');
      default:
        return String(item ?? null);
    }
  };
  return write(value);
}

function goNotFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
