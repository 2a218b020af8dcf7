/** Values of several lines in forms whose values are one line. */
import { findOption } from '../../settings/catalog.js';
import type { WriteReport, WriteSetting } from './types.js';

/**
 * The value on one line: line breaks of an expression become blanks where they stand between its words; undefined, and left out,
 * where only line breaks can say what is meant.
 * @param where what cannot hold several lines, for the reason
 */
export function onOneLine(setting: WriteSetting, where: string, report: WriteReport): string | undefined {
  const { section, key, value } = setting;
  if (!/[\r\n]/.test(value)) return value;
  if (findOption(section, key)?.type !== 'jmespath') {
    report.leave(setting, `its value has several lines, which ${where} cannot hold`);
    return undefined;
  }
  const line = joinedExpression(value);
  if (line === undefined)
    report.leave(setting, `a text or literal within the expression has a line break, which ${where} cannot hold`);
  else report.note(`${key}: the line breaks of the expression are written as blanks, which mean the same`);
  return line;
}

/** JMESPath: raw texts, quoted names and JSON literals, each with its escapes. */
const TOKENS = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|['"`]|[^'"`]+/g;

function joinedExpression(expression: string): string | undefined {
  let line = '';
  for (const [token] of expression.matchAll(TOKENS)) {
    const literal = /^['"`]/.test(token);
    if (!literal) line += token.replace(/\s*[\r\n]\s*/g, ' ');
    else if (token.length === 1 || /[\r\n]/.test(token)) return undefined;
    else line += token;
  }
  return line.trim();
}
