/**
 * What the YAML readers of Helm, Compose and Ansible take an unquoted scalar for. Each has rules of its own about numbers,
 * booleans and dates, and about how they are written out as text again.
 * Sources: forms, "YAML dialects" and "Numbers"; the implicit resolvers of PyYAML 6.
 */
import type { YamlEntry, YamlScalar } from '../document/yaml.js';

/**
 * `go-yaml-v2`: Helm, the Kubernetes tools, the operator; `go-yaml-v3`: Compose v2; `pyyaml`: Ansible and docker-compose v1.
 */
export type YamlDialect = 'go-yaml-v2' | 'go-yaml-v3' | 'pyyaml';

export type YamlValue =
  | { readonly type: 'null' }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** `exact`: it was given on the command line and keeps its digits where numbers of files lose them. */
  | { readonly type: 'integer'; readonly value: bigint; readonly exact?: boolean }
  | { readonly type: 'float'; readonly value: number }
  /** `text`: as the dialect writes it out again. */
  | { readonly type: 'timestamp'; readonly text: string }
  | { readonly type: 'string'; readonly text: string }
  /** The explicit tag does not fit the text: the reader refuses the file. */
  | { readonly type: 'invalid'; readonly message: string };

const NULL: YamlValue = { type: 'null' };
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUTHS = words({ true: ['true', 'True', 'TRUE'], false: ['false', 'False', 'FALSE'] });
const YES_AND_NO = words({
  true: ['yes', 'Yes', 'YES', 'on', 'On', 'ON'],
  false: ['no', 'No', 'NO', 'off', 'Off', 'OFF'],
});
const LETTERS = words({ true: ['y', 'Y'], false: ['n', 'N'] });

const BOOLEANS: Readonly<Record<YamlDialect, ReadonlyMap<string, boolean>>> = {
  'go-yaml-v2': new Map([...TRUTHS, ...YES_AND_NO, ...LETTERS]),
  'go-yaml-v3': TRUTHS,
  pyyaml: new Map([...TRUTHS, ...YES_AND_NO]),
};

function words(texts: { readonly true: readonly string[]; readonly false: readonly string[] }): Map<string, boolean> {
  return new Map([
    ...texts.true.map((text): [string, boolean] => [text, true]),
    ...texts.false.map((text): [string, boolean] => [text, false]),
  ]);
}

/** What a dialect reads a scalar as: its tag decides, then quotes, then the text. */
export function resolveScalar(scalar: Pick<YamlScalar, 'text' | 'style' | 'tag'>, dialect: YamlDialect): YamlValue {
  const { text, style, tag } = scalar;
  if (tag !== undefined && tag !== '!') return tagged(text, tag, dialect);
  return style === 'plain' && tag === undefined ? resolvePlain(text, dialect) : { type: 'string', text };
}

/** A key as text: an unquoted `yes` is the key `true` to Go's readers. */
export function resolveKey(
  entry: Pick<YamlEntry, 'key' | 'keySpan'>,
  source: string,
  dialect: YamlDialect,
): { readonly key: string; readonly value: YamlValue } {
  const before = source[entry.keySpan.start - 1];
  const isQuoted = (before === '"' || before === "'") && source[entry.keySpan.end] === before;
  const value: YamlValue = isQuoted ? { type: 'string', text: entry.key } : resolvePlain(entry.key, dialect);
  return { key: value.type === 'string' ? entry.key : (writeValue(value, dialect) ?? entry.key), value };
}

/** What an unquoted text without a tag is. */
export function resolvePlain(text: string, dialect: YamlDialect): YamlValue {
  if (NULLS.has(text)) return NULL;
  const flag = BOOLEANS[dialect].get(text);
  if (flag !== undefined) return { type: 'boolean', value: flag };
  if (!/^[-+.\d]/.test(text)) return { type: 'string', text };
  return (dialect === 'pyyaml' ? pythonNumber(text) : goNumber(text, dialect)) ?? { type: 'string', text };
}

/** The text a value becomes where it is printed: Go's `%v` of what the YAML reader made of it, Python's `str()`. */
export function writeValue(value: YamlValue, dialect: YamlDialect): string | undefined {
  switch (value.type) {
    case 'null':
      return undefined;
    case 'boolean':
      if (dialect === 'pyyaml') return value.value ? 'True' : 'False';
      return value.value ? 'true' : 'false';
    case 'integer':
      return String(value.value);
    case 'float':
      return dialect === 'pyyaml' ? pythonFloat(value.value) : goFloat(value.value);
    case 'invalid':
      return undefined;
    default:
      return value.text;
  }
}

function tagged(text: string, tag: string, dialect: YamlDialect): YamlValue {
  const plain = resolvePlain(text, dialect);
  switch (tag) {
    case '!!str':
      return { type: 'string', text };
    case '!!null':
      return NULL;
    case '!!int':
      return plain.type === 'integer' ? plain : unfit(tag);
    case '!!float':
      if (plain.type === 'integer') return { type: 'float', value: Number(plain.value) };
      if (plain.type === 'string' && dialect === 'pyyaml' && isGoFloat(text))
        return { type: 'float', value: Number(text) };
      return plain.type === 'float' ? plain : unfit(tag);
    case '!!bool':
      return plain.type === 'boolean' ? plain : unfit(tag);
    case '!!binary':
      return { type: 'string', text: decodeBase64(text) ?? text };
    default:
      return { type: 'string', text };
  }
}

function unfit(tag: string): YamlValue {
  return { type: 'invalid', message: `the text does not fit its tag ${tag}` };
}

