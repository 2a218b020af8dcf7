/**
 * One expression on some documents, with everything worth telling about it: what `auth-cli eval` and its shell show.
 */

import { compile, type EvaluationResult, type ExpressionError } from '../expression/compile.js';
import { type ExpressionHint, hintFor } from '../expression/hints.js';
import { readExpression, type StaticReading } from '../expression/reading.js';
import { compareWithReference, type ReferenceComparison } from '../expression/reference.js';
import { type ExpressionStep, stepsOf } from '../expression/steps.js';
import type { VersionProfile } from '../settings/versions.js';
import type { ExpressionDocument } from './expression-documents.js';
import { missingClaims } from './presence.js';

export interface ExpressionRun {
  readonly expression: string;
  readonly profile: VersionProfile;
  /** It does not parse; there is nothing else then. */
  readonly error?: ExpressionError;
  /** It fails on every document; told where there is none. */
  readonly failure?: ExpressionError;
  /** What to do about either. */
  readonly hint?: ExpressionHint | undefined;
  readonly reading?: StaticReading;
  readonly results: readonly DocumentRun[];
}

/** What came of one document. */
export interface DocumentRun {
  readonly source: ExpressionDocument['source'];
  readonly result: EvaluationResult;
  /** What an option that wants a text makes of it; undefined where that is nothing. */
  readonly text: string | undefined;
  readonly steps: readonly ExpressionStep[];
  /** Claims it reads that are not there, with what is there instead. */
  readonly missing: readonly { readonly claim: string; readonly nearby: readonly string[] }[];
  readonly reference?: ReferenceComparison;
  readonly hint?: ExpressionHint | undefined;
}

export async function runExpression(
  expression: string,
  documents: readonly ExpressionDocument[],
  profile: VersionProfile,
): Promise<ExpressionRun> {
  const compiled = compile(expression, profile.dialect);
  if (compiled.error !== undefined) {
    const { error } = compiled;
    return { expression, profile, error, hint: hintFor(expression, error, profile.dialect), results: [] };
  }
  const results: DocumentRun[] = [];
  for (const document of documents) {
    const { source } = document;
    if (document.error !== undefined) {
      const error = { message: `the document cannot be decoded: ${document.error}` };
      results.push({ source, result: { error }, text: undefined, steps: [], missing: [] });
      continue;
    }
    const trace = compiled.trace(document.value);
    const { result } = trace;
    results.push({
      source,
      result,
      text: typeof result.value === 'string' && result.value !== '' ? result.value : undefined,
      steps: stepsOf(trace),
      missing: missingClaims({ compiled }, document.value),
      reference: await compareWithReference(expression, document.value, result),
      hint: result.error && hintFor(expression, result.error, profile.dialect),
    });
  }
  const reading = readExpression(compiled);
  // Without a document, what fails on all of them is shown on an empty one.
  const failure = results.length === 0 && reading.alwaysFails ? compiled.evaluate({}).error : undefined;
  if (failure === undefined) return { expression, profile, reading, results };
  return { expression, profile, reading, results, failure, hint: hintFor(expression, failure, profile.dialect) };
}
