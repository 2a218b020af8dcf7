/**
 * Texts that pass through Helm's `tpl`, as far as a values file alone decides what comes out: literal texts, values of the same
 * file, the release's name. Everything else is unknown. Source: forms, "tpl"; Go's text/template.
 */
import { printed, scalarText } from '../go-values.js';
import { isTruthy, type Value, valueAt } from '../values.js';
import { isTemplateFunction } from './template-functions.js';

export interface TemplateContext {
  /** What `.Values` is. */
  readonly values: Value | undefined;
  /** Keys that the chart itself gives values. */
  readonly chartValues: ReadonlySet<string>;
  /** Undefined: a stand-in is used, and the text counts as unknown. */
  readonly release: string | undefined;
}

export interface Rendered {
  readonly text: string;
  /** For each character its index in what was written, -1 where an action made it; absent where nothing changed. */
  readonly sources?: readonly number[];
  /** Only the running system knows what comes out; `text` is what is written, or holds the stand-in. */
  readonly unknown: boolean;
  /** Values it names that the file does not have and that come out empty. */
  readonly missing: readonly Missing[];
  /** Helm gives up. */
  readonly error?: { readonly message: string; readonly at: number; readonly length: number };
}

export interface Missing {
  /** `.Values.nope`. */
  readonly name: string;
  /** It looks into something that does not exist, which stops Helm. */
  readonly stops: boolean;
  readonly at: number;
  readonly length: number;
}

/** Name of the release where nobody says it. */
const STAND_IN = 'rel';

const CONTROL = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'block', 'template', 'break', 'continue']);
const OPENING = new Set(['if', 'range', 'with', 'define', 'block']);

/** Never throws. */
export function renderTemplate(written: string, context: TemplateContext): Rendered {
  if (!written.includes('{{')) return { text: written, unknown: false, missing: [] };
  return new Renderer(written, context).render();
}

class Broken extends Error {}
/** An action whose outcome the file does not decide. */
class Unknown extends Error {}

interface Token {
  readonly kind: 'word' | 'field' | 'variable' | 'text' | 'number' | 'pipe' | 'open' | 'close' | 'other';
  readonly text: string;
}

type Operand = Value | string | undefined;

class Renderer {
  readonly #missing: Missing[] = [];
  #text = '';
  readonly #sources: number[] = [];
  #unknown = false;
  #standIn = false;
  /** Inside an `if`, `range` …: what comes out is not known, but must still be well-formed. */
  #depth = 0;
  #at = 0;
  #length = 0;

  constructor(
    private readonly written: string,
    private readonly context: TemplateContext,
  ) {}

