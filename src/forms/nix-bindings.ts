/** The bindings of a Nix text that are written out: `a.b."c.d" = value;`, in sets within sets, each with its whole path. */

import { unknownValue } from '../document/variable.js';
import type { Span } from '../text/source.js';
import { type Traced, Tracing } from './traced.js';

export type NixValue =
  | { readonly kind: 'text'; readonly text: Traced; readonly span: Span }
  /** `true`, `false`, `null` or a number. */
  | { readonly kind: 'word'; readonly word: string; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly NixValue[]; readonly span: Span }
  /** Anything Nix would have to evaluate. */
  | { readonly kind: 'expression'; readonly span: Span };

export interface NixBinding {
  readonly path: readonly { readonly name: string; readonly span: Span }[];
  readonly value: NixValue;
}

interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
  readonly span: Span;
  /** Of a text: what it says. */
  readonly value?: Traced;
}

/** Wrappers of the module system that leave a value as it is. */
const WRAPPERS = /^(?:lib\.)?mk(?:Default|Force|OptionDefault|VMOverride)$/;

const MAX_DEPTH = 100;

/** In the order of the text; never throws. Sets behind conditions count as if they held. */
export function nixBindings(text: string): NixBinding[] {
  const tokens = tokenize(text);
  const found: NixBinding[] = [];
  const open: { readonly closes: string; readonly path: NixBinding['path'] }[] = [];
  const prefix = () => open.flatMap(({ path }) => path);
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!;
    if (token.text === '}' || token.text === ']' || token.text === ')') {
      if (token.kind === 'sign' && open.at(-1)?.closes === token.text) open.pop();
      at++;
      continue;
    }
    const [path, next] = pathAt(tokens, at);
    if (path.length > 0 && isSign(tokens[next], '=')) {
      const end = endOfValue(tokens, next + 1);
      const set = open.length > MAX_DEPTH ? -1 : setWithin(tokens, next + 1, end);
      if (set !== -1) {
        open.push({ closes: '}', path });
        at = set + 1;
      } else {
        found.push({ path: [...prefix(), ...path], value: readValue(tokens.slice(next + 1, end)) });
        at = end + 1;
      }
      continue;
    }
    const closes = token.kind === 'sign' ? CLOSING[token.text] : undefined;
    if (closes !== undefined) open.push({ closes, path: [] });
    at++;
  }
  return found;
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

/** `a.b."c"` from a token on, and where it ends. */
function pathAt(tokens: readonly Token[], start: number): [NixBinding['path'], number] {
  const path: { name: string; span: Span }[] = [];
  let at = start;
  for (;;) {
    const token = tokens[at];
    if (token?.kind === 'name') path.push({ name: token.text, span: token.span });
    else if (token?.kind === 'text')
      path.push({ name: token.value!.text, span: { start: token.span.start + 1, end: token.span.end - 1 } });
    else return [[], start];
    at++;
    if (!isSign(tokens[at], '.')) return [path, at];
    at++;
  }
}

/** The `;` that ends a value, over everything in brackets. */
function endOfValue(tokens: readonly Token[], start: number): number {
  const stack: string[] = [];
  for (let at = start; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    if (kind !== 'sign') continue;
    if (CLOSING[text] !== undefined) stack.push(CLOSING[text]);
    else if (text === stack.at(-1)) stack.pop();
    else if (text === '}' && stack.length === 0) return at - 1;
    else if (text === ';' && stack.length === 0 && tokens[at - 1]?.text !== 'with') {
      // `with lib; value`
      if (tokens[start]?.text === 'with' && at < start + 6 && !isSign(tokens[at - 1], '}')) continue;
      return at;
    }
  }
  return tokens.length;
}

/** Where the value is a set, alone or behind words (`rec`, `mkIf condition`), the brace that opens it; else -1. */
function setWithin(tokens: readonly Token[], start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const token = tokens[at]!;
    if (isSign(token, '(')) depth++;
    else if (isSign(token, ')')) depth--;
    else if (depth > 0) continue;
    else if (isSign(token, '{')) return at;
    else if (token.kind === 'text' || token.kind === 'number' || isSign(token, '[')) return -1;
  }
  return -1;
}

