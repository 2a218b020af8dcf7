/**
 * JSON with its numbers as written. The server keeps the difference of 1 and 1.0 and all digits of a big number, which
 * JSON.parse loses. As there, the last of several equal keys wins and text behind the value is ignored.
 */
import { NumberText } from './java-number.js';

export type JsonValue = string | boolean | null | NumberText | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** Undefined where the text is not JSON. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return new JsonParser(text).value(0);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The same from parsed data, where number texts are lost already. */
export function fromPlain(value: unknown, depth = 0): JsonValue {
  if (depth > MAX_DEPTH) return null;
  if (typeof value === 'number') return new NumberText(JSON.stringify(value) ?? 'null');
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => fromPlain(item, depth + 1));
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, item]) => [key, fromPlain(item, depth + 1)]));
  return null;
}

/** As plain data, for output. */
export function toPlain(value: JsonValue): unknown {
  if (value instanceof NumberText) return value.value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Map) return plainObject(value as JsonObject);
  return value;
}

export function plainObject(map: JsonObject): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of map)
    Object.defineProperty(result, key, { value: toPlain(value), enumerable: true, configurable: true, writable: true });
  return result;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

const MAX_DEPTH = 500;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw new SyntaxError('nested too deeply');
    this.#blank();
    const char = this.#text[this.#at];
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#list(depth);
    if (char === '"') return this.#string();
    for (const [word, value] of WORDS)
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text);
    if (number === null) throw new SyntaxError('a value is missing');
    this.#at = NUMBER.lastIndex;
    return new NumberText(number[0]);
  }

  #object(depth: number): JsonObject {
    const result = new Map<string, JsonValue>();
    this.#at++;
    this.#blank();
    if (this.#take('}')) return result;
    for (;;) {
      this.#blank();
      if (this.#text[this.#at] !== '"') throw new SyntaxError('a key is missing');
      const key = this.#string();
      this.#blank();
      if (!this.#take(':')) throw new SyntaxError('a colon is missing');
      result.set(key, this.value(depth + 1));
      this.#blank();
      if (this.#take('}')) return result;
      if (!this.#take(',')) throw new SyntaxError('a comma is missing');
    }
  }

  #list(depth: number): JsonValue[] {
    const result: JsonValue[] = [];
    this.#at++;
    this.#blank();
    if (this.#take(']')) return result;
    for (;;) {
      result.push(this.value(depth + 1));
      this.#blank();
      if (this.#take(']')) return result;
      if (!this.#take(',')) throw new SyntaxError('a comma is missing');
    }
  }

  #string(): string {
    let result = '';
    this.#at++;
    for (;;) {
      PLAIN.lastIndex = this.#at;
      result += PLAIN.exec(this.#text)![0];
      this.#at = PLAIN.lastIndex;
      if (this.#take('"')) return result;
      if (!this.#take('\\')) throw new SyntaxError('a text does not end');
      const char = this.#text[this.#at++] ?? '';
      if (char === 'u') {
        const hex = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new SyntaxError('a bad escape');
        result += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 4;
      } else {
        const plain = ESCAPES[char];
        if (plain === undefined) throw new SyntaxError('a bad escape');
        result += plain;
      }
    }
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #blank(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }
}

const WORDS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
