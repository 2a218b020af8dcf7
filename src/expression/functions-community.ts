/**
 * The functions only the community library has (Grafana 11.3 and later).
 */
import { setOwn } from '../text/go-json.js';
import { type ArgumentType, type Call, type FunctionDefinition, typed } from './function-types.js';
import { fail, panic } from './problem.js';
import type { JsonObject, Reference } from './values.js';

const STRING: readonly ArgumentType[] = ['string'];
const NUMBER: readonly ArgumentType[] = ['number'];
const ARRAY: readonly ArgumentType[] = ['array'];
const only = 'community';

export const COMMUNITY_FUNCTIONS: Readonly<Record<string, FunctionDefinition>> = {
  find_first: {
    only,
    parameters: [STRING, STRING, NUMBER, NUMBER],
    required: 2,
    run: typed<FindArguments>((args, call) => find(args, call, 'first')),
  },
  find_last: {
    only,
    parameters: [STRING, STRING, NUMBER, NUMBER],
    required: 2,
    run: typed<FindArguments>((args, call) => find(args, call, 'last')),
  },
  from_items: { only, parameters: [['array[array]']], run: typed<[unknown[][]]>(fromItems) },
  group_by: { only, parameters: [ARRAY, ['expref']], run: typed<[unknown[], Reference]>(groupBy) },
  items: {
    only,
    parameters: [['object']],
    randomOrder: true,
    run: typed<[JsonObject]>(([object]) => Object.entries(object)),
  },
  lower: { only, parameters: [STRING], run: typed<[string]>(([text]) => mapCase(text, lowerCase)) },
  pad_left: {
    only,
    parameters: [STRING, NUMBER, STRING],
    required: 2,
    run: typed<PadArguments>((args, call) => pad(args, call, 'left')),
  },
  pad_right: {
    only,
    parameters: [STRING, NUMBER, STRING],
    required: 2,
    run: typed<PadArguments>((args, call) => pad(args, call, 'right')),
  },
  replace: {
    only,
    parameters: [STRING, STRING, STRING, NUMBER],
    required: 3,
    run: typed<[string, string, string, number?]>(replace),
  },
  split: { only, parameters: [STRING, STRING, NUMBER], required: 2, run: typed<[string, string, number?]>(split) },
  trim: {
    only,
    parameters: [STRING, STRING],
    required: 1,
    run: typed<TrimArguments>((args) => trim(args, true, true)),
  },
  trim_left: {
    only,
    parameters: [STRING, STRING],
    required: 1,
    run: typed<TrimArguments>((args) => trim(args, true, false)),
  },
  trim_right: {
    only,
    parameters: [STRING, STRING],
    required: 1,
    run: typed<TrimArguments>((args) => trim(args, false, true)),
  },
  upper: { only, parameters: [STRING], run: typed<[string]>(([text]) => mapCase(text, upperCase)) },
  zip: { only, parameters: [ARRAY, ARRAY], variadic: true, run: typed<unknown[][]>(zip) },
};

type FindArguments = [string, string, number?, number?];
type PadArguments = [string, number, string?];
type TrimArguments = [string, string?];

/** An integer as Go's `int` holds it. */
function integer(value: number, argument: string, call: Call): number {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) return value;
  return fail(call.at, `${call.name}() needs an integer as its ${argument}`);
}

function count(value: number, argument: string, call: Call): number {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 63) return value;
  return fail(
    call.at,
    `${call.name}() needs an integer of 0 or more as its ${argument}`,
    `invalid value, the function '${call.name}' expects its '${argument}' argument to be a an integer value greater than or equal to zero.`,
  );
}

/** Places are counted in bytes of UTF-8. A start before the text is its start; one behind it, or an end before the start, panics. */
function find([text, part, start, end]: FindArguments, call: Call, which: 'first' | 'last'): number | null {
  if (text === '' || part === '') return null;
  const bytes = new TextEncoder().encode(text);
  const wanted = new TextEncoder().encode(part);
  const from = start === undefined ? 0 : Math.max(0, integer(start, 'start', call));
  const to = end === undefined ? bytes.length : Math.min(integer(end, 'end', call), bytes.length);
  if (to < 0)
    panic(call.at, `${call.name}() ends before the text begins`, `runtime error: slice bounds out of range [:${to}]`);
  if (from > to)
    panic(call.at, `${call.name}() starts behind its end`, `runtime error: slice bounds out of range [${from}:${to}]`);
  const last = to - wanted.length;
  const matches = (at: number) => wanted.every((byte, n) => bytes[at + n] === byte);
  if (which === 'first') {
    for (let at = from; at <= last; at++) if (matches(at)) return at;
  } else {
    for (let at = last; at >= from; at--) if (matches(at)) return at;
  }
  return null;
}

