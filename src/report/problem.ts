/**
 * The looks of errors that stop a run: a call that was wrong or a world that refused (a sentence, no stack), and a bug of ours.
 */
import type { CliError } from '../errors.js';
import type { Style } from './style.js';

export interface Environs {
  readonly version: string;
  readonly nodeVersion: string;
  readonly platform: string;
}

/** `error: …` with at most a few indented lines below it. */
export function formatError(error: CliError, style: Style, see?: string): string {
  const lines = [`${style.bold(style.red('error:'))} ${error.message}`];
  if (error.suggestions.length > 0)
    lines.push(`  did you mean ${error.suggestions.map((name) => `"${name}"`).join(' or ')}?`);
  if (error.because !== undefined) lines.push(indent('because: ', error.because));
  if (error.hint !== undefined) lines.push(indent('try: ', error.hint));
  if (see !== undefined) lines.push(`  see: ${see}`);
  return lines.join('\n');
}

function indent(label: string, text: string): string {
  return `  ${label}${text.split('\n').join(`\n  ${' '.repeat(label.length)}`)}`;
}

/** A bug: one sentence, the stack, and what a report of it needs. The message of an error may quote input, so secrets are masked. */
export function formatBug(error: unknown, environs: Environs, style: Style): string {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const stack = (thrown.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `  ${line.trim()}`);
  return [
    `${style.bold(style.red('internal error:'))} ${maskSecrets(thrown.message)}`,
    '  this is a bug in auth-cli; please report it with the text below',
    `  auth-cli ${environs.version}, node ${environs.nodeVersion}, ${environs.platform}`,
    ...stack,
  ].join('\n');
}

/** Hides what looks like a secret in a text we did not write: tokens, and values behind names of secrets. */
export function maskSecrets(text: string): string {
  return text
    .replace(/\beyJ[\w-]+\.[\w-]*(?:\.[\w-]*)?/g, '[redacted]')
    .replace(
      /((?:secret|password|passwd|private_key|token|authorization|shared_key)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|(?:(?:bearer|basic)\s+)?[^\s,;}&]+)/gi,
      '$1[redacted]',
    );
}
