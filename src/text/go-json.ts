/**
 * JSON text as Go's encoding/json decodes it into an untyped value: what Grafana's attribute paths are evaluated on.
 *
 * Differences to `JSON.parse` (all seen in runs of Grafana's own code): a number outside float64 is an error, a lone surrogate
 * becomes U+FFFD, more than 10,000 levels are an error. Alike are: last duplicate wins, strict grammar, no byte order mark.
 */

export interface GoJsonError {
  /** In Go's own words, as they stand in Grafana's log. */
  readonly message: string;
  /** UTF-16 code units from 0: the offending character, or the length of the text at its end. */
  readonly offset: number;
  /**
   * Set where the text is well-formed and only a number does not fit into float64: Go reports the error and has decoded
   * everything else by then, with null in that number's place.
   */
  readonly partial?: { readonly value: unknown };
}

export type GoJsonResult =
  | { readonly value: unknown; readonly error?: undefined }
  | { readonly error: GoJsonError; readonly value?: undefined };

/** Go's limit of nested arrays and objects. */
export const MAX_JSON_DEPTH = 10_000;

/** A text with none of these is decoded alike by `JSON.parse`: exponents and digit runs that may overflow, surrogates. */
const NEEDS_CARE = /\d[eE]\+?\d{3}|\d{200}|\\u[dD][89a-fA-F]|\p{Surrogate}/u;

/**
 * Decodes one JSON document. Never throws. `outOfRange` stands in the partial value where a number does not fit into float64;
 * Go leaves null there.
 */
export function decodeGoJson(text: string, outOfRange: unknown = null): GoJsonResult {
  if (!NEEDS_CARE.test(text) && (text.length <= MAX_JSON_DEPTH || nesting(text) <= MAX_JSON_DEPTH)) {
    try {
      return { value: JSON.parse(text) };
    } catch {
      // The reader below says what is wrong, and where.
    }
  }
  return new GoJsonReader(text, outOfRange).read();
}

/** Sets an own property whatever its name (`__proto__` included). */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else (target as Record<string, unknown>)[key] = value;
}

/** Deepest nesting of brackets outside strings; exact for well-formed texts. */
export function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
    } else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > deepest) deepest = depth;
    } else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return deepest;
}

class Problem {
  constructor(
    readonly message: string,
    readonly offset: number,
  ) {}
}

interface Open {
  readonly container: unknown[] | Record<string, unknown>;
  key: string;
}

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

/** A reader without recursion, so that depth costs no stack; its errors name places as Go's do. */
class GoJsonReader {
  #at = 0;
  #overflow: Problem | undefined;

  constructor(
    readonly text: string,
    readonly outOfRange: unknown,
  ) {}

