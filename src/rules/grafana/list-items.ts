/**
 * List options taken apart with the place of every item, as each Grafana version takes them apart.
 * Facts: 9.4 reads a text that begins with `[` as a JSON array of strings (before: never), anything else is split at commas and
 * white space; from 11.1 an item in double quotes may hold blanks; `team_ids` of generic OAuth is split at commas only up to 10.2.
 */

export interface ListItem {
  /** As Grafana compares it. */
  readonly text: string;
  /** Place in the value, with quotes. */
  readonly at: number;
  readonly length: number;
}

/** `plain`: commas and blanks, no JSON; `json`: JSON too; `quoted`: JSON and items in double quotes; `commas`: commas only. */
export type ListStyle = 'plain' | 'json' | 'quoted' | 'commas';

export interface ReadList {
  readonly form: 'json' | 'plain';
  readonly items: readonly ListItem[];
  /** The text begins like a JSON array and is none of strings: Grafana takes it as an empty list. */
  readonly fault?: { readonly at: number; readonly length: number; readonly problem: string };
}

/** Everything between commas and what Go takes for white space. */
const WORDS = /[^,\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Reads a list option. Never throws. */
export function readList(value: string, style: ListStyle): ReadList {
  if (style === 'commas') return { form: 'plain', items: commaItems(value) };
  if (style !== 'plain' && /^\s*\[/.test(value)) return jsonList(value);
  const pattern = style === 'quoted' ? /"[^"]+"|[^,\t\n\v\f\r ]+/g : WORDS;
  const items = [...value.matchAll(pattern)].map((match) => ({
    text: style === 'quoted' ? match[0].replace(/^"+|"+$/g, '') : match[0],
    at: match.index,
    length: match[0].length,
  }));
  return { form: 'plain', items };
}

/**
 * Items between commas, whatever stands in them: how `team_ids` was read, and what a person who separates with commas means.
 * `\\,` is a comma and `\\\\` a backslash within an item; empty items are left out.
 */
export function commaItems(value: string): ListItem[] {
  const items: ListItem[] = [];
  let start = 0;
  let text = '';
  const add = (end: number) => {
    const written = value.slice(start, end);
    const name = text.trim();
    if (name !== '')
      items.push({
        text: name,
        at: start + written.length - written.trimStart().length,
        length: written.trim().length,
      });
    start = end + 1;
    text = '';
  };
  for (let at = 0; at < value.length; at++) {
    const character = value[at]!;
    const next = value[at + 1];
    if (character === '\\' && (next === ',' || next === '\\')) {
      text += next;
      at++;
    } else if (character === ',') add(at);
    // The reader drops a backslash at the very end.
    else if (character === '\\' && next === undefined) continue;
    else text += character;
  }
  add(value.length);
  return items;
}

/** Text of a JSON array, as one writes it in an ini file. */
export function jsonListText(items: readonly string[]): string {
  return `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
}

/** What the author of a broken JSON list most likely meant: the pieces between commas without brackets and quotes. */
export function repairJsonList(value: string): string {
  const inner = value.trim().replace(/^\[/, '').replace(/\]$/, '');
  const items = inner
    .split(',')
    .map((piece) => piece.trim().replace(/^['"‘’“”`]+|['"‘’“”`]+$/g, ''))
    .filter((piece) => piece !== '');
  return jsonListText(items);
}

function jsonList(value: string): ReadList {
  const fault = jsonFault(value);
  if (fault) return { form: 'json', items: [], fault };
  const items: ListItem[] = [];
  for (const match of value.matchAll(/"(?:[^"\\]|\\.)*"|null/g)) {
    const parsed = JSON.parse(match[0]) as string | null;
    items.push({ text: parsed ?? '', at: match.index, length: match[0].length });
  }
  return { form: 'json', items };
}

/** The first place where a text stops being a JSON array of strings (`null` passes: it becomes an empty string). */
function jsonFault(value: string): ReadList['fault'] {
  let at = value.indexOf('[') + 1;
  const blank = () => {
    while (at < value.length && ' \t\r\n'.includes(value[at]!)) at++;
  };
  blank();
  if (value[at] === ']') return trailing(value, at + 1);
  for (;;) {
    blank();
    const rest = value.slice(at);
    const string = /^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0] ?? /^null(?![A-Za-z0-9_])/.exec(rest)?.[0];
    if (string === undefined) return { at, length: faultLength(rest), problem: itemProblem(rest) };
    try {
      JSON.parse(string);
    } catch {
      return { at, length: string.length, problem: 'this string has an escape or a character JSON does not allow' };
    }
    at += string.length;
    blank();
    if (value[at] === ',') {
      at++;
      continue;
    }
    if (value[at] === ']') return trailing(value, at + 1);
    const end = value.slice(at);
    return end === ''
      ? { at, length: 1, problem: 'the closing "]" is missing' }
      : { at, length: faultLength(end), problem: 'a comma or "]" is missing here' };
  }
}

function trailing(value: string, at: number): ReadList['fault'] {
  const rest = value.slice(at);
  if (rest.trim() === '') return undefined;
  return { at: at + rest.search(/\S/), length: rest.trim().length, problem: 'text follows the closing "]"' };
}

function itemProblem(rest: string): string {
  if (rest === '') return 'the closing "]" is missing';
  if (rest.startsWith(']')) return 'a comma stands before "]"';
  if (rest.startsWith(',')) return 'an item is missing before the comma';
  if (rest.startsWith("'")) return "JSON strings stand in double quotes, not in '…'";
  if (rest.startsWith('"')) return 'the closing double quote is missing';
  if (/^[“”‘’]/.test(rest)) return 'JSON strings stand in straight double quotes';
  if (/^-?\d/.test(rest)) return 'numbers must be written as strings, in double quotes';
  return 'JSON strings stand in double quotes';
}

function faultLength(rest: string): number {
  const end = rest.search(/[,\]]/);
  return Math.max(1, (end === -1 ? rest : rest.slice(0, end)).trimEnd().length);
}
