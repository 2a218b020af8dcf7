/**
 * What is secret, and how it looks when shown: names of options that hold secrets, and the places of secrets in a text.
 */
import { LineMap, type Span } from './source.js';

const SECRET_NAME = /secret|passw(?:or)?d|private_?key|credential|(?:shared|api|access|encryption)_?key|token$/i;
const NOT_SECRET =
  /_(url|path|paths|file|name|ttl|duration|minutes|type|provider|policy|hint)$|(?:^|_)id_token|^use_|_enabled$/i;

/** Whether an option, variable or key of this name holds something that must not be shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NOT_SECRET.test(name);
}

export const REDACTED = '[redacted]';

/** A reference to where a secret is kept is no secret: `$__file{/run/secret}`, `${SECRET}`, `$(SECRET)`. */
const REFERENCE = /^(["']?)\$(?:__\w+)?(?:\{[^}]*\}|\([^)]*\))\1$/;
const HARMLESS = /^(?:true|false|null|~|\d|""|'')?$/i;

/** A line that gives something a value: INI, env file, YAML, JSON, HCL; also behind a comment mark. */
const ASSIGNMENT =
  /^([ \t]*(?:[;#]+[ \t]*)?(?:-[ \t]+)?(?:export[ \t]+)?["']?)([\w.$-]+)(["']?[ \t]*[=:][ \t]*)(.*)$/gm;
/** The same within a line: flow YAML, one-line JSON, query strings, command lines. */
const INLINE =
  /(["']?)(?<![\w-])([\w-]{3,})\1[ \t]*[:=][ \t]*("[^"\n]*"|'[^'\n]*'|\$(?:__\w+)?\{[^}\n]*\}|[^\s,;}&"']+)/g;
/** Kubernetes: a name on one line, its value on the next. */
const NAME_THEN_VALUE = /^[ \t]*(?:-[ \t]*)?name:[ \t]*["']?([\w.-]+)["']?[ \t]*\n[ \t]*value:[ \t]*(.*)$/gm;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$(?![\s\S]))/g;
const TOKEN = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g;
const URL_PASSWORD = /:\/\/[^\s/:@]*:([^\s/@]+)@/g;

/** Places of secret values in a text of any form, in order, not overlapping. */
export function secretSpans(text: string): readonly Span[] {
  const found: Span[] = [];
  const add = (start: number, end: number) => {
    if (end > start) found.push({ start, end });
  };
  for (const match of text.matchAll(ASSIGNMENT)) {
    const [whole, lead = '', name = '', delimiter = '', value = ''] = match;
    if (!isSecretName(name)) continue;
    const start = match.index + lead.length + name.length + delimiter.length;
    const end = valueEnd(text, start, match.index + whole.length, lead.length);
    const written = text.slice(start, end).trimEnd();
    if (!REFERENCE.test(written) && !HARMLESS.test(value.trim())) add(start, start + written.length);
  }
  for (const match of text.matchAll(INLINE)) {
    const [whole, , name = '', value = ''] = match;
    if (!isSecretName(name) || REFERENCE.test(value) || HARMLESS.test(value)) continue;
    add(match.index + whole.length - value.length, match.index + whole.length);
  }
  for (const match of text.matchAll(NAME_THEN_VALUE)) {
    const [whole, name = '', value = ''] = match;
    if (isSecretName(name) && !REFERENCE.test(value.trim()))
      add(match.index + whole.length - value.length, match.index + whole.trimEnd().length);
  }
  for (const match of text.matchAll(PRIVATE_KEY)) add(match.index, match.index + match[0].length);
  for (const match of text.matchAll(TOKEN)) add(match.index, match.index + match[0].length);
  for (const match of text.matchAll(URL_PASSWORD)) {
    const end = match.index + match[0].length - 1;
    add(end - match[1]!.length, end);
  }
  return merge(found);
}

/** Where a value that may run over several lines ends: closing quotes, a trailing backslash, an indented block. */
function valueEnd(text: string, start: number, lineEnd: number, indent: number): number {
  for (const quote of ['"""', "'''", '`'])
    if (text.startsWith(quote, start)) {
      const close = text.indexOf(quote, start + quote.length);
      if (close >= lineEnd) return close + quote.length;
      return lineEnd;
    }
  let end = lineEnd;
  if (/^[|>][+-]?\d?\s*$/.test(text.slice(start, lineEnd))) {
    for (;;) {
      const next = text.indexOf('\n', end + 1);
      const line = text.slice(end + 1, next === -1 ? text.length : next);
      if (end >= text.length || (line.trim() !== '' && line.search(/\S/) <= indent)) return end;
      end = next === -1 ? text.length : next;
    }
  }
  while (text[end - 1] === '\\' && end < text.length) {
    const next = text.indexOf('\n', end + 1);
    end = next === -1 ? text.length : next;
  }
  return end;
}

function merge(spans: Span[]): readonly Span[] {
  spans.sort((a, b) => a.start - b.start);
  const result: { start: number; end: number }[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}

/** The text with every character of the spans replaced by `*`; lengths and line breaks stay, so places stay right. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\s]/g, '*');
    at = end;
  }
  return result + text.slice(at);
}

/** Secrets shorter than this are words that may stand anywhere. */
const SHORTEST_SECRET = 4;
/** A text with more secrets than these is no configuration; looking for all of them everywhere would take too long. */
const MOST_SOUGHT = 200;

/** The secrets of a text, each once, without their quotes; very short ones are left out. */
export function secretValues(text: string): readonly string[] {
  const values = secretSpans(text).map(({ start, end }) => text.slice(start, end).replace(/^["'`]+|["'`]+$/g, ''));
  return [...new Set(values.filter((secret) => secret.length >= SHORTEST_SECRET))];
}

/**
 * Lines of a text (from 0) that hold a secret, or what is a secret elsewhere in it.
 * @param others a further text whose secrets are to be looked for
 */
export function hiddenLines(text: string, others = ''): ReadonlySet<number> {
  const hidden = new Set<number>();
  const lines = new LineMap(text);
  for (const { start, end } of secretSpans(text)) {
    const last = lines.position(Math.max(start, end - 1)).line;
    for (let line = lines.position(start).line; line <= last; line++) hidden.add(line - 1);
  }
  const sought = [...new Set([...secretValues(text), ...secretValues(others)])].slice(0, MOST_SOUGHT);
  if (sought.length === 0) return hidden;
  const any = new RegExp(sought.map((secret) => secret.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('|'), 'g');
  for (const { index } of text.matchAll(any)) hidden.add(lines.position(index).line - 1);
  return hidden;
}
