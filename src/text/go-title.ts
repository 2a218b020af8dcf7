/**
 * `cases.Title(language.Und)` of Go's text library: the first cased letter of each word becomes a title-case letter, the others
 * lower case. Words end where the word-break property says so, in the library's simplified form (Unicode TR 29, WB4 to WB13).
 */

import { lazy } from './lazy.js';

const ASCII_WORD = /^[A-Za-z0-9_]*$/;

export function goTitle(text: string): string {
  if (ASCII_WORD.test(text)) return asciiWord(text);
  const characters = [...text];
  let result = '';
  let inWord = false;
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (CASED().test(character)) {
      if (!inWord) result += titleOf(character);
      else result += character === 'Σ' ? lowerSigma(characters, at) : character.toLowerCase();
      inWord = true;
    } else {
      result += character;
      if (isBreak(character)) inWord = false;
    }
    // One dot, colon or apostrophe may stand inside a word, two in a row end it.
    if (isMiddle(character) && at + 1 < characters.length && isMiddle(characters[at + 1]!)) inWord = false;
  }
  return result;
}

function asciiWord(text: string): string {
  const first = text.search(/[A-Za-z]/);
  if (first === -1) return text;
  return text.slice(0, first) + text.charAt(first).toUpperCase() + text.slice(first + 1).toLowerCase();
}

const CASED = lazy(() => /\p{Cased}/u);
const IGNORABLE = lazy(() => /\p{Case_Ignorable}/u);

/** MidLetter, MidNumLet, Single_Quote. */
const MIDDLE = new Set("'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a");

/** ALetter, Hebrew_Letter, Numeric, Extend, ExtendNumLet, Format, ZWJ, as far as general properties tell them. */
const LETTER = lazy(
  () =>
    /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Cf}\u02c2-\u02d7\u02de\u02df\u02e5-\u02ff\u055a-\u055c\u055e\u058a\u05f3\u066b\u200c\u202f\ua708-\ua716\ua720\ua721\ua789\ua78a\uab5b]/u,
);

/** Alphabetic ones that stand between words: ideographs, kana, and the scripts written without blanks. */
const NO_LETTER = lazy(
  () =>
    /[\p{Ideographic}\u200b\u3031-\u3035\u30fc\uff70]|(?=\p{L})[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tai_Le}\p{sc=New_Tai_Lue}\p{sc=Tai_Tham}\p{sc=Tai_Viet}\p{sc=Ahom}]/u,
);

function isMiddle(character: string): boolean {
  return MIDDLE.has(character);
}

function isBreak(character: string): boolean {
  return !isMiddle(character) && (!LETTER().test(character) || NO_LETTER().test(character));
}

/** `ς` at the end of a word, `σ` before another cased letter; what case ignores does not count. */
function lowerSigma(characters: readonly string[], at: number): string {
  let next = at + 1;
  while (next < characters.length && IGNORABLE().test(characters[next]!)) next++;
  return next < characters.length && CASED().test(characters[next]!) ? 'σ' : 'ς';
}

/** Title case where it is not the upper-case form with its later letters lowered (SpecialCasing.txt, UnicodeData.txt). */
const TITLE = lazy(
  () =>
    new Map([
      ...['Ǆǅǆ', 'Ǉǈǉ', 'Ǌǋǌ', 'Ǳǲǳ'].flatMap((group) => [...group].map((one) => [one, [...group][1]!] as const)),
      ['ŉ', 'ʼN'],
      ['\u1fb2', '\u1fba\u0345'],
      ['\u1fb3', '\u1fbc'],
      ['\u1fb4', '\u0386\u0345'],
      ['\u1fb7', '\u0391\u0342\u0345'],
      ['\u1fbc', '\u1fbc'],
      ['\u1fc2', '\u1fca\u0345'],
      ['\u1fc3', '\u1fcc'],
      ['\u1fc4', '\u0389\u0345'],
      ['\u1fc7', '\u0397\u0342\u0345'],
      ['\u1fcc', '\u1fcc'],
      ['\u1ff2', '\u1ffa\u0345'],
      ['\u1ff3', '\u1ffc'],
      ['\u1ff4', '\u038f\u0345'],
      ['\u1ff7', '\u03a9\u0342\u0345'],
      ['\u1ffc', '\u1ffc'],
    ]),
);

function titleOf(character: string): string {
  const special = TITLE().get(character);
  if (special !== undefined) return special;
  const code = character.codePointAt(0)!;
  // Georgian has capitals but no title case; Greek with iota subscript has title case eight places on.
  if (code >= 0x10d0 && code <= 0x10ff) return character;
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8);
  const [first, ...rest] = character.toUpperCase();
  return first! + rest.join('').toLowerCase();
}