  render(): Rendered {
    const { written } = this;
    try {
      let at = 0;
      let trim = false;
      while (at < written.length) {
        const open = written.indexOf('{{', at);
        let literal = written.slice(at, open === -1 ? undefined : open);
        let from = at;
        if (trim) {
          const kept = literal.replace(/^[ \t\r\n]+/, '');
          from += literal.length - kept.length;
          literal = kept;
        }
        if (open !== -1 && /^\{\{-[ \t\r\n]/.test(written.slice(open, open + 4)))
          literal = literal.replace(/[ \t\r\n]+$/, '');
        this.#literal(literal, from);
        if (open === -1) break;
        const close = this.#close(open);
        this.#at = open;
        this.#length = close - open;
        trim = /[ \t\r\n]-$/.test(written.slice(open, close - 2));
        this.#action(written.slice(open + 2, close - 2));
        at = close;
      }
      if (this.#depth > 0) throw new Broken('unexpected EOF');
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return {
        text: written,
        unknown: true,
        missing: [],
        error: { message: error.message, at: this.#at, length: this.#length },
      };
    }
    if (this.#unknown) return { text: written, unknown: true, missing: [] };
    return { text: this.#text, sources: this.#sources, unknown: this.#standIn, missing: this.#missing };
  }

  #literal(text: string, from: number): void {
    this.#text += text;
    for (let at = 0; at < text.length; at++) this.#sources.push(from + at);
  }

  /** The end of an action; quotes inside it may hold braces. */
  #close(open: number): number {
    const { written } = this;
    this.#at = open;
    this.#length = written.length - open;
    const comment = /^\{\{(?:-[ \t\r\n]+)?\/\*/.exec(written.slice(open, open + 12));
    if (comment) {
      const end = /\*\/(?:[ \t\r\n]+-)?\}\}/.exec(written.slice(open));
      if (!end) throw new Broken('unclosed comment');
      return open + end.index + end[0].length;
    }
    let at = open + 2;
    while (at < written.length) {
      const character = written[at]!;
      if (character === '}' && written[at + 1] === '}') return at + 2;
      if (character === '"' || character === "'" || character === '`') {
        const end = closingQuote(written, at);
        if (end === -1)
          throw new Broken(character === '`' ? 'unterminated raw quoted string' : 'unterminated quoted string');
        at = end + 1;
      } else at++;
    }
    // What stands in an action is read before its end is missed.
    this.#check(tokens(written.slice(open + 2)));
    throw new Broken('unclosed action');
  }

  #action(inside: string): void {
    const body = inside.replace(/^-(?=[ \t\r\n])/, '').replace(/([ \t\r\n])-$/, '$1');
    if (/^[ \t\r\n]*\/\*/.test(body)) return;
    const found = tokens(body);
    const first = found[0];
    if (!first) throw new Broken('missing value for command');
    this.#check(found);
    if (first.kind === 'word' && CONTROL.has(first.text)) {
      if (OPENING.has(first.text)) this.#depth++;
      else if (first.text === 'end' || first.text === 'else') {
        if (this.#depth === 0) throw new Broken(`unexpected {{${first.text}}}`);
        if (first.text === 'end') this.#depth--;
      }
      this.#unknown = true;
      return;
    }
    if (this.#depth > 0) return;
    try {
      this.#emit(this.#pipeline(found));
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      this.#unknown = true;
    }
  }

  #check(found: readonly Token[]): void {
    let depth = 0;
    for (const { kind, text } of found) {
      if (kind === 'word' && !CONTROL.has(text) && !isTemplateFunction(text))
        throw new Broken(`function ${JSON.stringify(text)} not defined`);
      if (kind === 'other') throw new Broken(`unexpected ${JSON.stringify(text)} in an action`);
      if (kind === 'open') depth++;
      if (kind === 'close' && --depth < 0) throw new Broken('unexpected right paren');
    }
    if (depth > 0) throw new Broken('unclosed left paren');
  }

  #emit(value: Operand): void {
    const text = value === undefined ? '' : outputOf(value);
    this.#text += text;
    for (let at = 0; at < text.length; at++) this.#sources.push(-1);
  }

  #pipeline(found: readonly Token[]): Operand {
    const commands: Token[][] = [[]];
    for (const token of found) {
      if (token.kind === 'pipe') commands.push([]);
      else if (token.kind === 'open' || token.text === ':=' || token.text === '=') throw new Unknown();
      else commands[commands.length - 1]!.push(token);
    }
    let piped: Operand;
    for (const [index, command] of commands.entries()) {
      const [name, ...rest] = command;
      if (!name) throw new Broken('missing value for command');
      if (name.kind !== 'word' || ['true', 'false', 'nil'].includes(name.text)) {
        if (rest.length > 0 || index > 0) throw new Broken(`can't give argument to non-function ${name.text}`);
        piped = this.#operand(name);
        continue;
      }
      const given = rest.map((token) => this.#operand(token));
      piped = call(name.text, index > 0 ? [...given, piped] : given);
    }
    return piped;
  }

  #operand({ kind, text }: Token): Operand {
    if (kind === 'text') return text;
    if (kind === 'number') return text;
    if (kind === 'word' && (text === 'true' || text === 'false')) return text;
    const path = kind === 'variable' ? /^\$(\..*)$/s.exec(text)?.[1] : kind === 'field' ? text : undefined;
    if (path === undefined) throw new Unknown();
    const keys = path.split('.').slice(1);
    if (keys[0] === 'Release' && keys[1] === 'Name' && keys.length === 2) {
      if (this.context.release === undefined) this.#standIn = true;
      return this.context.release ?? STAND_IN;
    }
    if (keys[0] !== 'Values' || keys.length < 2) throw new Unknown();
    return this.#value(path, keys.slice(1));
  }

  #value(name: string, keys: readonly string[]): Operand {
    const found = valueAt(this.context.values, ...keys);
    if (found) return found.kind === 'scalar' && found.value.type === 'null' ? undefined : found;
    if (this.context.chartValues.has(keys[0]!)) throw new Unknown();
    const parent = keys.length === 1 ? this.context.values : valueAt(this.context.values, ...keys.slice(0, -1));
    this.#missing.push({ name, stops: parent?.kind !== 'map' && keys.length > 1, at: this.#at, length: this.#length });
    return undefined;
  }
}

function outputOf(value: Value | string): string {
  return typeof value === 'string' ? value : printed(value);
}

/** Functions whose result their arguments alone decide. */
function call(name: string, args: readonly Operand[]): Operand {
  const last = args[args.length - 1];
  const text = last === undefined ? undefined : outputOf(last);
  switch (name) {
    case 'quote':
      return args.length === 1 ? (text === undefined ? '' : JSON.stringify(text)) : fail();
    case 'squote':
      return args.length === 1 ? (text === undefined ? '' : `'${text}'`) : fail();
    case 'toString':
    case 'print':
      return args.length === 1 && text !== undefined ? text : fail();
    case 'trim':
      return args.length === 1 ? (text ?? '').trim() : fail();
    case 'lower':
      return args.length === 1 ? (text ?? '').toLowerCase() : fail();
    case 'upper':
      return args.length === 1 ? (text ?? '').toUpperCase() : fail();
    case 'default':
      if (args.length !== 2) return fail();
      return isGiven(last) ? last : args[0];
    default:
      return fail();
  }
}

function fail(): never {
  throw new Unknown();
}

function isGiven(value: Operand): boolean {
  if (value === undefined) return false;
  if (typeof value === 'string') return value !== '';
  return value.kind === 'scalar' ? scalarText(value) !== '' && isTruthy(value) : isTruthy(value);
}

function closingQuote(text: string, open: number): number {
  const quote = text[open]!;
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === quote) return at;
    if (quote !== '`' && text[at] === '\\') at++;
    if (quote !== '`' && text[at] === '\n') return -1;
  }
  return -1;
}

