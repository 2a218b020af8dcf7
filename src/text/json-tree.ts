/**
 * JSON read without losing anything a Go program sees and `JSON.parse` hides: every duplicate of a key, numbers as written, the
 * place of each value. Accepts and refuses the texts Go's `encoding/json` does (10,000 levels at most) and says so in its words.
 */

import { quoteByte, wellFormed } from './go-json.js';

export type JsonNode =
  | { readonly kind: 'object'; readonly start: number; end: number; readonly members: JsonMember[] }
  | { readonly kind: 'array'; readonly start: number; end: number; readonly items: JsonNode[] }
  | { readonly kind: 'string'; readonly start: number; readonly end: number; readonly value: string }
  | { readonly kind: 'number'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly start: number; readonly end: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly start: number; readonly end: number };

export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly value: JsonNode;
}

/** Not JSON; the message is Go's, `offset` counts UTF-16 code units from 0. */
export class JsonSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
  }
}

/** As deep as Go goes. */
const MAX_DEPTH = 10_000;

/** Reads one JSON document. Throws JsonSyntaxError. */
export function parseJsonTree(text: string): JsonNode {
  return new Reader(text).document();
}

type Container = Extract<JsonNode, { members: unknown } | { items: unknown }>;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonNode {
    const stack: Container[] = [];
    let key: { key: string; keyStart: number } | undefined;
    this.#blanks();
    while (true) {
      // a value begins here
      let done: JsonNode | undefined;
      const start = this.#at;
      const character = this.#text[start];
      if (character === '{' || character === '[') {
        if (stack.length >= MAX_DEPTH) throw new JsonSyntaxError('exceeded max depth', start);
        const node: Container =
          character === '{'
            ? { kind: 'object', start, end: start, members: [] }
            : { kind: 'array', start, end: start, items: [] };
        this.#at++;
        this.#blanks();
        if (stack.length > 0 || key !== undefined) attach(stack[stack.length - 1]!, key, node);
        if (this.#text[this.#at] === (character === '{' ? '}' : ']')) {
          node.end = ++this.#at;
          done = node;
        } else {
          stack.push(node);
          key = node.kind === 'object' ? this.#key('looking for beginning of object key string') : undefined;
          continue;
        }
      } else {
        done = this.#scalar();
        if (stack.length > 0) attach(stack[stack.length - 1]!, key, done);
      }
      // and ends here, perhaps with the ones around it
      while (true) {
        this.#blanks();
        const parent = stack[stack.length - 1];
        if (parent === undefined) {
          if (this.#at < this.#text.length) this.#unexpected('after top-level value');
          return done;
        }
        const next = this.#text[this.#at];
        if (next === ',') {
          this.#at++;
          this.#blanks();
          key = parent.kind === 'object' ? this.#key('looking for beginning of object key string') : undefined;
          break;
        }
        if (next !== (parent.kind === 'object' ? '}' : ']'))
          this.#unexpected(parent.kind === 'object' ? 'after object key:value pair' : 'after array element');
        parent.end = ++this.#at;
        stack.pop();
        done = parent;
      }
    }
  }

  #key(context: string): { key: string; keyStart: number } {
    const keyStart = this.#at;
    if (this.#text[this.#at] !== '"') this.#unexpected(context);
    const key = this.#string();
    this.#blanks();
    if (this.#text[this.#at] !== ':') this.#unexpected('after object key');
    this.#at++;
    this.#blanks();
    return { key, keyStart };
  }

  #scalar(): JsonNode {
    const start = this.#at;
    const character = this.#text[start];
    switch (character) {
      case '"': {
        const value = this.#string();
        return { kind: 'string', start, end: this.#at, value };
      }
      case 't':
        this.#literal('true');
        return { kind: 'boolean', start, end: this.#at, value: true };
      case 'f':
        this.#literal('false');
        return { kind: 'boolean', start, end: this.#at, value: false };
      case 'n':
        this.#literal('null');
        return { kind: 'null', start, end: this.#at };
      default:
        if (character !== '-' && !isDigit(character)) this.#unexpected('looking for beginning of value');
        this.#number();
        return { kind: 'number', start, end: this.#at, text: this.#text.slice(start, this.#at) };
    }
  }

  #literal(word: string): void {
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) this.#unexpected(`in literal ${word} (expecting '${letter}')`, true);
      this.#at++;
    }
  }

  #number(): void {
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (this.#text[this.#at] === 'e' || this.#text[this.#at] === 'E') {
      this.#at++;
      if (this.#text[this.#at] === '+' || this.#text[this.#at] === '-') this.#at++;
      this.#digits('in exponent of numeric literal');
    }
  }

  #digits(context: string): void {
    if (!isDigit(this.#text[this.#at])) this.#unexpected(context, true);
    while (isDigit(this.#text[this.#at])) this.#at++;
  }

  /** A string, its opening quote being here. Lone surrogates become U+FFFD, as they do in Go's UTF-8. */
  #string(): string {
    const text = this.#text;
    let at = this.#at + 1;
    let from = at;
    let result = '';
    while (true) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        result += text.slice(from, at);
        this.#at = at + 1;
        return wellFormed(result);
      }
      if (code === 0x5c) {
        result += text.slice(from, at);
        this.#at = at + 1;
        result += this.#escape();
        at = this.#at;
        from = at;
      } else if (code < 0x20 || Number.isNaN(code)) {
        this.#at = at;
        this.#unexpected('in string literal');
      } else at++;
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at];
    const short = letter === undefined ? undefined : ESCAPES[letter];
    if (short !== undefined) {
      this.#at++;
      return short;
    }
    if (letter !== 'u') this.#unexpected('in string escape code', true);
    this.#at++;
    for (let count = 0; count < 4; count++) {
      const digit = this.#text[this.#at];
      if (digit === undefined || !/[0-9A-Fa-f]/.test(digit))
        this.#unexpected('in \\u hexadecimal character escape', true);
      this.#at++;
    }
    return String.fromCharCode(Number.parseInt(this.#text.slice(this.#at - 4, this.#at), 16));
  }

  #blanks(): void {
    while (true) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  /** `inToken`: there Go looks at a blank behind the end of the text; elsewhere it speaks of the end. */
  #unexpected(context: string, inToken = false): never {
    if (this.#at >= this.#text.length && !inToken) throw new JsonSyntaxError('unexpected end of JSON input', this.#at);
    throw new JsonSyntaxError(`invalid character ${quoteByte(this.#text, this.#at)} ${context}`, this.#at);
  }
}

function attach(parent: Container, key: { key: string; keyStart: number } | undefined, value: JsonNode): void {
  if (parent.kind === 'object') parent.members.push({ key: key!.key, keyStart: key!.keyStart, value });
  else parent.items.push(value);
}

const ESCAPES: Record<string, string | undefined> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
