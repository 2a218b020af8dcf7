/**
 * Lower-casing as Go's strings.ToLower does it: letter by letter, each to exactly one letter. JavaScript differs where one
 * letter becomes two (`İ`) and where the place in the word counts (final `Σ`).
 */

/** Source: Go `unicode.ToLower` applied to every code point; texts that are no well-formed UTF-16 get U+FFFD there, as Go reads them. */
export function goLower(text: string): string {
  let result = '';
  for (const char of text) result += lowerChar(char);
  return result;
}

function lowerChar(char: string): string {
  const code = char.codePointAt(0)!;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  const lower = char.toLowerCase();
  const first = lower.codePointAt(0)!;
  return lower.length === (first > 0xffff ? 2 : 1) ? lower : String.fromCodePoint(first);
}

/** Lone surrogates as Go's JSON decoder reads them: U+FFFD. */
export function wellFormed(text: string): string {
  let result = '';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    result += code >= 0xd800 && code <= 0xdfff ? '\ufffd' : char;
  }
  return result;
}
