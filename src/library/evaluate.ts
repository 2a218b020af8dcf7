/**
 * One JMESPath expression on one document, as Grafana evaluates it.
 */
import { UsageError } from '../errors.js';
import { walk } from '../expression/ast.js';
import { type CompiledExpression, compile, type EvaluationResult } from '../expression/compile.js';
import { equal } from '../expression/values.js';
import { versionProfile } from '../settings/versions.js';
import { decodeGoJson } from '../text/go-json.js';

export interface EvaluateOptions {
  /** `X`, `X.Y` or `X.Y.Z`; below 11.3 the classic library, from 11.3 its community fork; default: the newest known. */
  readonly grafanaVersion?: string;
}

/**
 * Evaluates `expression` on `json`: a string is JSON text, decoded as Go decodes it, anything else the decoded document.
 *
 * The value is plain JSON data, or NaN or an infinity; an expression reference is `{}` (before 11.3) or null. `error.offset`
 * counts UTF-16 code units from 0 in the expression and is absent for errors of the document; `error.panic` marks what ends the
 * login with HTTP 500. Throws UsageError where `grafanaVersion` is no version.
 */
export function evaluate(expression: string, json: unknown, options: EvaluateOptions = {}): EvaluationResult {
  const profile = versionProfile(options.grafanaVersion);
  if (profile === undefined)
    throw new UsageError(`“${options.grafanaVersion}” is no Grafana version`, {
      hint: 'write it as 11, 11.3 or 11.3.1',
    });
  const compiled = compile(expression, profile.dialect);
  if (compiled.error !== undefined) return { error: compiled.error };
  return typeof json === 'string' ? evaluateText(compiled, json) : compiled.evaluate(json);
}

/** Evaluates on JSON text, decoded as Go decodes it. */
export function evaluateText(compiled: CompiledExpression, text: string): EvaluationResult {
  const decoded = decodeGoJson(text);
  if (decoded.error === undefined) return compiled.evaluate(decoded.value);
  // No text at all is no document: the library runs on null then, which tells something only of what names no member.
  if (text === '' && !namesMember(compiled)) return compiled.evaluate(null);
  if (decoded.error.partial !== undefined) {
    // A number outside float64 spoils what reads it; the rest of the document was decoded.
    const result = compiled.evaluate(decoded.error.partial.value);
    const marked = compiled.evaluate(decodeGoJson(text, { outOfRange: true }).error?.partial?.value);
    if (equal(result, marked, () => false)) return result;
  }
  return { error: { message: `the document cannot be decoded: ${decoded.error.message}` } };
}

function namesMember(compiled: CompiledExpression): boolean {
  for (const node of walk(compiled.tree)) if (node.kind === 'field') return true;
  return false;
}
