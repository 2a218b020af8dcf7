/**
 * The part of Jinja that can be told without running Ansible: text around `{{ … }}` with literals, lists, `~`, a few filters, and
 * variables of the same file. Everything else is left open. Source: forms overview §9.
 */

/** What an expression comes to: a value of Python, or why it is not known. */
export type JinjaValue = string | number | boolean | null | readonly JinjaValue[];

export type JinjaResult =
  | { readonly known: true; readonly text: string }
  /** `undefined`: a variable that nothing defines. */
  | { readonly known: false; readonly reason: 'open' | 'undefined' | 'syntax'; readonly name?: string };

/** @returns the value of a variable, `undefined` where it is not defined, `OPEN` where that is not known */
export type Lookup = (name: string) => JinjaValue | undefined | typeof OPEN;

/** A value that only the running tool knows. */
export const OPEN = Symbol('open');

class Unknown extends Error {
  constructor(
    readonly reason: 'open' | 'undefined' | 'syntax',
    readonly variable?: string,
  ) {
    super(reason);
  }
}

/** Whether a text is more than itself to Jinja. */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text);
}

/** Fills a text in; never throws. */
export function renderJinja(text: string, lookup: Lookup): JinjaResult {
  let made = '';
  let at = 0;
  try {
    while (at < text.length) {
      const open = /\{[{%#]/g;
      open.lastIndex = at;
      const found = open.exec(text);
      if (!found) return { known: true, text: made + text.slice(at) };
      made += text.slice(at, found.index);
      const close = { '{{': '}}', '{%': '%}', '{#': '#}' }[found[0]]!;
      const inside = found.index + 2;
      const end = endOf(text, inside, close);
      if (end === -1) throw new Unknown('syntax');
      const body = text.slice(inside, end).replace(/^[-+]|[-+]$/g, '');
      if (found[0] === '{%') {
        const raw = /^\s*raw\s*$/.test(body) ? /\{%-?\s*endraw\s*-?%\}/.exec(text.slice(end)) : null;
        if (!raw) throw new Unknown('open');
        made += text.slice(end + 2, end + raw.index);
        at = end + raw.index + raw[0].length;
        continue;
      }
      if (found[0] === '{{') made += pythonText(new Reader(body, lookup).read());
      at = end + 2;
    }
    return { known: true, text: made };
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return {
      known: false,
      reason: error.reason,
      ...(error.variable === undefined ? {} : { name: error.variable }),
    };
  }
}

/** The end marker that is not inside a quoted text. */
function endOf(text: string, from: number, close: string): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (close === '}}' && (char === "'" || char === '"')) quote = char;
    else if (text.startsWith(close, at)) return at;
  }
  return -1;
}

class Reader {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly lookup: Lookup,
  ) {}

  read(): JinjaValue {
    const value = this.#joined();
    this.#blanks();
    if (this.#at < this.text.length) throw new Unknown('open');
    return value;
  }

  #joined(): JinjaValue {
    let value = this.#filtered();
    for (;;) {
      this.#blanks();
      if (!this.#take('~')) return value;
      value = pythonText(value) + pythonText(this.#filtered());
    }
  }

  #filtered(): JinjaValue {
    let value: JinjaValue | Unknown;
    try {
      value = this.#primary();
    } catch (error) {
      // Only `default` says what an undefined variable is.
      if (!(error instanceof Unknown) || error.reason !== 'undefined') throw error;
      value = error;
    }
    for (;;) {
      this.#blanks();
      if (!this.#take('|')) {
        if (value instanceof Unknown) throw value;
        return value;
      }
      const name = this.#name();
      const given = this.#arguments();
      value = filter(name, value, given);
    }
  }

  #primary(): JinjaValue {
    this.#blanks();
    const { text } = this;
    const char = text[this.#at];
    if (char === "'" || char === '"') return this.#quoted(char);
    if (this.#take('[')) return this.#list(']');
    if (this.#take('(')) {
      const value = this.#joined();
      this.#blanks();
      if (!this.#take(')')) throw new Unknown('open');
      return value;
    }
    const number = /^-?\d+(?:\.\d+)?/.exec(text.slice(this.#at))?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      return Number(number);
    }
    const name = this.#name();
    if (/^(?:true|True)$/.test(name)) return true;
    if (/^(?:false|False)$/.test(name)) return false;
    if (/^(?:none|None)$/.test(name)) return null;
    const next = text[this.#at];
    if (next === '.' || next === '[' || next === '(') throw new Unknown('open', name);
    const found = this.lookup(name);
    if (found === OPEN) throw new Unknown('open', name);
    if (found === undefined) throw new Unknown('undefined', name);
    return found;
  }

  #quoted(quote: string): string {
    let made = '';
    for (let at = this.#at + 1; at < this.text.length; at++) {
      const char = this.text[at]!;
      if (char === quote) {
        this.#at = at + 1;
        return made;
      }
      if (char === '\\' && at + 1 < this.text.length) {
        const next = this.text[++at]!;
        made += { n: '\n', t: '\t', r: '\r' }[next] ?? (next === quote || next === '\\' ? next : `\\${next}`);
      } else made += char;
    }
    throw new Unknown('syntax');
  }

  #list(close: string): JinjaValue[] {
    const items: JinjaValue[] = [];
    for (;;) {
      this.#blanks();
      if (this.#take(close)) return items;
      items.push(this.#joined());
      this.#blanks();
      if (!this.#take(',') && this.text[this.#at] !== close) throw new Unknown('open');
    }
  }

  #arguments(): readonly JinjaValue[] {
    return this.#take('(') ? this.#list(')') : [];
  }

  #name(): string {
    this.#blanks();
    const name = /^[A-Za-z_]\w*(?:\.[a-z_]\w*(?=\s*(?:\(|\||$)))?/.exec(this.text.slice(this.#at))?.[0];
    if (name === undefined) throw new Unknown('syntax');
    this.#at += name.length;
    return name;
  }

  #blanks(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at++;
  }

  #take(sign: string): boolean {
    if (this.text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }
}

function filter(name: string, value: JinjaValue | Unknown, given: readonly JinjaValue[]): JinjaValue {
  const short = name.replace(/^ansible\.builtin\./, '');
  if (short === 'default' || short === 'd') {
    if (value instanceof Unknown) return given[0] ?? '';
    return given[1] === true && !value ? (given[0] ?? '') : value;
  }
  if (value instanceof Unknown) throw value;
  switch (short) {
    case 'to_json':
      return pythonJson(value);
    case 'string':
      return pythonText(value);
    case 'bool':
      return typeof value === 'string' ? /^(?:yes|true|on|1|y|t)$/i.test(value) : Boolean(value);
    case 'lower':
      return pythonText(value).toLowerCase();
    case 'upper':
      return pythonText(value).toUpperCase();
    case 'trim':
      return pythonText(value).trim();
    case 'join':
      if (Array.isArray(value)) return value.map(pythonText).join(pythonText(given[0] ?? ''));
      break;
  }
  throw new Unknown('open');
}

/** `str()` of Python. */
export function pythonText(value: JinjaValue): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** `repr()` of Python, as lists and maps show what is in them. */
export function pythonRepr(value: JinjaValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = value
      .replaceAll('\\', '\\\\')
      .replaceAll('\n', '\\n')
      .replaceAll('\t', '\\t')
      .replaceAll('\r', '\\r')
      .replaceAll(quote, quote === "'" ? "\\'" : '"');
    return quote + escaped + quote;
  }
  return `[${value.map(pythonRepr).join(', ')}]`;
}

/** `json.dumps` of Python: a blank behind every comma, what is not ASCII escaped. */
function pythonJson(value: JinjaValue): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
