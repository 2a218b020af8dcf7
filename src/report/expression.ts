/**
 * An evaluated expression for a terminal and for programs.
 */
import type { DocumentRun, ExpressionRun } from '../claims/expression-run.js';
import type { EvaluationResult } from '../expression/compile.js';
import type { StaticReading } from '../expression/reading.js';
import { type ExpressionStep, failedStep } from '../expression/steps.js';
import type { Suspicion } from '../expression/suspicions.js';
import { padEnd, printable, shownLine, textWidth, wrapText } from '../text/width.js';
import { problemLines } from './expression-problem.js';
import type { Style } from './style.js';

const SOURCE_NAMES: Readonly<Record<DocumentRun['source'], string>> = {
  document: 'the document',
  id_token: 'the ID token',
  userinfo: 'UserInfo',
  access_token: 'the access token',
};

/** JSON, with NaN and the infinities by name. */
function valueText(value: unknown, limit = Number.POSITIVE_INFINITY): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  let text: string;
  try {
    text = printable(JSON.stringify(value));
  } catch {
    text = 'a value nested too deeply to show';
  }
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

function outcome(result: EvaluationResult, limit?: number): string {
  if (result.error === undefined) return valueText(result.value, limit);
  return `${result.error.panic ? 'panic' : 'error'}: ${result.error.message}`;
}

/** For a terminal. `quiet`: values only. */
export function formatExpression(run: ExpressionRun, style: Style, options: { readonly quiet?: boolean } = {}): string {
  const lines: string[] = [];
  if (run.error !== undefined) {
    lines.push(...problemLines(run.expression, run.error, undefined, run.hint, style));
    return `${lines.join('\n')}\n`;
  }
  for (const [at, document] of run.results.entries()) {
    if (at > 0) lines.push('');
    if (run.results.length > 1) lines.push(style.bold(`on ${SOURCE_NAMES[document.source]}`));
    lines.push(...documentLines(run, document, style, options.quiet === true));
  }
  if (options.quiet) return `${lines.join('\n')}\n`;
  if (run.failure !== undefined)
    lines.push(...problemLines(run.expression, run.failure, undefined, run.hint, style), '');
  if (run.results.length === 0) lines.push(...readingLines(run.reading!, style));
  const remarks = remarksOn(run);
  if (remarks.length > 0) lines.push('', ...remarks.flatMap((text) => bullet(text, style.symbols.arrow, style)));
  lines.push('', style.dim(footer(run)));
  return `${lines.join('\n')}\n`;
}

function footer({ profile }: ExpressionRun): string {
  const library = profile.dialect === 'classic' ? 'go-jmespath 0.4.0' : 'the community JMESPath library';
  return `as Grafana ${profile.asked} evaluates it (${library})`;
}

function documentLines(run: ExpressionRun, document: DocumentRun, style: Style, quiet: boolean): string[] {
  const { result, steps, missing } = document;
  const lines: string[] = [];
  if (result.error === undefined) lines.push(style.green(valueText(result.value)));
  else lines.push(...problemLines(run.expression, result.error, failedStep(steps)?.span, document.hint, style));
  if (quiet) return lines;
  const inner = steps.slice(1);
  if (inner.length > 0) lines.push('', ...stepLines(inner, style));
  for (const { claim, nearby } of missing) {
    const instead = nearby.length === 0 ? '' : `; there is ${nearby.join(', ')}`;
    lines.push(
      `  ${style.yellow(style.symbols.warn)} ${printable(claim)} is not in ${SOURCE_NAMES[document.source]}${printable(instead)}`,
    );
  }
  if (document.reference?.differs)
    lines.push(
      '',
      ...bullet(
        `jmespath.org answers differently: ${outcome(document.reference.reference, 200)}`,
        style.yellow(style.symbols.warn),
        style,
      ),
    );
  return lines;
}

/** Steps shown at most. */
const MOST_STEPS = 60;

function stepLines(steps: readonly ExpressionStep[], style: Style): string[] {
  const shown = steps.slice(0, MOST_STEPS);
  const least = Math.min(...shown.map(({ depth }) => depth));
  const texts = shown.map(
    ({ text, depth }) => `${'  '.repeat(Math.min(depth - least, 12) + 1)}${shorten(shownLine(text), 60)}`,
  );
  const width = Math.min(Math.max(...texts.map(textWidth)), 64);
  const lines = shown.map((step, at) => {
    const results = stepResult(step, Math.max(24, style.width - width - 4));
    const paint = step.evaluations === 0 ? style.dim : step.failed ? style.red : style.cyan;
    return `${padEnd(texts[at]!, width)}  ${paint(results)}`;
  });
  if (steps.length > MOST_STEPS) lines.push(style.dim(`  … and ${steps.length - MOST_STEPS} more`));
  return lines;
}

function stepResult({ results, evaluations, failed }: ExpressionStep, room: number): string {
  if (evaluations === 0) return 'not reached';
  const last = results[results.length - 1]!;
  if (last.error !== undefined && evaluations === results.length) return failed ? outcome(last) : 'error';
  if (results.length === 1) return shorten(outcome(results[0]!), room);
  const few = results.slice(0, 5).map((result) => outcome(result, 30));
  return shorten(`${few.join(', ')}${evaluations > few.length ? `, … (${evaluations} times)` : ''}`, room);
}

function shorten(text: string, width: number): string {
  return textWidth(text) <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}

