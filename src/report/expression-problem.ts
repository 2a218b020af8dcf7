/** What is wrong with an expression: the place marked in it, what Grafana says, what was probably meant. */
import { compile, type ExpressionError } from '../expression/compile.js';
import type { DialectName } from '../expression/dialect.js';
import { type ExpressionHint, hintFor, tokenLength } from '../expression/hints.js';
import { LineMap, type Span } from '../text/source.js';
import { printable } from '../text/width.js';
import { codeFrame } from './frame.js';
import type { Style } from './style.js';

/** Below its message: the place of an expression that does not parse; nothing for one that does. */
export function syntaxProblemLines(expression: string, dialect: DialectName, style: Style): readonly string[] {
  const { error } = compile(expression, dialect);
  return error === undefined
    ? []
    : problemLines(expression, error, undefined, hintFor(expression, error, dialect), style).slice(1);
}

/** The expression with the place marked. */
export function problemLines(
  expression: string,
  error: ExpressionError,
  span: Span | undefined,
  hint: ExpressionHint | undefined,
  style: Style,
): string[] {
  const lines = [`${style.red(style.bold(error.panic ? 'panic' : 'error'))}${style.bold(`: ${error.message}`)}`];
  if (error.offset !== undefined) {
    const map = new LineMap(expression);
    const end = error.offset + Math.max(1, tokenLength(expression, error.offset));
    const range = map.range(span ?? { start: error.offset, end });
    lines.push(
      ...codeFrame(map, [{ range, primary: true }], { style, paint: style.red }).lines.map((line) => ` ${line}`),
    );
  }
  if (error.productMessage !== undefined) lines.push(`  = Grafana: ${printable(error.productMessage)}`);
  if (error.panic) lines.push('  = effect:  the login ends with HTTP 500');
  if (error.limit) lines.push('  = note:    a limit of this tool; Grafana has none');
  if (hint !== undefined) lines.push(`  = help:    ${hint.help}`);
  const meant = rewritten(expression, hint?.edit);
  if (meant !== undefined) lines.push(`  = try:     ${meant}`);
  return lines;
}

function rewritten(
  expression: string,
  edit: { readonly span: Span; readonly newText: string } | undefined,
): string | undefined {
  if (edit === undefined) return undefined;
  return expression.slice(0, edit.span.start) + edit.newText + expression.slice(edit.span.end);
}