  read(): GoJsonResult {
    try {
      const value = this.#document();
      if (this.#overflow === undefined) return { value };
      return { error: { message: this.#overflow.message, offset: this.#overflow.offset, partial: { value } } };
    } catch (problem) {
      if (problem instanceof Problem) return { error: { message: problem.message, offset: problem.offset } };
      throw problem;
    }
  }

  #document(): unknown {
    const stack: Open[] = [];
    let value: unknown;
    for (;;) {
      // A value begins here.
      this.#blanks();
      const char = this.text[this.#at];
      if (char === '[' || char === '{') {
        if (stack.length === MAX_JSON_DEPTH) throw new Problem('exceeded max depth', this.#at);
        this.#at++;
        const open: Open = { container: char === '[' ? [] : {}, key: '' };
        this.#blanks();
        if (this.text[this.#at] === (char === '[' ? ']' : '}')) {
          this.#at++;
          value = open.container;
        } else {
          stack.push(open);
          if (char === '{') this.#key(open);
          continue;
        }
      } else value = this.#scalar(char);

      // A value has ended: give it to what it stands in, and close what ends with it.
      for (;;) {
        const open = stack[stack.length - 1];
        if (open === undefined) {
          this.#blanks();
          if (this.#at < this.text.length) throw this.#unexpected('after top-level value');
          return value;
        }
        const isArray = Array.isArray(open.container);
        if (isArray) (open.container as unknown[]).push(value);
        else setOwn(open.container, open.key, value);
        this.#blanks();
        const next = this.text[this.#at];
        if (next === ',') {
          this.#at++;
          if (!isArray) this.#key(open);
          break;
        }
        if (next !== (isArray ? ']' : '}'))
          throw this.#unexpected(isArray ? 'after array element' : 'after object key:value pair');
        this.#at++;
        value = open.container;
        stack.pop();
      }
    }
  }

  #key(open: Open): void {
    this.#blanks();
    if (this.text[this.#at] !== '"') throw this.#unexpected('looking for beginning of object key string');
    open.key = this.#string();
    this.#blanks();
    if (this.text[this.#at] !== ':') throw this.#unexpected('after object key');
    this.#at++;
  }

  #scalar(char: string | undefined): unknown {
    switch (char) {
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) return this.#number();
        throw this.#unexpected('looking for beginning of value');
    }
  }

  #word<T>(word: string, value: T): T {
    for (let n = 1; n < word.length; n++) {
      this.#at++;
      if (this.text[this.#at] !== word[n])
        throw this.#unexpected(`in literal ${word} (expecting '${word[n]}')`, /* blankAtEnd */ true);
    }
    this.#at++;
    return value;
  }

  #number(): unknown {
    const start = this.#at;
    if (this.text[this.#at] === '-') this.#at++;
    if (this.text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (this.text[this.#at] === 'e' || this.text[this.#at] === 'E') {
      this.#at++;
      if (this.text[this.#at] === '+' || this.text[this.#at] === '-') this.#at++;
      this.#digits('in exponent of numeric literal');
    }
    const written = this.text.slice(start, this.#at);
    const value = Number(written);
    if (Number.isFinite(value)) return value;
    this.#overflow ??= new Problem(`json: cannot unmarshal number ${written} into Go value of type float64`, start);
    return this.outOfRange;
  }

  #digits(where: string): void {
    const start = this.#at;
    while (isDigit(this.text.charCodeAt(this.#at))) this.#at++;
    if (this.#at === start) throw this.#unexpected(where, true);
  }

  #string(): string {
    let result = '';
    let start = ++this.#at;
    for (;;) {
      const unit = this.text.charCodeAt(this.#at);
      if (Number.isNaN(unit)) throw new Problem('unexpected end of JSON input', this.text.length);
      if (unit < 0x20) throw this.#unexpected('in string literal');
      if (unit === 0x22) {
        result += this.text.slice(start, this.#at++);
        return wellFormed(result);
      }
      if (unit !== 0x5c) {
        this.#at++;
        continue;
      }
      result += this.text.slice(start, this.#at++);
      const char = this.text[this.#at] ?? '';
      if (char === 'u') {
        result += String.fromCharCode(this.#hex());
      } else {
        const plain = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined;
        if (plain === undefined) throw this.#unexpected('in string escape code', true);
        result += plain;
        this.#at++;
      }
      start = this.#at;
    }
  }

  #hex(): number {
    let value = 0;
    this.#at++;
    for (let n = 0; n < 4; n++, this.#at++) {
      const digit = Number.parseInt(this.text[this.#at] ?? '', 16);
      if (Number.isNaN(digit)) throw this.#unexpected('in \\u hexadecimal character escape', true);
      value = value * 16 + digit;
    }
    return value;
  }

  #blanks(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at++;
    }
  }

  /** Inside a token Go looks at a blank behind the end of the text; elsewhere it speaks of the end. */
  #unexpected(where: string, blankAtEnd = false): Problem {
    if (this.#at >= this.text.length && !blankAtEnd)
      return new Problem('unexpected end of JSON input', this.text.length);
    return new Problem(`invalid character ${quoteByte(this.text, this.#at)} ${where}`, this.#at);
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Every surrogate without its partner becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The first byte of the character as Go quotes it. */
export function quoteByte(text: string, at: number): string {
  if (at >= text.length) return "' '";
  const char = String.fromCodePoint(text.codePointAt(at)!);
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  const byte = new TextEncoder().encode(char)[0]!;
  const special: Record<number, string> = {
    7: '\\a',
    8: '\\b',
    9: '\\t',
    10: '\\n',
    11: '\\v',
    12: '\\f',
    13: '\\r',
    92: '\\\\',
  };
  const named = special[byte];
  if (named !== undefined) return `'${named}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  // Bytes from 0x80 to 0xa0 and the soft hyphen are not printable as Latin-1 characters.
  if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad) return `'\\u00${byte.toString(16)}'`;
  return `'${String.fromCharCode(byte)}'`;
}