function bullet(text: string, sign: string, style: Style): string[] {
  return wrapText(text, Math.min(style.width, 100) - 4).map((line, at) =>
    at === 0 ? `  ${sign} ${line}` : `    ${line}`,
  );
}

function readingLines(reading: StaticReading, style: Style): string[] {
  const gives = [
    ...new Set(reading.texts.map(({ text }) => text)),
    ...(reading.open ? ['any text'] : []),
    ...new Set(reading.otherTypes.map(({ type }) => `${type === 'array' || type === 'object' ? 'an' : 'a'} ${type}`)),
    ...(reading.mayBeEmpty ? ['nothing'] : []),
    ...(reading.mayFail ? ['an error'] : []),
  ];
  const claims = [...new Set(reading.claims.map(({ path }) => path.join('.')))];
  const rows: [string, string][] = [
    ['can give', gives.join(', ')],
    ['reads', claims.length === 0 ? 'no claim' : claims.join(', ')],
  ];
  return rows.flatMap(([name, text]) =>
    wrapText(printable(text), Math.min(style.width, 100) - 12).map(
      (line, at) => `${style.bold(padEnd(at === 0 ? name : '', 10))}  ${line}`,
    ),
  );
}

function remarksOn({ reading, results }: ExpressionRun): string[] {
  const remarks: string[] = [];
  for (const suspicion of reading!.suspicions) remarks.push(suspicionText(suspicion));
  for (const { text, because } of reading!.unreached)
    remarks.push(`${text} is never reached: ${because.text} always decides`);
  if (reading!.nondeterministic && results.some(({ result }) => Array.isArray(result.value)))
    remarks.push(
      'the order of the members of an object is random in Grafana: the result may differ from login to login',
    );
  for (const { source, result, text } of results) {
    if (result.error !== undefined || text !== undefined) continue;
    remarks.push(
      `${results.length > 1 ? `${SOURCE_NAMES[source]}: ` : ''}${valueText(result.value, 40)} is no text, so to an option that wants one it is nothing`,
    );
  }
  const winner = results.find(({ text }) => text !== undefined);
  const other = results.find(
    ({ text }, at) => text !== undefined && text !== winner!.text && at > results.indexOf(winner!),
  );
  if (winner !== undefined && other !== undefined)
    remarks.push(
      `an option takes the first source that gives a text: ${SOURCE_NAMES[winner.source]}; ${SOURCE_NAMES[other.source]}, which would give ${other.text}, is not looked at (eval-role shows the whole decision)`,
    );
  return remarks.map(printable);
}

const SUSPICIONS: Readonly<Record<Suspicion['kind'], string>> = {
  'role-as-claim': 'names a claim, not a role',
  'text-as-claim': 'names a claim, not a text',
  'claim-as-text': 'is a text, not a claim',
  'whole-in-quotes': 'is one name: the whole expression stands in double quotes',
  hyphen: 'subtracts one claim from another',
  'boolean-as-text': 'is a text, to which a boolean claim is never equal',
  'list-as-needle': 'is looked for as one element, which is never there',
};

function suspicionText({ kind, text, replacement }: Suspicion): string {
  return `${text} ${SUSPICIONS[kind]}${replacement === undefined ? '' : `; if that is not meant, write ${replacement}`}`;
}

/** For programs. */
export function expressionJson(run: ExpressionRun): string {
  const { expression, profile, hint, reading, results } = run;
  const error = run.error ?? run.failure;
  return `${JSON.stringify(
    {
      formatVersion: 1,
      target: { product: 'grafana', version: profile.asked, dialect: profile.dialect },
      expression,
      ...(error === undefined ? {} : { error: { ...error, ...(hint === undefined ? {} : { help: hint.help }) } }),
      ...(reading === undefined ? {} : { reading: readingJson(reading) }),
      results: results.map((document) => ({
        source: document.source,
        ...resultJson(document.result),
        text: document.text ?? null,
        missing: document.missing,
        steps: document.steps.map(({ text, span, depth, evaluations, results: given }) => ({
          text,
          start: span.start,
          end: span.end,
          depth,
          evaluations,
          results: given.map(resultJson),
        })),
        ...(document.reference === undefined
          ? {}
          : { reference: { differs: document.reference.differs, ...resultJson(document.reference.reference) } }),
      })),
    },
    null,
    2,
  )}\n`;
}

/** NaN and the infinities have no JSON: `notJson` names them. */
function resultJson({ value, error }: EvaluationResult): Record<string, unknown> {
  if (error !== undefined) return { error };
  if (typeof value === 'number' && !Number.isFinite(value)) return { value: null, notJson: String(value) };
  return { value };
}

function readingJson(reading: StaticReading) {
  const { texts, open, otherTypes, mayBeEmpty, mayFail, alwaysFails, claims, unreached, suspicions, nondeterministic } =
    reading;
  return {
    texts: [...new Set(texts.map(({ value }) => value))],
    open,
    otherTypes: [...new Set(otherTypes.map(({ type }) => type))],
    mayBeEmpty,
    mayFail,
    alwaysFails,
    claims: claims.map(({ path, span }) => ({ path, start: span.start, end: span.end })),
    unreached: unreached.map(({ text, span }) => ({ text, start: span.start, end: span.end })),
    suspicions: suspicions.map(({ kind, text, span, replacement }) => ({
      kind,
      text,
      start: span.start,
      end: span.end,
      replacement,
    })),
    nondeterministic,
  };
}
