/**
 * How wide text is on a terminal, and text that is safe to print there.
 */
import { lazy } from './lazy.js';

const PLAIN = /^[\x20-\x7e]*$/;
const ZERO = lazy(() => /[\p{Mn}\p{Me}\p{Cf}]/u);
const WIDE = lazy(
  () =>
    /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u,
);

/** Columns that printable text takes: 2 for East Asian wide characters and emoji, 0 for combining marks. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += ZERO().test(char) ? 0 : WIDE().test(char) ? 2 : 1;
  return width;
}

/** Control characters, and marks that turn the direction of writing: a text could otherwise repaint the terminal or hide its end. */
const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** The text with control characters shown as `�`; line breaks and tabs stay. */
export function printable(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSAFE, '\ufffd');
}

/** Columns a tab is shown as. */
const TAB = '    ';

/** A line of a source as it is printed: tabs as blanks, no byte order mark, no control characters. */
export function shownLine(line: string): string {
  if (PLAIN.test(line)) return line;
  return printable(line.replaceAll('\ufeff', '').replaceAll('\t', TAB)).replaceAll('\n', ' ');
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Breaks text at blanks into lines of at most `width` columns; a longer word stands on a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
