/**
 * The syntax of an RE2 expression as a tree with places, and the constructs of other engines that RE2 refuses.
 * Matching itself is done by re2js; this tree only serves explanations. Source: google/re2 doc/syntax.txt, checked against
 * Go's regexp package.
 */
import type { Span } from '../text/source.js';

export type PatternNode =
  | { readonly kind: 'literal' | 'class' | 'any' | 'begin' | 'end' | 'boundary' | 'flags'; readonly span: Span }
  | {
      readonly kind: 'group';
      readonly span: Span /** Undefined for `(?:…)`. */;
      readonly index?: number;
      readonly body: PatternNode;
    }
  | {
      readonly kind: 'repeat';
      readonly span: Span;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      readonly body: PatternNode;
    }
  | { readonly kind: 'concat' | 'alternate'; readonly span: Span; readonly items: readonly PatternNode[] };

/** A construct RE2 does not have. */
export interface RefusedSyntax {
  readonly kind:
    | 'look-around'
    | 'back-reference'
    | 'named-group'
    | 'possessive'
    | 'escape'
    | 'group'
    | 'property'
    | 'repeat-count';
  readonly span: Span;
  /** What it is, for people. */
  readonly what: string;
  readonly instead?: string;
}

/** Beyond this a repetition does not compile. */
export const MAX_REPEAT = 1000;

/**
 * Names after `\p` that re2js knows and Go does not have as category or script (binary properties; scripts newer than
 * Unicode 15; names added in Go 1.25).
 */
const NOT_IN_GO = new Set(
  (
    'Cn LC Lc Ascii Assigned ASCII_Hex_Digit Alphabetic Dash Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base ' +
    'Emoji_Presentation Extended_Pictographic Hex_Digit Lowercase Math Quotation_Mark Terminal_Punctuation Uppercase ' +
    'White_Space Unknown Beria_Erfe Garay Gurung_Khema Kirat_Rai Ol_Onal Sidetic Sunuwar Tai_Yo Todhri Tolong_Siki Tulu_Tigalari'
  ).split(' '),
);

const ESCAPES: Readonly<Record<string, string>> = {
  Z: 'the end-of-text anchor \\Z',
  G: 'the anchor \\G',
  K: 'the match reset \\K',
  h: 'the blank class \\h',
  H: 'the blank class \\H',
  R: 'the line-break class \\R',
  V: 'the class \\V',
  X: 'the grapheme class \\X',
  N: 'the class \\N',
  e: 'the escape \\e',
  c: 'the control escape \\c',
  u: 'the escape \\u',
  k: 'a back-reference',
  C: 'the byte class \\C',
  y: 'the word anchor \\y',
  o: 'the octal escape \\o',
};

const INSTEAD: Readonly<Record<string, string>> = {
  Z: '$ or \\z',
  h: '[ \\t]',
  H: '[^ \\t]',
  R: '(?:\\r\\n|\\n)',
  N: '[^\\n]',
  e: '\\x1B',
  u: '\\x{…}',
  V: '[^\\n]',
};

/** The constructs in a pattern that no RE2 engine of the versions concerned accepts, in order. */
export function refusedSyntax(pattern: string): RefusedSyntax[] {
  const found: RefusedSyntax[] = [];
  let inClass = -1;
  const add = (kind: RefusedSyntax['kind'], start: number, end: number, what: string, instead?: string) =>
    found.push({ kind, span: { start, end }, what, ...(instead === undefined ? {} : { instead }) });
  for (let at = 0; at < pattern.length; ) {
    const char = pattern[at]!;
    if (char === '\\') {
      const next = pattern[at + 1] ?? '';
      if (next === 'Q' && inClass < 0) {
        const end = pattern.indexOf('\\E', at + 2);
        at = end === -1 ? pattern.length : end + 2;
        continue;
      }
      if (next === 'p' || next === 'P') {
        const end = pattern[at + 2] === '{' ? pattern.indexOf('}', at) + 1 || pattern.length : at + 3;
        const name = propertyName(pattern.slice(at, end));
        if (NOT_IN_GO.has(name) || name.includes('=')) add('property', at, end, `the property ${name}`);
        at = end;
        continue;
      }
      if (inClass < 0 && next >= '1' && next <= '9' && !(next <= '7' && isOctal(pattern[at + 2])))
        add('back-reference', at, at + 2, `the back-reference \\${next}`);
      else if (ESCAPES[next] !== undefined)
        add(next === 'k' ? 'back-reference' : 'escape', at, at + 2, ESCAPES[next], INSTEAD[next]);
      at += 2;
      continue;
    }
    if (inClass >= 0) {
      if (char === '[' && pattern[at + 1] === ':') {
        const end = pattern.indexOf(':]', at + 2);
        at = end === -1 ? at + 1 : end + 2;
        continue;
      }
      if (char === ']' && at > inClass) inClass = -1;
      at++;
      continue;
    }
    if (char === '[') {
      // A `]` right behind `[` or `[^` is a member of the class.
      const first = pattern[at + 1] === '^' ? at + 2 : at + 1;
      inClass = first;
      at = pattern[first] === ']' ? first + 1 : first;
      continue;
    }
    if (char === '(' && pattern[at + 1] === '?') {
      const group = refusedGroup(pattern, at);
      if (group !== undefined) found.push(group);
      at += 2;
      continue;
    }
    if (char === '*' || char === '+' || char === '?' || char === '}') {
      if (pattern[at + 1] === '+' && (char !== '}' || repeatBefore(pattern, at)))
        add('possessive', at, at + 2, `the possessive repetition ${char}+`, char === '}' ? undefined : char);
    }
    if (char === '{') {
      const repeat = readRepeat(pattern, at);
      if (repeat !== undefined && Math.max(repeat.min, repeat.max === Infinity ? 0 : repeat.max) > MAX_REPEAT)
        add('repeat-count', at, repeat.end, `a repetition above ${MAX_REPEAT}`);
    }
    at++;
  }
  return found;
}