const TOKENS: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', /[ \t\r\n]+/y],
  ['word', /[A-Za-z_]\w*/y],
  ['variable', /\$\w*(?:\.[A-Za-z_]\w*)*/y],
  ['field', /(?:\.[A-Za-z_]\w*)+|\./y],
  ['number', /[-+]?\d[\w.]*/y],
  ['pipe', /\|/y],
  ['open', /\(/y],
  ['close', /\)(?:\.[A-Za-z_]\w*)*/y],
  ['variable', /:=|=|,/y],
];

function tokens(body: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < body.length) {
    const character = body[at]!;
    if (character === '"' || character === "'" || character === '`') {
      const end = closingQuote(body, at);
      if (end === -1) throw new Broken('unterminated quoted string');
      found.push(textToken(body.slice(at, end + 1)));
      at = end + 1;
      continue;
    }
    let matched = false;
    for (const [kind, pattern] of TOKENS) {
      pattern.lastIndex = at;
      const match = pattern.exec(body);
      if (!match) continue;
      if (kind !== 'blank') found.push({ kind, text: match[0] });
      at += match[0].length;
      matched = true;
      break;
    }
    if (matched) continue;
    found.push({ kind: 'other', text: character });
    at++;
  }
  return found;
}

function textToken(quoted: string): Token {
  const inside = quoted.slice(1, -1);
  if (quoted[0] === '`') return { kind: 'text', text: inside };
  if (quoted[0] === "'") return { kind: 'number', text: inside };
  try {
    return { kind: 'text', text: JSON.parse(quoted) as string };
  } catch {
    return { kind: 'text', text: inside };
  }
}
