/**
 * The part of Jinja that says the same wherever it runs: literals, `~`, a few filters, and variables whose values are at hand.
 * Everything else is not known here.
 */

export type JinjaValue = string | number | boolean | null | readonly JinjaValue[];

export type JinjaOutcome =
  | { readonly kind: 'value'; readonly value: JinjaValue }
  /** Not known without a run of Ansible. */
  | { readonly kind: 'unknown'; readonly what: string }
  /** A variable that is set nowhere. */
  | { readonly kind: 'undefined'; readonly name: string };

/** The value of a variable; `null` where it is known to be set nowhere, undefined where that is not known here. */
export type JinjaLookup = (name: string) => JinjaOutcome | null | undefined;

const UNKNOWN = (what: string): JinjaOutcome => ({ kind: 'unknown', what });

/** A text with `{{ … }}` in it; one that is nothing else keeps the type of its expression, as Ansible has it. Never throws. */
export function renderJinja(text: string, lookup: JinjaLookup): JinjaOutcome {
  if (/\{%/.test(text)) return UNKNOWN('Jinja');
  const parts = text.replace(/\{#[\s\S]*?#\}/g, '').split(/\{\{([\s\S]*?)\}\}/);
  if (parts.some((part, index) => index % 2 === 0 && part.includes('{{'))) return UNKNOWN('Jinja');
  if (parts.length === 3 && parts[0]!.trim() === '' && parts[2]!.trim() === '') return evaluate(parts[1]!, lookup);
  let made = '';
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      made += part;
      continue;
    }
    const outcome = evaluate(part, lookup);
    if (outcome.kind !== 'value') return outcome;
    made += pythonText(outcome.value);
  }
  return { kind: 'value', value: made };
}

/** As Python prints a value in a text. */
export function pythonText(value: JinjaValue): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

function pythonRepr(value: JinjaValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return `[${value.map(pythonRepr).join(', ')}]`;
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** Python's `json.dumps`: a blank behind commas and colons, everything but ASCII by its number. */
function pythonJson(value: JinjaValue): string {
  if (Array.isArray(value)) return `[${value.map((item: JinjaValue) => pythonJson(item)).join(', ')}]`;
  return JSON.stringify(value).replace(
    /[\x7f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

class NotKnown extends Error {
  constructor(readonly outcome: JinjaOutcome) {
    super();
  }
}

function evaluate(source: string, lookup: JinjaLookup): JinjaOutcome {
  try {
    const expression = new Expression(source.replace(/^-|-$/g, ''), lookup);
    return { kind: 'value', value: expression.whole() };
  } catch (error) {
    if (error instanceof NotKnown) return error.outcome;
    throw error;
  }
}

const TOKEN = /\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|([~|()[\],]))/y;
const MAX_DEPTH = 50;

class Expression {
  #at = 0;
  #depth = 0;

  constructor(
    private readonly source: string,
    private readonly lookup: JinjaLookup,
  ) {}

  whole(): JinjaValue {
    const value = this.#joined();
    if (this.source.slice(this.#at).trim() !== '') this.#giveUp();
    return value;
  }

  #joined(): JinjaValue {
    if (++this.#depth > MAX_DEPTH) this.#giveUp();
    let value = this.#filtered();
    while (this.#take('~')) value = pythonText(value) + pythonText(this.#filtered());
    this.#depth--;
    return value;
  }

  #filtered(): JinjaValue {
    let value: JinjaValue | undefined;
    let missing: JinjaOutcome | undefined;
    try {
      value = this.#primary();
    } catch (error) {
      // `default` stands in for what is set nowhere.
      if (!(error instanceof NotKnown) || error.outcome.kind !== 'undefined') throw error;
      missing = error.outcome;
    }
    while (this.#take('|')) {
      const name = this.#next()[3];
      const args = this.#take('(') ? this.#list(')') : [];
      if (name === 'default' || name === 'd') {
        if (missing || (args[1] === true && (value === '' || value === null || value === false))) value = args[0] ?? '';
        missing = undefined;
      } else if (missing) throw new NotKnown(missing);
      else value = this.#filter(name, value!, args);
    }
    if (missing) throw new NotKnown(missing);
    return value!;
  }

  #filter(name: string | undefined, value: JinjaValue, args: readonly JinjaValue[]): JinjaValue {
    switch (name) {
      case 'to_json':
        return pythonJson(value);
      case 'string':
        return pythonText(value);
      case 'lower':
        return pythonText(value).toLowerCase();
      case 'upper':
        return pythonText(value).toUpperCase();
      case 'trim':
        return pythonText(value).trim();
      case 'join':
        return Array.isArray(value)
          ? value.map((item: JinjaValue) => pythonText(item)).join(pythonText(args[0] ?? ''))
          : this.#giveUp();
      default:
        return this.#giveUp();
    }
  }

  #primary(): JinjaValue {
    const [, text, number, name, sign] = this.#next();
    if (text !== undefined) return unquoted(text);
    if (number !== undefined) return Number(number);
    if (sign === '[') return this.#list(']');
    if (sign === '(') {
      const value = this.#joined();
      if (!this.#take(')')) this.#giveUp();
      return value;
    }
    if (name === undefined) return this.#giveUp();
    if (/^(?:true|True)$/.test(name)) return true;
    if (/^(?:false|False)$/.test(name)) return false;
    if (/^(?:none|None)$/.test(name)) return null;
    const outcome = this.lookup(name);
    if (outcome?.kind === 'value') return outcome.value;
    throw new NotKnown(outcome ?? (outcome === null ? { kind: 'undefined', name } : UNKNOWN(name)));
  }

  #list(close: string): JinjaValue[] {
    const items: JinjaValue[] = [];
    while (!this.#take(close)) {
      items.push(this.#joined());
      if (this.#take(',')) continue;
      if (this.#take(close)) break;
      this.#giveUp();
    }
    return items;
  }

  #next(): RegExpExecArray {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.source);
    if (!found) return this.#giveUp();
    this.#at = TOKEN.lastIndex;
    return found;
  }

  #take(sign: string): boolean {
    const blanks = /^\s*/.exec(this.source.slice(this.#at))![0].length;
    if (this.source[this.#at + blanks] !== sign) return false;
    this.#at += blanks + 1;
    return true;
  }

  #giveUp(): never {
    const what = this.source.trim();
    throw new NotKnown(UNKNOWN(what.length > 60 ? 'Jinja' : what));
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\([\s\S])/g, (all, char: string) =>
      char in ESCAPES ? ESCAPES[char]! : /["'\\]/.test(char) ? char : all,
    );
}