function refusedGroup(pattern: string, at: number): RefusedSyntax | undefined {
  const rest = pattern.slice(at, at + 4);
  const make = (kind: RefusedSyntax['kind'], length: number, what: string, instead?: string): RefusedSyntax => ({
    kind,
    span: { start: at, end: Math.min(at + length, pattern.length) },
    what,
    ...(instead === undefined ? {} : { instead }),
  });
  if (rest.startsWith('(?=')) return make('look-around', 3, 'a look-ahead');
  if (rest.startsWith('(?!')) return make('look-around', 3, 'a negative look-ahead');
  if (rest.startsWith('(?<=')) return make('look-around', 4, 'a look-behind');
  if (rest.startsWith('(?<!')) return make('look-around', 4, 'a negative look-behind');
  if (rest.startsWith('(?<')) return make('named-group', 3, 'a group named with (?<name>…)', '(?P<name>…)');
  if (rest.startsWith("(?'")) return make('group', 3, "a group named with (?'name'…)", '(?P<name>…)');
  if (rest.startsWith('(?>')) return make('group', 3, 'an atomic group', '(?:');
  if (rest.startsWith('(?#')) return make('group', 3, 'a comment');
  if (rest.startsWith('(?|')) return make('group', 3, 'a branch reset', '(?:');
  if (rest.startsWith('(?(')) return make('group', 3, 'a condition');
  if (rest.startsWith('(?P=')) return make('back-reference', 4, 'a back-reference');
  if (rest.startsWith('(?P>') || rest.startsWith('(?&') || rest.startsWith('(?R'))
    return make('group', 3, 'a recursion');
  const third = pattern[at + 2] ?? '';
  if (third >= '0' && third <= '9') return make('group', 3, 'a recursion');
  if (third === 'P' || third === ':') return undefined;
  // Flags: i, m, s, U and one minus are known.
  for (let end = at + 2; end < pattern.length; end++) {
    const char = pattern[end]!;
    if (char === ')' || char === ':') return undefined;
    if (!'imsU-'.includes(char)) return make('group', end - at + 1, `the flag ${char}`);
  }
  return undefined;
}

function propertyName(text: string): string {
  if (text[2] !== '{') return text.slice(2);
  const name = text.slice(3, text.endsWith('}') ? -1 : undefined);
  return name.startsWith('^') ? name.slice(1) : name;
}

function repeatBefore(pattern: string, close: number): boolean {
  const open = pattern.lastIndexOf('{', close);
  return open !== -1 && readRepeat(pattern, open)?.end === close + 1;
}

/** `{n}`, `{n,}`, `{n,m}` at an offset; undefined where the brace is an ordinary character. */
function readRepeat(pattern: string, at: number): { min: number; max: number; end: number } | undefined {
  let end = at + 1;
  const number = (): number | undefined => {
    const start = end;
    while (isDigit(pattern[end])) end++;
    return end > start ? Number(pattern.slice(start, end)) : undefined;
  };
  const min = number();
  if (min === undefined) return undefined;
  let max = min;
  if (pattern[end] === ',') {
    end++;
    max = number() ?? Infinity;
  }
  return pattern[end] === '}' ? { min, max, end: end + 1 } : undefined;
}

/** Reads a pattern that re2js accepts. Of others the tree of the readable part is returned. */
export function parsePattern(pattern: string): PatternNode {
  return new PatternParser(pattern).alternation(0);
}

