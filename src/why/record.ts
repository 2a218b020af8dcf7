/** One record of a log: what is said, about whom. logfmt and JSON lines are taken apart, everything else is searched as it is. */

export interface LogRecord {
  /** What patterns look at: the record, and the same with escapes and percent signs undone. */
  readonly text: string;
  readonly user: string | undefined;
  /** Looks like a record of a log. */
  readonly structured: boolean;
  /** A warning or worse. */
  readonly bad: boolean;
  /** Said to be no trouble: most lines of most logs. */
  readonly calm: boolean;
}

/** Characters of a record that are looked at. */
const MOST = 65_536;

/** Names logs use for the person, the best first. */
const USER_KEYS = ['uname', 'login', 'userlogin', 'user_login', 'username', 'user', 'email', 'useremail', 'auth_id'];

/**
 * The record without what differs from one time to the next: times, addresses, ids, durations, people. Records of one shape are
 * looked up once. Numbers that say something (codes, status) stay.
 */
export function shapeOf(record: string): string {
  return record
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.,]*(?:Z|[+-]\d\d:?\d\d)?/g, 'T')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, 'A')
    .replace(/\b[0-9a-f]{8}[0-9a-f-]{8,}\b/gi, 'H')
    .replace(PERSON_VALUE, '$1U')
    .replace(/\b(?!status\b)(\w+"?\s*[=:]\s*)\d[\w.]*/g, '$10');
}

const PERSON_VALUE =
  /\b((?:uname|user|username|user_?login|login|user_?email|email|auth_id)"?\s*[=:]\s*)(?:"[^"]*"|[^\s",}]+)/gi;

export function readRecord(whole: string): LogRecord {
  const line = whole.length > MOST ? whole.slice(0, MOST) : whole;
  const fields = jsonFields(line) ?? logfmtFields(line);
  const level = (fields?.get('level') ?? fields?.get('lvl') ?? '').toLowerCase();
  return {
    text: searchable(line),
    user: fields && userOf(fields),
    structured: fields !== undefined && (level !== '' || fields.has('msg') || fields.has('message')),
    bad: /^(?:e|w|f|c|panic|dpanic)/.test(level),
    calm: /^(?:i|d|t)/.test(level),
  };
}

function userOf(fields: ReadonlyMap<string, string>): string | undefined {
  for (const key of USER_KEYS) {
    const value = fields.get(key);
    if (value !== undefined && value !== '' && value !== '0' && value.length <= 200) return value;
  }
  return undefined;
}

function jsonFields(line: string): Map<string, string> | undefined {
  const start = line.indexOf('{');
  if (start === -1 || !line.trimEnd().endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(line.slice(start));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map(
      Object.entries(value).flatMap(([key, item]): [string, string][] =>
        typeof item === 'string' || typeof item === 'number' ? [[key.toLowerCase(), String(item)]] : [],
      ),
    );
  } catch {
    return undefined;
  }
}

function logfmtFields(line: string): Map<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const match of line.matchAll(/(?:^|\s)([\w.-]{1,40})=("(?:[^"\\]|\\.)*"|[^\s"]*)/g)) {
    const value = match[2]!;
    const key = match[1]!.toLowerCase();
    if (!fields.has(key)) fields.set(key, value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value);
  }
  return fields.size >= 2 ? fields : undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&quot;': '"',
  '&#34;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&nbsp;': ' ',
};

/** The text, and below it what it says without markup, escapes and percent signs, where that differs. */
function searchable(text: string): string {
  let plain = text;
  if (/<\/?[a-z][^>]*>/i.test(plain)) plain = plain.replace(/<[^>]*>/g, ' ');
  plain = plain.replace(/&(?:#39|#x27|apos|quot|#34|lt|gt|amp|nbsp);/g, (entity) => ENTITIES[entity]!);
  plain = plain
    .replace(/\\(["'\\/])/g, '$1')
    .replace(/\\u0026/g, '&')
    .replace(/\\u003c/g, '<')
    .replace(/\\u003e/g, '>');
  if (/%[0-9a-f]{2}|[?&][\w.-]+=[^&\s]*\+/i.test(plain)) plain = `${plain}\n${decoded(plain)}`;
  return plain === text ? text : `${text}\n${plain}`;
}

function decoded(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    })
    .replace(/([?&][\w.-]+=)([^&\s]*)/g, (_all, name: string, value: string) => name + value.replaceAll('+', ' '));
}
