/**
 * Texts to tokens, for both dialects. Offsets are UTF-16 code units.
 */

import { decodeGoJson } from '../text/go-json.js';
import type { Dialect } from './dialect.js';
import { ExpressionProblem } from './problem.js';

export type TokenType =
  | 'EOF'
  | 'Unknown'
  | 'UnquotedIdentifier'
  | 'QuotedIdentifier'
  | 'JSONLiteral'
  | 'StringLiteral'
  | 'Number'
  | 'Current'
  | 'Root'
  | 'Varref'
  | 'Dot'
  | 'Star'
  | 'Comma'
  | 'Colon'
  | 'Lbrace'
  | 'Rbrace'
  | 'Lbracket'
  | 'Rbracket'
  | 'Filter'
  | 'Flatten'
  | 'Lparen'
  | 'Rparen'
  | 'Expref'
  | 'Pipe'
  | 'Or'
  | 'And'
  | 'Not'
  | 'EQ'
  | 'NE'
  | 'LT'
  | 'LTE'
  | 'GT'
  | 'GTE'
  | 'Assign'
  | 'Plus'
  | 'Minus'
  | 'Multiply'
  | 'Divide'
  | 'Modulo'
  | 'Div';

export interface Token {
  readonly type: TokenType;
  /** Identifiers, raw strings and JSON literals: what is inside, unescaped; otherwise the text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SINGLE: Readonly<Record<string, TokenType>> = {
  '.': 'Dot',
  '*': 'Star',
  ',': 'Comma',
  ':': 'Colon',
  '{': 'Lbrace',
  '}': 'Rbrace',
  ']': 'Rbracket',
  '(': 'Lparen',
  ')': 'Rparen',
  '@': 'Current',
};

const SINGLE_EXTENDED: Readonly<Record<string, TokenType>> = {
  '+': 'Plus',
  '%': 'Modulo',
  '\u2212': 'Minus',
  '\u00d7': 'Multiply',
  '\u00f7': 'Divide',
};

/** First character → [second character, both together, first alone]. */
const DOUBLE: Readonly<Record<string, readonly [string, TokenType, TokenType]>> = {
  '|': ['|', 'Or', 'Pipe'],
  '&': ['&', 'And', 'Expref'],
  '!': ['=', 'NE', 'Not'],
  '<': ['=', 'LTE', 'LT'],
  '>': ['=', 'GTE', 'GT'],
};

const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
const VARIABLE = /\$[A-Za-z0-9_]*/y;
const NUMBER = /-?[0-9]+/y;

/** All tokens, the last one of type `EOF`. Throws ExpressionProblem. */
export function scan(text: string, dialect: Dialect): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (type: TokenType, value: string, end: number) => {
    tokens.push({ type, text: value, start: at, end });
    at = end;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };

  while (at < text.length) {
    const char = text[at]!;
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') {
      at++;
      continue;
    }
    if ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_') {
      const name = match(IDENTIFIER)!;
      push('UnquotedIdentifier', name, at + name.length);
      continue;
    }
    if ((char >= '0' && char <= '9') || char === '-') {
      const number = match(NUMBER);
      if (number !== undefined) {
        push('Number', number, at + number.length);
        continue;
      }
    }
    const double = DOUBLE[char];
    const single = SINGLE[char] ?? (dialect.extendedGrammar ? SINGLE_EXTENDED[char] : undefined);
    if (single !== undefined) push(single, char, at + 1);
    else if (double !== undefined) {
      if (text[at + 1] === double[0]) push(double[1], char + double[0], at + 2);
      else push(double[2], char, at + 1);
    } else if (char === '=') {
      if (text[at + 1] === '=') push('EQ', '==', at + 2);
      else push(dialect.extendedGrammar ? 'Assign' : 'Unknown', '=', at + 1);
    } else if (char === '[') {
      const next = text[at + 1];
      if (next === '?') push('Filter', '[?', at + 2);
      else if (next === ']') push('Flatten', '[]', at + 2);
      else push('Lbracket', '[', at + 1);
    } else if (char === "'") {
      const raw = rawString(text, at, dialect);
      push('StringLiteral', raw.value, raw.end);
    } else if (char === '`') {
      const end = delimited(text, at, '`');
      push('JSONLiteral', text.slice(at + 1, end - 1).replaceAll('\\`', '`'), end);
    } else if (char === '"') {
      const end = delimited(text, at, '"');
      push('QuotedIdentifier', quotedName(text, at, end), end);
    } else if (char === '-') {
      // Alone it is a broken number in classic.
      push(dialect.extendedGrammar ? 'Minus' : 'Number', '-', at + 1);
    } else if (dialect.extendedGrammar && char === '/') {
      if (text[at + 1] === '/') push('Div', '//', at + 2);
      else push('Divide', '/', at + 1);
    } else if (dialect.extendedGrammar && char === '$') {
      const variable = match(VARIABLE)!;
      push(variable === '$' ? 'Root' : 'Varref', variable, at + variable.length);
    } else throw unknownCharacter(text, at);
  }
  tokens.push({ type: 'EOF', text: '', start: text.length, end: text.length });
  return tokens;
}

/** End of what begins with `quote` at `at`; a backslash protects the next character. */
function delimited(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === quote) return end + 1;
  }
  throw unclosed(at, quote);
}

function rawString(text: string, at: number, dialect: Dialect): { value: string; end: number } {
  let value = '';
  let copied = at + 1;
  for (let end = at + 1; end < text.length; end++) {
    const char = text[end];
    if (char === "'") return { value: value + text.slice(copied, end), end: end + 1 };
    if (char !== '\\') continue;
    const next = text[end + 1];
    if (next === "'" || (next === '\\' && dialect.backslashEscape)) {
      value += text.slice(copied, end) + next;
      copied = end + 2;
      end++;
    }
  }
  throw unclosed(at, "'");
}

function quotedName(text: string, at: number, end: number): string {
  const decoded = decodeGoJson(text.slice(at, end));
  if (decoded.error === undefined) return decoded.value as string;
  throw new ExpressionProblem({
    message: `the name in double quotes is not a JSON string: ${decoded.error.message}`,
    offset: at,
    productMessage: decoded.error.message,
  });
}

function unclosed(at: number, quote: string): ExpressionProblem {
  return new ExpressionProblem({
    message: `the ${quote} that opens here is never closed`,
    offset: at,
    productMessage: `SyntaxError: Unclosed delimiter: ${quote}`,
  });
}

function unknownCharacter(text: string, at: number): ExpressionProblem {
  const code = text.codePointAt(at)!;
  const char = String.fromCodePoint(code);
  const escaped =
    code < 0x20 || code > 0x7e
      ? code > 0xffff
        ? `\\U${code.toString(16).padStart(8, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`
      : char;
  return new ExpressionProblem({
    message: `the character ${code < 0x20 || code === 0x7f ? escaped : char} has no meaning in an expression`,
    offset: at,
    productMessage: `SyntaxError: Unknown char: '${escaped}'`,
  });
}