function fromItems([items]: [unknown[][]], call: Call): unknown {
  const result = {};
  for (const item of items) {
    const [key, value] = item;
    if (item.length !== 2 || typeof key !== 'string')
      return fail(
        call.at,
        'from_items() needs pairs of a string and a value',
        'invalid value, each array must contain two elements, a pair of string and value',
      );
    setOwn(result, key, value);
  }
  return result;
}

function groupBy([list, reference]: [unknown[], Reference], call: Call): unknown {
  if (list.length === 0) return null;
  call.evaluation.spend(list.length, call.at);
  const groups = new Map<string, unknown[]>();
  for (const item of list) {
    const key = reference(item);
    if (typeof key !== 'string')
      return fail(
        call.at,
        'group_by() needs a string from its expression for every element',
        'invalid type, the expression must evaluate to a string',
      );
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  const result = {};
  for (const [key, group] of groups) setOwn(result, key, group);
  return result;
}

/** Widths are counted in bytes, as is the one character of the padding. */
function pad([text, width, padding = ' ']: PadArguments, call: Call, side: 'left' | 'right'): string {
  const wanted = count(width, 'width', call);
  if (byteLength(padding) > 1)
    fail(
      call.at,
      `${call.name}() pads with a single byte, not with “${padding}”`,
      `invalid value, the function '${call.name}' expects its 'pad' argument to be a string of length 1`,
    );
  const missing = wanted - byteLength(text);
  if (missing <= 0 || padding === '') return text;
  call.evaluation.spendText(missing, call.at);
  return side === 'left' ? padding.repeat(missing) + text : text + padding.repeat(missing);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** An empty text to replace is found before every code point and at the end. */
function replace([text, old, by, times]: [string, string, string, number?], call: Call): string {
  const most = times === undefined ? Number.POSITIVE_INFINITY : count(times, 'count', call);
  const pieces = old === '' ? Array.from(text) : text.split(old);
  const places = Math.min(most, old === '' ? pieces.length + 1 : pieces.length - 1);
  call.evaluation.spendText(text.length + places * by.length, call.at);
  let result = '';
  pieces.forEach((piece, n) => {
    if (old === '') result += (n < places ? by : '') + piece;
    else result += piece + (n < places ? by : n < pieces.length - 1 ? old : '');
  });
  return old === '' && places > pieces.length ? result + by : result;
}

/** At most `times` cuts; an empty text has no parts, an empty separator cuts between code points. */
function split([text, separator, times]: [string, string, number?], call: Call): string[] {
  const most = times === undefined ? Number.POSITIVE_INFINITY : count(times, 'count', call);
  if (text === '') return [];
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  call.evaluation.spend(parts.length, call.at);
  if (parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(separator)];
}

/** Go's unicode.IsSpace. */
const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

function trim([text, characters = '']: TrimArguments, left: boolean, right: boolean): string {
  const set = new Set(characters);
  const drop = (char: string) => (characters === '' ? SPACE.test(char) : set.has(char));
  const chars = Array.from(text);
  let start = 0;
  let end = chars.length;
  if (left) while (start < end && drop(chars[start]!)) start++;
  if (right) while (end > start && drop(chars[end - 1]!)) end--;
  return chars.slice(start, end).join('');
}

function zip(lists: readonly unknown[][], call: Call): unknown[][] {
  const length = Math.min(...lists.map((list) => list.length));
  call.evaluation.spend(length * lists.length, call.at);
  return Array.from({ length }, (_, n) => lists.map((list) => list[n] ?? null));
}

function mapCase(text: string, map: (char: string) => string): string {
  return Array.from(text, map).join('');
}

/** Unicode's simple mappings: one code point to one. */
function lowerCase(char: string): string {
  const lower = char.toLowerCase();
  if (oneCodePoint(lower)) return lower;
  return char === '\u0130' ? 'i' : char;
}

function upperCase(char: string): string {
  const upper = char.toUpperCase();
  return oneCodePoint(upper) ? upper : (TITLE_AS_UPPER.get(char) ?? char);
}

function oneCodePoint(text: string): boolean {
  return text.length === String.fromCodePoint(text.codePointAt(0)!).length;
}

/** Greek letters with iota subscript, whose simple upper case is the title case. */
const TITLE_AS_UPPER: ReadonlyMap<string, string> = new Map(
  [
    ...[0x1f80, 0x1f90, 0x1fa0].flatMap((first) =>
      Array.from({ length: 8 }, (_, n) => [first + n, first + n + 8] as const),
    ),
    [0x1fb3, 0x1fbc] as const,
    [0x1fc3, 0x1fcc] as const,
    [0x1ff3, 0x1ffc] as const,
  ].map(([lower, upper]) => [String.fromCodePoint(lower), String.fromCodePoint(upper)]),
);