/** Standard alphabet with padding, line breaks allowed; undefined where the text is none. */
export function decodeBase64(text: string): string | undefined {
  const bytes = decodeBase64Bytes(text);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** As `decodeBase64`, without reading the bytes as text. */
export function decodeBase64Bytes(text: string): Uint8Array | undefined {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) return undefined;
  const characters = atob(compact);
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

// ── Go ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Beyond these Go has no integer type, and the digits are read as a floating-point number. */
const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 64n - 1n;

function isGoFloat(text: string): boolean {
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text);
}

function goNumber(text: string, dialect: YamlDialect): YamlValue | undefined {
  const special = /^([-+]?)\.(inf|Inf|INF)$/.exec(text);
  if (special) return { type: 'float', value: special[1] === '-' ? -Infinity : Infinity };
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return { type: 'float', value: Number.NaN };
  if (dialect === 'go-yaml-v3' && /^\d{4}-/.test(text)) {
    const time = goTimestamp(text);
    if (time !== undefined) return { type: 'timestamp', text: time };
  }
  const isPoint = text.startsWith('.');
  const plain = isPoint ? text : text.replaceAll('_', '');
  const integer = isPoint ? undefined : goInteger(plain);
  if (integer !== undefined) return { type: 'integer', value: integer };
  if (!isGoFloat(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? { type: 'float', value } : undefined;
}

/** Prefixes `0b`, `0o`, `0x`, and a bare leading zero for octal, as Go reads them. */
function goInteger(text: string): bigint | undefined {
  const parts = /^([-+]?)(?:(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+)|0([0-7]+)|(0|[1-9]\d*))$/.exec(text);
  if (!parts) return undefined;
  const size = parts[3] === undefined ? BigInt((parts[2] ?? parts[4])!.toLowerCase()) : BigInt(`0o${parts[3]}`);
  const value = parts[1] === '-' ? -size : size;
  return value >= SMALLEST && value <= LARGEST ? value : undefined;
}

/** Go's shortest text of a 64-bit floating-point number: with an exponent below 1e-04 and from 1e+06 on. */
export function goFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** A time as Go prints it; undefined where the text is none of the layouts its YAML reader knows. */
function goTimestamp(text: string): string | undefined {
  const parts =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9})\d*)?(Z|[-+]\d\d:\d\d)?)?$/.exec(
      text,
    );
  if (!parts) return undefined;
  const [, year, month, day, separator, hour = '0', minute = '0', second = '0', fraction = '', zone] = parts;
  // With a blank between date and time there is no zone, with a T there must be one.
  if (separator !== undefined && (separator === ' ') === (zone !== undefined)) return undefined;
  if (!isDate(year!, month!, day!) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (part: string) => part.padStart(2, '0');
  const offset = zone?.replace(':', '');
  const tail = offset === undefined || offset === 'Z' ? '+0000 UTC' : `${offset} ${offset}`;
  const rest = fraction.replace(/0+$/, '');
  return `${year}-${two(month!)}-${two(day!)} ${two(hour)}:${two(minute)}:${two(second)}${rest && `.${rest}`} ${tail}`;
}

function isDate(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

// ── Python ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const PYTHON_INTEGER =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const PYTHON_FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const PYTHON_TIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::?(\d\d))?))?)?$/;

function pythonNumber(text: string): YamlValue | undefined {
  const special = /^([-+]?)\.(inf|Inf|INF)$/.exec(text);
  if (special) return { type: 'float', value: special[1] === '-' ? -Infinity : Infinity };
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return { type: 'float', value: Number.NaN };
  const plain = text.replaceAll('_', '');
  if (PYTHON_INTEGER.test(text)) return pythonInteger(plain);
  if (PYTHON_FLOAT.test(text)) return { type: 'float', value: text.includes(':') ? sexagesimal(plain) : Number(plain) };
  return pythonTimestamp(text);
}

function pythonInteger(plain: string): YamlValue {
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  const value = digits.includes(':')
    ? BigInt(sexagesimal(digits))
    : /^0[bx]/.test(digits)
      ? /^0[bx]./.test(digits)
        ? BigInt(digits)
        : undefined
      : digits.length > 1 && digits.startsWith('0')
        ? BigInt(`0o${digits.slice(1)}`)
        : BigInt(digits);
  if (value === undefined) return { type: 'invalid', message: 'the number has no digits' };
  return { type: 'integer', value: negative ? -value : value };
}

/** `12:30` is 12 · 60 + 30. */
function sexagesimal(text: string): number {
  const size = text
    .replace(/^[-+]/, '')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return text.startsWith('-') ? -size : size;
}

function pythonTimestamp(text: string): YamlValue | undefined {
  const parts = PYTHON_TIME.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone, sign, zoneHour, zoneMinute = '00'] = parts;
  const two = (part: string) => part.padStart(2, '0');
  if (hour === undefined && !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  if (!isDate(year!, month!, day!) || Number(hour ?? 0) > 23)
    return { type: 'invalid', message: 'there is no such date' };
  if (hour === undefined) return { type: 'timestamp', text };
  const micro = fraction ? `${fraction}000000`.slice(0, 6) : '';
  const offset = zone === undefined ? '' : zone === 'Z' ? '+00:00' : `${sign}${two(zoneHour!)}:${zoneMinute}`;
  const tail = `${/[1-9]/.test(micro) ? `.${micro}` : ''}${offset}`;
  return { type: 'timestamp', text: `${year}-${two(month!)}-${two(day!)} ${two(hour)}:${minute}:${second}${tail}` };
}

/** Python's `repr` of a float: always with a point, with an exponent below 1e-4 and from 1e+16. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 16) return /[.]/.test(String(value)) ? String(value) : `${value}.0`;
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
