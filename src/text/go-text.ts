/**
 * Text functions with the results Go's standard library gives. JavaScript's own differ where it matters here: `trim` knows
 * another set of blanks, `toUpperCase` turns one letter into two.
 */
import { lazy } from './lazy.js';

/** White space as Go's `unicode.IsSpace` has it: with U+0085, without U+FEFF. */
export function isGoSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** First offset from `from` on, up to `to`, that holds no white space. */
export function skipGoSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isGoSpace(text.charCodeAt(at))) at++;
  return at;
}

/** End of `text[from…to)` without the white space at its end. */
export function trimGoEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isGoSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** `strings.TrimSpace`. */
export function goTrim(text: string): string {
  const start = skipGoSpace(text, 0, text.length);
  const end = trimGoEnd(text, start, text.length);
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

const ASCII_ONLY = /^[\0-\x7f]*$/;

/** `strings.ToUpper`: one code point becomes one (`ß` stays). */
export function goUpper(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toUpperCase();
  let result = '';
  for (const character of text) result += upperOne(character);
  return result;
}

/** `strings.ToLower`: one code point becomes one, a sigma at the end of a word is no special case. */
export function goLower(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  let result = '';
  for (const character of text) result += lowerOne(character);
  return result;
}

function upperOne(character: string): string {
  const code = character.codePointAt(0)!;
  // Greek letters with iota subscript have a capital of their own (U+1F80 → U+1F88), which JavaScript spells out as two.
  if (code >= 0x1f80 && code <= 0x1ff3) {
    if (code <= 0x1faf && (code & 8) === 0) return String.fromCodePoint(code + 8);
    if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCodePoint(code + 9);
  }
  return single(character.toUpperCase(), character);
}

function lowerOne(character: string): string {
  return character === 'İ' ? 'i' : single(character.toLowerCase(), character);
}

/** The mapping where it is one code point, else the character itself. */
function single(mapped: string, character: string): string {
  return mapped.length === 1 || (mapped.length === 2 && mapped.codePointAt(0)! > 0xffff) ? mapped : character;
}

/** `strings.EqualFold`: equal under simple case folding, code point by code point. */
export function goEqualFold(left: string, right: string): boolean {
  if (left === right) return true;
  const a = [...left];
  const b = [...right];
  return a.length === b.length && a.every((character, index) => sameFold(character, b[index]!));
}

function sameFold(left: string, right: string): boolean {
  if (left === right) return true;
  // İ and ı fold to nothing but themselves; every other letter shares upper or lower case with its partners.
  if ('İı'.includes(left) || 'İı'.includes(right)) return false;
  return upperOne(left) === upperOne(right) || lowerOne(upperOne(left)) === lowerOne(upperOne(right));
}

/** A text as Go's `%q` prints it. */
export function goQuote(text: string): string {
  let result = '"';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const short = SHORT_ESCAPES.get(character);
    if (short !== undefined) result += short;
    else if (code < 32 || code === 127) result += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (PRINTABLE().test(character)) result += character;
    else if (code <= 0xffff) result += `\\u${code.toString(16).padStart(4, '0')}`;
    else result += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `${result}"`;
}

const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

const PRINTABLE = lazy(() => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u);
