import { type ValidateOptions, validate } from '../../src/library/validate.js';
import type { Finding, TextEdit } from '../../src/rules/rule.js';

/** Findings over one text, as the library gives them. */
export async function findingsIn(
  text: string,
  options: ValidateOptions = {},
): Promise<readonly Omit<Finding, 'path'>[]> {
  const report = await validate([{ path: 'grafana.ini', text }], { product: 'grafana', ...options });
  return report.files[0]?.findings ?? [];
}

/** Findings of one rule. */
export async function findingsOfRule(
  rule: string,
  text: string,
  options: ValidateOptions = {},
): Promise<readonly Omit<Finding, 'path'>[]> {
  return (await findingsIn(text, options)).filter((finding) => finding.rule === rule);
}

/** The text after edits; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (position: { line: number; column: number }) =>
    position.line > starts.length ? text.length : starts[position.line - 1]! + position.column - 1;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}
