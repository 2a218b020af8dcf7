/**
 * What makes Grafana's reader give up, in words. A broken line often holds a piece of a secret (a key pasted over several
 * lines, a quote that was never closed), so no text is repeated that may be one.
 */
import type { IniProblem } from './types.js';

type Problem = Omit<IniProblem, 'section'>;

const SECRET_KEY = /secret|passw|token|key|cert|salt/i;

/** Longer texts are cut in messages. */
const SHOWN = 60;

export function unclosedSection(text: string, start: number, end: number): Problem {
  return {
    kind: 'unclosed-section',
    productMessage: `unclosed section: ${upToDelimiter(text, start, end)}`,
    message: 'the section header has no closing "]"',
    span: { start, end },
  };
}

export function emptySectionName(start: number, end: number): Problem {
  return {
    kind: 'empty-section-name',
    productMessage: 'empty section name',
    message: 'the section header has no name',
    span: { start, end },
  };
}

/** `before` is the key of the line above, which this one may have been meant to continue. */
export function missingDelimiter(text: string, start: number, end: number, before: string | undefined): Problem {
  const line = before !== undefined && SECRET_KEY.test(before) ? '…' : shorten(text, start, end);
  return {
    kind: 'key-value-delimiter',
    productMessage: `key-value delimiter not found: ${line}`,
    message: 'the line has neither "=" nor ":"',
    span: { start, end },
  };
}

export function emptyKey(text: string, start: number, end: number): Problem {
  const quoted = text.charCodeAt(start) !== 61 && text.charCodeAt(start) !== 58;
  return {
    kind: 'empty-key',
    productMessage: quoted ? 'error creating new key: empty key name' : `empty key name: ${text[start]} …`,
    message: 'the line has no key name before its delimiter',
    span: { start, end },
  };
}

export function unclosedKeyQuote(text: string, start: number, end: number): Problem {
  return {
    kind: 'unclosed-key-quote',
    productMessage: `missing closing key quote: ${upToDelimiter(text, start, end)}`,
    message: 'the line begins with a quote that nothing closes',
    span: { start, end },
  };
}

export function unclosedValue(quote: string, key: string, start: number, end: number): Problem {
  return {
    kind: 'unclosed-value-quote',
    productMessage: `missing closing key quote from "${quote === '`' ? '`' : '\\"\\"\\"'}…" to "…"`,
    message: `the value of ${JSON.stringify(key)} opens with ${quote} and nothing closes it`,
    span: { start, end },
  };
}

function shorten(text: string, start: number, end: number): string {
  return end - start > SHOWN ? `${text.slice(start, start + SHOWN)}…` : text.slice(start, end);
}

/** What stands before a value. */
function upToDelimiter(text: string, start: number, end: number): string {
  const line = shorten(text, start, end);
  const delimiter = line.search(/[=:]/);
  return delimiter === -1 ? line : `${line.slice(0, delimiter + 1)} …`;
}
