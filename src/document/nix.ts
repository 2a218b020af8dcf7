/**
 * The literals of a Nix file with their places: attribute sets, texts, lists, numbers and words. What must be evaluated (functions,
 * `let`, `if`, names) is open. Source: the Nix manual, "Language: Data types, Syntax".
 */
import type { Span } from '../text/source.js';

export type NixValue =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly span: Span;
      /** One for each character of `text`. */
      readonly places: readonly Span[];
      /** Something is filled in with `${…}`; `text` is as written. */
      readonly open: boolean;
      readonly quote: 'double' | 'indented';
    }
  | { readonly kind: 'word'; readonly value: boolean | number | null; readonly text: string; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly NixValue[]; readonly span: Span }
  | { readonly kind: 'set'; readonly bindings: readonly NixBinding[]; readonly span: Span }
  /** Must be evaluated; sets that stand in it are read all the same. */
  | { readonly kind: 'open'; readonly inner: readonly NixValue[]; readonly span: Span };

export interface NixBinding {
  /** `services.grafana."auth.x"` as three names. */
  readonly path: readonly { readonly name: string; readonly span: Span }[];
  readonly value: NixValue;
}

const DEEPEST = 200;

/** Reads a text; never throws. What is no Nix is read as far as it goes. */
export function parseNix(text: string): NixValue {
  return new Reader(text).file();
}