class PatternParser {
  readonly #text: string;
  #at = 0;
  #groups = 0;

  constructor(text: string) {
    this.#text = text;
  }

  alternation(depth: number): PatternNode {
    const start = this.#at;
    const branches = [this.#concat(depth)];
    while (this.#text[this.#at] === '|') {
      this.#at++;
      branches.push(this.#concat(depth));
    }
    if (branches.length === 1) return branches[0]!;
    return { kind: 'alternate', span: { start, end: this.#at }, items: branches };
  }

  #concat(depth: number): PatternNode {
    const start = this.#at;
    const items: PatternNode[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== '|') {
      if (this.#text[this.#at] === ')') {
        if (depth > 0) break;
        this.#at++;
        continue;
      }
      items.push(this.#repeated(depth));
    }
    return { kind: 'concat', span: { start, end: this.#at }, items };
  }

  #repeated(depth: number): PatternNode {
    const start = this.#at;
    let node = this.#atom(depth);
    for (;;) {
      const char = this.#text[this.#at];
      let min: number;
      let max: number;
      if (char === '*') [min, max] = [0, Infinity];
      else if (char === '+') [min, max] = [1, Infinity];
      else if (char === '?') [min, max] = [0, 1];
      else {
        const repeat = char === '{' ? readRepeat(this.#text, this.#at) : undefined;
        if (repeat === undefined) return node;
        [min, max] = [repeat.min, repeat.max];
        this.#at = repeat.end - 1;
      }
      this.#at++;
      const lazy = this.#text[this.#at] === '?';
      if (lazy) this.#at++;
      node = { kind: 'repeat', span: { start, end: this.#at }, min, max, lazy, body: node };
    }
  }

  #atom(depth: number): PatternNode {
    const start = this.#at;
    const char = this.#text[this.#at]!;
    if (char === '(') return this.#group(depth);
    if (char === '[') return this.#class();
    if (char === '\\') return this.#escape();
    this.#at += char >= '\ud800' && char <= '\udbff' ? 2 : 1;
    const span = { start, end: this.#at };
    if (char === '.') return { kind: 'any', span };
    if (char === '^') return { kind: 'begin', span };
    if (char === '$') return { kind: 'end', span };
    return { kind: 'literal', span };
  }

  #group(depth: number): PatternNode {
    const start = this.#at;
    let index: number | undefined;
    this.#at++;
    if (this.#text[this.#at] === '?') {
      if (this.#text.startsWith('?P<', this.#at) || this.#text.startsWith('?<', this.#at)) {
        index = ++this.#groups;
        const end = this.#text.indexOf('>', this.#at);
        this.#at = end === -1 ? this.#text.length : end + 1;
      } else {
        while (this.#at < this.#text.length && this.#text[this.#at] !== ':' && this.#text[this.#at] !== ')') this.#at++;
        if (this.#text[this.#at] === ')') {
          this.#at++;
          return { kind: 'flags', span: { start, end: this.#at } };
        }
        this.#at++;
      }
    } else index = ++this.#groups;
    const body = this.alternation(depth + 1);
    if (this.#text[this.#at] === ')') this.#at++;
    return { kind: 'group', span: { start, end: this.#at }, ...(index === undefined ? {} : { index }), body };
  }

  #class(): PatternNode {
    const start = this.#at++;
    if (this.#text[this.#at] === '^') this.#at++;
    if (this.#text[this.#at] === ']') this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ']') {
      if (this.#text[this.#at] === '\\') this.#at += 2;
      else if (this.#text.startsWith('[:', this.#at)) {
        const end = this.#text.indexOf(':]', this.#at);
        this.#at = end === -1 ? this.#at + 1 : end + 2;
      } else this.#at++;
    }
    this.#at++;
    return { kind: 'class', span: { start, end: this.#at } };
  }

  #escape(): PatternNode {
    const start = this.#at;
    const next = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    if (next === 'Q') {
      const end = this.#text.indexOf('\\E', this.#at);
      this.#at = end === -1 ? this.#text.length : end + 2;
    } else if ((next === 'p' || next === 'P' || next === 'x') && this.#text[this.#at] === '{') {
      const end = this.#text.indexOf('}', this.#at);
      this.#at = end === -1 ? this.#text.length : end + 1;
    } else if (next === 'p' || next === 'P') this.#at += 1;
    else if (next === 'x') this.#at += 2;
    const span = { start, end: this.#at };
    if (next === 'A') return { kind: 'begin', span };
    if (next === 'z') return { kind: 'end', span };
    if (next === 'b' || next === 'B') return { kind: 'boundary', span };
    return { kind: 'dswDSWpP'.includes(next) ? 'class' : 'literal', span };
  }
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function isOctal(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '7';
}
