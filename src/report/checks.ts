/** Named checks: what was expected, what was found. Shared by everything that checks. */
import type { Check } from '../claims/trace.js';
import { padEnd, shownLine, wrapText } from '../text/width.js';
import type { Style } from './style.js';

/** One line a check; for one that failed, or could not be made, the reason below it. */
export function checkLines(checks: readonly Check[], style: Style): string[] {
  const width = Math.max(0, ...checks.map((check) => check.name.length));
  return checks.flatMap((check) => {
    const head = `  ${mark(check, style)} ${padEnd(check.name, width)}  `;
    const rest = below(check, style.width - width - 6);
    const [first = '', ...more] = rest;
    const indent = ' '.repeat(width + 6);
    return [`${head}${first}`.trimEnd(), ...more.map((line) => `${indent}${style.dim(line)}`)];
  });
}

function mark(check: Check, style: Style): string {
  if (check.ok === null) return style.yellow('?');
  return check.ok ? style.green(style.symbols.ok) : style.red(style.symbols.fail);
}

function below(check: Check, width: number): string[] {
  const [expected, actual, because] = [check.expected, check.actual, check.because].map((text) =>
    text === undefined ? undefined : shownLine(text),
  );
  if (check.ok === true) {
    const found = actual ?? expected ?? '';
    return because === undefined ? [found] : [found, ...wrapText(because, Math.max(30, width))];
  }
  const lines: string[] = [];
  if (actual !== undefined) lines.push(actual);
  if (check.ok === false && expected !== undefined && expected !== actual) lines.push(`expected: ${expected}`);
  if (because !== undefined) lines.push(...wrapText(because, Math.max(30, width)));
  return lines;
}

/** `9 checks passed`, `2 of 9 checks failed: signature, issuer`. */
export function checkSummary(checks: readonly Check[]): string {
  const failed = checks.filter((check) => check.ok === false);
  const open = checks.filter((check) => check.ok === null);
  const notMade = open.length === 0 ? '' : `; not made: ${open.map((check) => check.name).join(', ')}`;
  if (failed.length === 0) return `${count(checks.length - open.length)} passed${notMade}`;
  return `${failed.length} of ${count(checks.length - open.length)} failed: ${failed.map((check) => check.name).join(', ')}${notMade}`;
}

const count = (number: number) => `${number} check${number === 1 ? '' : 's'}`;
