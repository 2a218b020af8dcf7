/**
 * Texts of a configuration as the product takes them: booleans, whole numbers, lists. Where versions differ, the profile says how.
 * Source: functions of go-ini and Grafana, run on probes.
 */
import { goTrim, isGoSpace } from '../text/go-text.js';
import type { ProviderReading } from './versions.js';

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True', 'YES', 'yes', 'Yes', 'y', 'ON', 'on', 'On']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False', 'NO', 'no', 'No', 'n', 'OFF', 'off', 'Off']);
const STRICT_TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const STRICT_FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False', '']);

/** As go-ini reads a boolean; undefined for every other text, which Grafana silently takes for its fallback. */
export function readBoolean(text: string): boolean | undefined {
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : undefined;
}

/** As the decoder of 10.3 to 11.0 reads a provider's boolean; undefined where it fails. */
export function readStrictBoolean(text: string): boolean | undefined {
  if (STRICT_TRUE.has(text)) return true;
  return STRICT_FALSE.has(text) ? false : undefined;
}

/** Go's base prefixes; an underscore may stand between digits and behind a prefix. */
const INTEGER = /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?[0-9])*)$/;
const INT64_MAX = 2n ** 63n - 1n;

/** As go-ini reads a whole number (`0x10`, `017` and `1_000` count); undefined for every other text. */
export function readInteger(text: string): number | undefined {
  if (!INTEGER.test(text)) return undefined;
  const negative = text.startsWith('-');
  const digits = text
    .replace(/^[+-]/, '')
    .replaceAll('_', '')
    .replace(/^0(?=[0-7])/, '0o');
  const value = negative ? -BigInt(digits) : BigInt(digits);
  return value > INT64_MAX || value < -INT64_MAX - 1n ? undefined : Number(value);
}

export interface ListReading {
  readonly items: readonly string[];
  /** The text is meant as a JSON list and is none; the product goes on with an empty list. */
  readonly error?: string;
}

/** A list option. A text whose first character that is not blank is `[` is a JSON list of texts; a broken one is empty. */
export function readList(text: string, lists: ProviderReading['lists']): ListReading {
  if (goTrim(text).startsWith('[')) return readJsonList(text);
  return { items: lists === 'quoted' ? quotedItems(text) : words(text) };
}

/** null among the items is an empty text. */
function readJsonList(text: string): ListReading {
  const broken = { items: [], error: `incorrect format: ${text}` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken;
  }
  if (!Array.isArray(value) || !value.every((item) => item === null || typeof item === 'string')) return broken;
  return { items: value.map((item: string | null) => wellFormed(item ?? '')) };
}

/** Go has no lone surrogates: they become U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** Commas and white space separate. */
function words(text: string): string[] {
  const items: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text[at] !== ',' && !isGoSpace(text.charCodeAt(at))) continue;
    if (at > start) items.push(text.slice(start, at));
    start = at + 1;
  }
  return items;
}

/** An item in double quotes may hold blanks and commas; all quotes at both ends of an item go. */
function quotedItems(text: string): string[] {
  return (text.match(/"[^"]+"|[^,\t\n\v\f\r ]+/g) ?? []).map((item) => item.replace(/^"+/, '').replace(/"+$/, ''));
}

/** Through 10.2, `team_ids`: commas only, each part trimmed, `\,` is a comma and `\\` a backslash within a part. */
export function readCommaList(text: string): string[] {
  const items: string[] = [];
  let item = '';
  let escaped = false;
  for (const character of text) {
    if (escaped) {
      item += character === ',' || character === '\\' ? character : `\\${character}`;
      escaped = false;
    } else if (character === '\\') escaped = true;
    else if (character === ',') {
      items.push(goTrim(item));
      item = '';
    } else item += character;
  }
  if (item !== '') items.push(goTrim(item));
  return items;
}

/** Ids of teams as the version reads them. */
export function readTeamIds(text: string, reading: ProviderReading): ListReading {
  return reading.teamIds === 'commas' ? { items: readCommaList(text) } : readList(text, reading.lists);
}
