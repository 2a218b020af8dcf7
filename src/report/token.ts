/** Tokens for people and for programs. Shows what they say; never the token itself. */
import type { Check } from '../claims/trace.js';
import { padEnd, shownLine, textWidth } from '../text/width.js';
import type { DecodedToken } from '../token/decode.js';
import type { ClaimRead } from '../token/reads.js';
import type { TimeClaim } from '../token/times.js';
import { checkLines, checkSummary } from './checks.js';
import { localTime } from './local-time.js';
import type { Style } from './style.js';

export interface ShownToken {
  /** What it is called where it came from: `id_token`, `token`. */
  readonly name: string;
  readonly token: DecodedToken;
  readonly times: readonly TimeClaim[];
  /** What Grafana reads of it; undefined where that was not asked. */
  readonly reads?: readonly ClaimRead[];
  readonly readsTitle?: string;
}

export interface TokenTextOptions {
  /** Name of a time zone; undefined: this machine's. */
  readonly zone: string | undefined;
}

export function decodedText(tokens: readonly ShownToken[], style: Style, options: TokenTextOptions): string {
  const parts = tokens.map((token) => oneToken(token, style, options));
  return `${parts.join('\n\n')}\n`;
}

function oneToken(
  { name, token, times, reads, readsTitle }: ShownToken,
  style: Style,
  options: TokenTextOptions,
): string {
  const kind =
    token.kind === 'jwe'
      ? 'an encrypted token: only its header can be read'
      : 'decoded, not verified: this is what it says, not what is true';
  const lines = [`${style.bold(name)}  ${style.dim(kind)}`, style.bold('header'), ...members(token.header, style, 1)];
  if (token.claims) {
    const notes = new Map(times.map((time) => [time.claim, `${localTime(time.seconds, options.zone)}  ${time.age}`]));
    lines.push(style.bold('claims'), ...members(token.claims, style, 1, notes));
  } else if (token.payloadText !== undefined) lines.push(style.bold('payload'), `  ${shownLine(token.payloadText)}`);
  if (token.inner) {
    lines.push(style.bold('the token inside'), ...members(token.inner.header, style, 1));
    if (token.inner.claims) lines.push(...members(token.inner.claims, style, 1));
  }
  if (token.kind === 'jws') {
    const size =
      token.signatureBytes === 0
        ? 'none: anybody could have written this token'
        : `${token.signatureBytes} bytes, not checked and not shown`;
    lines.push(`${style.bold('signature')}  ${size}`);
  }
  for (const note of token.notes) lines.push(`${style.yellow(style.symbols.warn)} ${shownLine(note)}`);
  if (reads) lines.push(...readLines(reads, readsTitle ?? 'Grafana reads', style));
  return lines.join('\n');
}

function readLines(reads: readonly ClaimRead[], title: string, style: Style): string[] {
  if (reads.length === 0) return [style.bold(title), '  nothing of it'];
  const width = Math.max(...reads.map((read) => textWidth(shownLine(read.claim))));
  return [
    style.bold(title),
    ...reads.flatMap((read) => {
      const sign = read.problem
        ? style.red(style.symbols.fail)
        : read.present
          ? style.green(style.symbols.ok)
          : style.yellow('?');
      const missing = read.present ? '' : ' (not in this token)';
      const line = `  ${sign} ${padEnd(shownLine(read.claim), width)}  ${read.use}${missing}`;
      return read.problem ? [line, `      ${shownLine(read.problem)}`] : [line];
    }),
  ];
}

/** Members of an object, nested objects indented below their name. */
function members(
  object: Readonly<Record<string, unknown>>,
  style: Style,
  depth: number,
  notes: ReadonlyMap<string, string> = new Map(),
): string[] {
  const entries = Object.entries(object);
  const indent = '  '.repeat(depth);
  const width = Math.min(28, Math.max(0, ...entries.map(([name]) => textWidth(shownLine(name)))));
  if (entries.length === 0) return [`${indent}(empty)`];
  return entries.flatMap(([name, value]) => {
    const shown = shownLine(name);
    if (isObject(value) && Object.keys(value).length > 0 && depth < 5) {
      return [`${indent}${shown}`, ...members(value, style, depth + 1)];
    }
    const note = notes.get(name);
    return [`${indent}${padEnd(shown, width)}  ${plain(value)}${note === undefined ? '' : `  ${style.dim(note)}`}`];
  });
}

/** A text as it is, everything else as JSON, so that 1 and "1" can be told apart. */
function plain(value: unknown): string {
  if (typeof value !== 'string') return shownLine(JSON.stringify(value));
  const looksLikeJson =
    /^(?:-?\d[\d.eE+-]*$|true$|false$|null$|[[{"])/.test(value) || value === '' || /^\s|\s$/.test(value);
  return shownLine(looksLikeJson ? JSON.stringify(value) : value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function decodedJson(tokens: readonly ShownToken[]): string {
  const value = {
    formatVersion: 1,
    verified: false,
    tokens: tokens.map(({ name, token, times, reads }) => ({
      name,
      ...tokenJson(token),
      times,
      ...(reads === undefined ? {} : { reads }),
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function tokenJson(token: DecodedToken): Record<string, unknown> {
  return {
    kind: token.kind,
    header: token.header,
    claims: token.claims ?? null,
    ...(token.payloadText === undefined ? {} : { payload: token.payloadText }),
    ...(token.inner ? { inner: tokenJson(token.inner) } : {}),
    signatureBytes: token.signatureBytes,
    notes: token.notes,
  };
}

export interface VerifiedToken {
  readonly name: string;
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly token?: DecodedToken;
}

export function verifiedText({ name, ok, checks, token }: VerifiedToken, style: Style): string {
  const verdict = ok ? style.green(`${style.symbols.ok} valid`) : style.red(`${style.symbols.fail} not valid`);
  const about = token?.claims?.['sub'];
  const who = typeof about === 'string' ? `, sub ${shownLine(about)}` : '';
  return [`${style.bold(name)}${who}`, ...checkLines(checks, style), `${verdict}: ${checkSummary(checks)}`, ''].join(
    '\n',
  );
}

export function verifiedJson({ name, ok, checks, token }: VerifiedToken): string {
  const value = {
    formatVersion: 1,
    name,
    valid: ok,
    checks,
    header: token?.header ?? null,
    claims: token?.claims ?? null,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