function readValue(given: readonly Token[]): NixValue {
  const span = { start: given[0]?.span.start ?? 0, end: given.at(-1)?.span.end ?? 0 };
  let tokens = given;
  for (let words = 1; words <= 3 && words < tokens.length; words++) {
    const head = tokens
      .slice(0, words)
      .map((token) => token.text)
      .join('');
    if (WRAPPERS.test(head)) tokens = tokens.slice(words);
  }
  const [first] = tokens;
  if (!first) return { kind: 'expression', span };
  if (tokens.length === 1) return single(first) ?? { kind: 'expression', span };
  if (isSign(first, '-') && tokens.length === 2 && tokens[1]!.kind === 'number')
    return { kind: 'word', word: `-${tokens[1]!.text}`, span };
  if (isSign(first, '[') && isSign(tokens.at(-1), ']')) {
    const items = tokens.slice(1, -1).map(single);
    if (items.every((item) => item !== undefined)) return { kind: 'list', items, span };
  }
  return { kind: 'expression', span };
}

function single(token: Token): NixValue | undefined {
  const { span } = token;
  if (token.kind === 'text') return { kind: 'text', text: token.value!, span };
  if (token.kind === 'number' || (token.kind === 'name' && /^(?:true|false|null)$/.test(token.text)))
    return { kind: 'word', word: token.text, span };
  return undefined;
}

const TOKEN =
  /\s+|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|([A-Za-z_][\w'-]*)|(-?\d+(?:\.\d+)?)|([=!<>]=|&&|\|\||\/\/|\+\+|->|\.\.\.|[\s\S])/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"' || text.startsWith("''", at)) {
      const token = text[at] === '"' ? quotedText(text, at) : indentedText(text, at);
      tokens.push(token);
      at = token.span.end;
      continue;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text)!;
    const end = at + found[0].length;
    const [, name, number, sign] = found;
    const kind = name !== undefined ? 'name' : number !== undefined ? 'number' : 'sign';
    const word = name ?? number ?? sign;
    if (word !== undefined) tokens.push({ kind, text: word, span: { start: at, end } });
    at = end;
  }
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function quotedText(text: string, start: number): Token {
  const made = new Tracing();
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\' && at + 1 < text.length) {
      made.put(ESCAPES[text[at + 1]!] ?? text[at + 1]!, { start: at, end: at + 2 });
      at += 2;
    } else at = plainOrFilledIn(text, at, made);
  }
  const end = Math.min(at + 1, text.length);
  return { kind: 'text', text: '', span: { start, end }, value: made.value };
}

/** `''…''`: the indentation all lines have is taken off, and the line behind the opening quotes where it is empty. */
function indentedText(text: string, start: number): Token {
  const first = /^[ \t]*\n/.exec(text.slice(start + 2, start + 500))?.[0].length ?? 0;
  let end = start + 2;
  while (end < text.length && !(text.startsWith("''", end) && !/^''(?:'|\$|\\)/.test(text.slice(end, end + 3))))
    end += text.startsWith("''", end) ? 3 : 1;
  end = Math.min(end, text.length);
  const lines = text.slice(start + 2 + first, end).split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const made = new Tracing();
  let at = start + 2 + first;
  while (at < end) {
    if (at === start + 2 + first || text[at - 1] === '\n') {
      at += Math.min(indent, /^ */.exec(text.slice(at, Math.min(end, at + indent)))![0].length);
      if (at >= end) break;
    }
    if (text.startsWith("''", at)) {
      const next = text[at + 2]!;
      const length = next === '\\' ? 4 : 3;
      made.put(next === "'" ? "''" : next === '$' ? '$' : (ESCAPES[text[at + 3] ?? ''] ?? text[at + 3] ?? ''), {
        start: at,
        end: Math.min(end, at + length),
      });
      at += length;
    } else at = plainOrFilledIn(text, at, made);
  }
  // The line of the closing quotes is none of the text where it holds blanks only.
  const value = made.value;
  const close = Math.min(end + 2, text.length);
  return { kind: 'text', text: '', span: { start, end: close }, value };
}

/** One character, or `${…}`, which only Nix can fill in. */
function plainOrFilledIn(text: string, at: number, made: Tracing): number {
  if (text.startsWith('$$', at)) {
    made.put('$$', { start: at, end: at + 2 });
    return at + 2;
  }
  if (!text.startsWith('${', at)) {
    made.put(text[at]!, { start: at, end: at + 1 });
    return at + 1;
  }
  let depth = 0;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '{') depth++;
    else if (text[end] === '}' && --depth === 0) {
      const inner = text.slice(at + 2, end);
      made.put(unknownValue(inner.length > 60 ? 'Nix' : inner), { start: at, end: end + 1 });
      return end + 1;
    }
  }
  made.put('$', { start: at, end: at + 1 });
  return at + 1;
}