class Reader {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  file(): NixValue {
    this.#blanks();
    // Bindings without a set around them: an excerpt of a module.
    const start = this.#at;
    const bindings = this.#bindings('');
    if (bindings.length > 0) return { kind: 'set', bindings, span: { start, end: this.#at } };
    this.#at = start;
    return this.#expression('');
  }

  /** Up to `end` or a `;` at this level. */
  #expression(end: string): NixValue {
    const start = this.#at;
    const parts: NixValue[] = [];
    let isOpen = false;
    while (this.#at < this.text.length) {
      this.#blanks();
      const char = this.text[this.#at];
      if (char === undefined || char === ';' || char === end || char === '}' || char === ']' || char === ')') break;
      const part = this.#part();
      if (part) parts.push(part);
      else isOpen = true;
    }
    const [only] = parts;
    if (!isOpen && parts.length === 1) return only!;
    return { kind: 'open', inner: parts, span: { start, end: Math.max(start, this.#trimmedEnd()) } };
  }

  /** One operand; undefined where it must be evaluated. */
  #part(): NixValue | undefined {
    const { text } = this;
    const start = this.#at;
    const char = text[start]!;
    if (char === '"') return this.#quoted();
    if (text.startsWith("''", start)) return this.#indented();
    if (this.#depth > DEEPEST) {
      this.#at = text.length;
      return undefined;
    }
    this.#depth++;
    try {
      if (char === '[') return this.#list();
      if (char === '{') return this.#set();
      if (char === '(') {
        this.#at++;
        const inner = this.#expression(')');
        this.#skip(')');
        return inner;
      }
    } finally {
      this.#depth--;
    }
    const number = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])/.exec(text.slice(start, start + 40))?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      return { kind: 'word', value: Number(number), text: number, span: { start, end: this.#at } };
    }
    const word = /^[A-Za-z_][\w'-]*/.exec(text.slice(start, start + 200))?.[0];
    if (word === undefined) {
      this.#at++;
      return undefined;
    }
    this.#at += word.length;
    const isPath = text[this.#at] === '.';
    const value = isPath ? undefined : { true: true, false: false, null: null }[word];
    if (value === undefined) {
      // `let … in` and `with …;` hold a `;` that ends nothing.
      if (word === 'let') this.#bindings('in');
      else if (word === 'with') {
        this.#expression('');
        this.#skip(';');
      }
      return undefined;
    }
    return { kind: 'word', value, text: word, span: { start, end: this.#at } };
  }

  #set(): NixValue | undefined {
    const start = this.#at;
    const formals = /^\{[^{}=;"]*\}\s*(?:@\s*\w+\s*)?:/.exec(this.text.slice(start, start + 4000))?.[0];
    if (formals !== undefined) {
      this.#at += formals.length;
      return undefined;
    }
    this.#at++;
    const bindings = this.#bindings('}');
    this.#skip('}');
    return { kind: 'set', bindings, span: { start, end: this.#at } };
  }

  #bindings(end: string): NixBinding[] {
    const found: NixBinding[] = [];
    while (this.#at < this.text.length) {
      this.#blanks();
      if (this.text[this.#at] === '}' || this.#at >= this.text.length) break;
      if (end === 'in' && /^in\b/.test(this.text.slice(this.#at, this.#at + 3))) {
        this.#at += 2;
        break;
      }
      const before = this.#at;
      const path = this.#path();
      this.#blanks();
      if (path.length > 0 && this.text[this.#at] === '=' && this.text[this.#at + 1] !== '=') {
        this.#at++;
        this.#blanks();
        found.push({ path, value: this.#expression('') });
        this.#blanks();
        this.#skip(';');
        continue;
      }
      if (end === '' && found.length === 0) {
        this.#at = before;
        break;
      }
      // `inherit (x) a b;` and what is none of it.
      this.#expression('');
      if (!this.#skip(';') && this.#at === before) this.#at++;
    }
    return found;
  }

  #path(): NixBinding['path'] {
    const path: { name: string; span: Span }[] = [];
    for (;;) {
      const start = this.#at;
      if (this.text[start] === '"') {
        const name = this.#quoted();
        if (name.kind !== 'text') return [];
        path.push({ name: name.text, span: { start: start + 1, end: Math.max(start + 1, this.#at - 1) } });
      } else {
        const name = /^[A-Za-z_][\w'-]*/.exec(this.text.slice(start, start + 200))?.[0];
        if (name === undefined) return path;
        this.#at += name.length;
        path.push({ name, span: { start, end: this.#at } });
      }
      this.#blanks();
      if (this.text[this.#at] !== '.') return path;
      this.#at++;
      this.#blanks();
    }
  }

  #list(): NixValue {
    const start = this.#at++;
    const items: NixValue[] = [];
    while (this.#at < this.text.length) {
      this.#blanks();
      const char = this.text[this.#at];
      if (char === ']' || char === undefined) break;
      const from = this.#at;
      items.push(this.#part() ?? { kind: 'open', inner: [], span: { start: from, end: this.#at } });
    }
    this.#skip(']');
    return { kind: 'list', items, span: { start, end: this.#at } };
  }

  #quoted(): NixValue {
    const { text } = this;
    const start = this.#at;
    let made = '';
    const places: Span[] = [];
    let open = false;
    let at = start + 1;
    const put = (sign: string, length: number) => {
      made += sign;
      for (let count = 0; count < sign.length; count++) places.push({ start: at, end: at + length });
      at += length;
    };
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\\' && at + 1 < text.length) {
        const next = text[at + 1]!;
        put({ n: '\n', t: '\t', r: '\r' }[next] ?? next, 2);
      } else if (text.startsWith('$${', at)) put('$$', 2);
      else if (text.startsWith('${', at)) {
        open = true;
        const end = this.#antiquotation(at);
        while (at < end) put(text[at]!, 1);
      } else put(text[at]!, 1);
    }
    this.#at = Math.min(at + 1, text.length);
    return { kind: 'text', text: made, span: { start, end: this.#at }, places, open, quote: 'double' };
  }

  #indented(): NixValue {
    const { text } = this;
    const start = this.#at;
    const signs: { sign: string; place: Span; written: boolean }[] = [];
    let open = false;
    let at = start + 2;
    const put = (sign: string, length: number, written = true) => {
      signs.push({ sign, place: { start: at, end: at + length }, written });
      at += length;
    };
    while (at < text.length) {
      if (text.startsWith("'''", at)) put("''", 3, false);
      else if (text.startsWith("''$", at)) put('$', 3, false);
      else if (text.startsWith("''\\", at) && at + 3 < text.length) {
        const next = text[at + 3]!;
        put({ n: '\n', t: '\t', r: '\r' }[next] ?? next, 4, false);
      } else if (text.startsWith("''", at)) break;
      else if (text.startsWith('${', at)) {
        open = true;
        const end = this.#antiquotation(at);
        while (at < end) put(text[at]!, 1, false);
      } else put(text[at]!, 1);
    }
    this.#at = Math.min(at + 2, text.length);
    const kept = withoutIndentation(signs);
    return {
      kind: 'text',
      text: kept.map(({ sign }) => sign).join(''),
      span: { start, end: this.#at },
      places: kept.flatMap(({ sign, place }) => Array.from({ length: sign.length }, () => place)),
      open,
      quote: 'indented',
    };
  }

  /** Behind the `}` that closes a `${`. */
  #antiquotation(from: number): number {
    let depth = 0;
    for (let at = from + 1; at < this.text.length; at++) {
      if (this.text[at] === '{') depth++;
      else if (this.text[at] === '}' && --depth === 0) return at + 1;
    }
    return this.text.length;
  }

  #blanks(): void {
    const blank = /(?:\s+|#[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.text)?.[0].length ?? 0;
  }

  #skip(sign: string): boolean {
    if (this.text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #trimmedEnd(): number {
    let end = this.#at;
    while (end > 0 && /\s/.test(this.text[end - 1]!)) end--;
    return end;
  }
}

type Sign = { readonly sign: string; readonly place: Span; readonly written: boolean };

/** The first line goes where it is blank, and every line loses the indentation all of them share. */
function withoutIndentation(signs: readonly Sign[]): readonly Sign[] {
  const lines: Sign[][] = [[]];
  for (const sign of signs) {
    lines[lines.length - 1]!.push(sign);
    if (sign.sign === '\n' && sign.written) lines.push([]);
  }
  const indents = lines
    .map((line) => line.findIndex(({ sign, written }) => sign !== ' ' || !written))
    .filter((at, index) => at !== -1 && lines[index]![at]!.sign !== '\n');
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  const cut = lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    const isBlank = line.every(({ sign, written }) => written && (sign === ' ' || sign === '\n'));
    if (index === 0 && isBlank && lines.length > 1) return [];
    if (isBlank) return isLast ? [] : line.filter(({ sign }) => sign === '\n');
    return line.slice(shared);
  });
  return cut.flat();
}
