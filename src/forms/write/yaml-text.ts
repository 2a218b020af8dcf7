/** YAML that every dialect reads alike: Go's 1.1 readers, Compose's, PyYAML, and those of 1.2. */

/** Letters, then nothing that YAML gives a meaning. */
const PLAIN = /^[A-Za-z/](?:[\w./+ -]*[\w./+-])?$/;
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Line breaks of one dialect or another, marks that readers drop, control characters. */
const ESCAPED = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A text as a scalar on one line that is read as this text, never as a number, a boolean or a date. */
export function yamlText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  if (/["\\]/.test(text) && !/['\x00-\x1f]/.test(text) && text.search(ESCAPED) === -1) return `'${text}'`;
  return yamlQuoted(text);
}

/** As `yamlText`, always in double quotes. */
export function yamlQuoted(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A key of a mapping. */
export function yamlKey(key: string): string {
  return /^[A-Za-z][\w.-]*$/.test(key) && !WORDS.test(key) ? key : yamlQuoted(key);
}

/** A text of several lines: as a block behind `key:`, in quotes where a block cannot hold it. `indent` in blanks. */
export function yamlBlock(text: string, indent: number): string {
  const body = text.replace(/\n$/, '');
  if (text.search(ESCAPED) !== -1 || /[\x00-\x08\x0b-\x1f]/.test(text) || /^\s|\n$/.test(body) || body === '')
    return ` ${yamlQuoted(text)}`;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`));
  return ` ${text.endsWith('\n') ? '|' : '|-'}\n${lines.join('\n')}`;
}

/** Lines behind that many blanks; empty ones stay empty. */
export function indented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
}
