/**
 * How text looks on one stream: colours, symbols, width. Decided once per stream; the only place that knows of chalk.
 */
import type { ChalkInstance } from 'chalk';

export type ColorMode = 'auto' | 'always' | 'never';

export interface StreamFacts {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Paint = (text: string) => string;

export interface Symbols {
  readonly ok: string;
  readonly fail: string;
  readonly warn: string;
  readonly arrow: string;
  readonly ellipsis: string;
  readonly bar: string;
}

/** Paints text; every function gives the text back unchanged where the stream has no colour. */
export interface Style {
  readonly color: boolean;
  readonly isTTY: boolean;
  /** Columns to wrap and cut to. */
  readonly width: number;
  readonly symbols: Symbols;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
}

/**
 * Whether a stream gets colours. In this order: `--color`; `NO_COLOR` set and not empty; `FORCE_COLOR` (`0` and `false` say no);
 * `TERM=dumb`; a terminal. With both variables `NO_COLOR` wins, unlike in Node and chalk, which is why neither is asked.
 */
export function wantsColor(mode: ColorMode, stream: StreamFacts, env: Environment): boolean {
  if (mode !== 'auto') return mode === 'always';
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['TERM'] === 'dumb') return false;
  return stream.isTTY;
}

/** Whether `✔ → …` can be shown; an old Windows console and the C locale get ASCII. */
export function wantsUnicode(env: Environment, platform: string): boolean {
  if (platform === 'win32') return Boolean(env['WT_SESSION'] || env['TERM_PROGRAM'] === 'vscode' || env['ConEmuTask']);
  if (env['TERM'] === 'linux') return false;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return !locale || /utf-?8/i.test(locale) || !/^(C|POSIX)$/i.test(locale);
}

const UNICODE: Symbols = { ok: '✔', fail: '✖', warn: '⚠', arrow: '→', ellipsis: '…', bar: '│' };
const ASCII: Symbols = { ok: '+', fail: 'x', warn: '!', arrow: '->', ellipsis: '...', bar: '|' };

const same: Paint = (text) => text;

/** Makes the style of a stream; chalk is loaded only where there is colour. */
export async function createStyle(
  mode: ColorMode,
  stream: StreamFacts,
  env: Environment,
  platform: string,
): Promise<Style> {
  const color = wantsColor(mode, stream, env);
  const columns = stream.columns ?? (Number(env['COLUMNS']) || 100);
  const base = {
    color,
    isTTY: stream.isTTY,
    width: Math.max(40, columns),
    symbols: wantsUnicode(env, platform) ? UNICODE : ASCII,
  };
  if (!color) return { ...base, bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
  const { Chalk } = await import('chalk');
  // Sixteen colours: the terminal's own palette keeps them readable on light and dark grounds.
  const chalk: ChalkInstance = new Chalk({ level: 1 });
  return {
    ...base,
    bold: chalk.bold,
    dim: chalk.dim,
    red: chalk.red,
    yellow: chalk.yellow,
    green: chalk.green,
    cyan: chalk.cyan,
  };
}
