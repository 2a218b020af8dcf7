/** A dry run for a terminal: the verdict first, what it is made of, then the way there. */
import { adviceOn } from '../../claims/advice.js';
import type { Resolution, TraceStep } from '../../claims/trace.js';
import type { DialectName } from '../../expression/dialect.js';
import { versionProfile } from '../../settings/versions.js';
import { padEnd, printable, textWidth, wrapText } from '../../text/width.js';
import { syntaxProblemLines } from '../expression-problem.js';
import { formatClaims } from '../login.js';
import type { Style } from '../style.js';
import { byField, personName, resultText, sourceName, targetName, userRows, verdictText } from './words.js';

export interface TraceOptions {
  /** Every step and every claim, not only those that decided something. */
  readonly verbose?: boolean;
  /** The verdict line only. */
  readonly quiet?: boolean;
  /** Who it is about where the product does not say, as it refused the person. */
  readonly who?: string;
}

export function formatTrace(resolution: Resolution, style: Style, options: TraceOptions = {}): string {
  const lines = [headline(resolution, style, options.who)];
  if (options.quiet) return `${lines.join('\n')}\n`;
  const rows = userRows(resolution);
  if (rows.length > 0) {
    const width = Math.max(...rows.map(([name]) => name.length));
    lines.push('', ...rows.map(([name, value]) => `  ${style.dim(name.padEnd(width))}  ${value}`));
  }
  if (resolution.denial !== null) {
    lines.push('', `  ${style.red(style.symbols.fail)} ${printable(resolution.denial.message)}`);
    if (resolution.denial.productMessage)
      lines.push(`    ${style.dim('it says:')} ${printable(resolution.denial.productMessage)}`);
  }
  if (resolution.certainty === 'undetermined') {
    lines.push('', `  ${style.yellow(style.symbols.warn)} not documented: what is public does not settle this verdict`);
  }
  for (const [field, steps] of byField(resolution.trace)) {
    const shown = options.verbose ? steps : steps.filter((step) => matters(step, steps));
    if (shown.length > 0) lines.push('', style.bold(field), ...stepLines(shown, style, dialectOf(resolution)));
  }
  const claims = resolution.claims ?? [];
  const missing = options.verbose ? claims : claims.filter((row) => !row.read.some((source) => present(row, source)));
  if (missing.length > 0) lines.push('', style.bold('claims'), ...formatClaims(missing, style));
  const advice = adviceOn(resolution);
  if (advice.length > 0) {
    lines.push('', style.bold('what to change'));
    for (const text of advice)
      lines.push(
        ...wrapText(text, Math.min(style.width, 100) - 4).map((line, at) =>
          at === 0 ? `  ${style.symbols.arrow} ${line}` : `    ${line}`,
        ),
      );
  }
  return `${lines.join('\n')}\n`;
}

function present(row: object, source: string): boolean {
  return (row as Readonly<Record<string, unknown>>)[source] === true;
}

function headline(resolution: Resolution, style: Style, known: string | undefined): string {
  const good = resolution.outcome === 'allowed' || resolution.outcome === 'redirect';
  const paint = good ? style.green : style.red;
  const mark = paint(good ? style.symbols.ok : style.symbols.fail);
  const person = personName(resolution) ?? known ?? 'this person';
  const who = resolution.name === undefined || resolution.name === person ? person : `${resolution.name}: ${person}`;
  const verdict = `${mark} ${style.bold(who)}  ${style.symbols.arrow}  ${paint(verdictText(resolution))}`;
  return `${verdict}   ${style.dim(targetName(resolution))}`;
}

/** What a later source would have said counts where it differs; steps looked at in vain are noise once the field was settled. */
function matters(step: TraceStep, all: readonly TraceStep[]): boolean {
  if (step.hypothetical)
    return all.every((other) => other.status !== 'matched' || other.hypothetical || !sameResult(other, step));
  if (step.note !== undefined || step.error !== undefined || step.certainty !== undefined) return true;
  if (step.status === 'matched' || step.status === 'default') return true;
  return step.option !== undefined && step.status !== 'skipped' && all.length <= 12;
}

function sameResult(a: TraceStep, b: TraceStep): boolean {
  return JSON.stringify(a.result) === JSON.stringify(b.result);
}

/** How the product reads expressions; undefined for products whose expressions are no JMESPath. */
function dialectOf({ target: { product, version } }: Resolution): DialectName | undefined {
  return product === 'grafana' ? versionProfile(version)?.dialect : undefined;
}

function stepLines(steps: readonly TraceStep[], style: Style, dialect: DialectName | undefined): string[] {
  const lines: string[] = [];
  const sourceWidth = Math.max(...steps.map((step) => textWidth(sourceName(step.source))));
  const whatWidth = Math.min(44, Math.max(...steps.map((step) => textWidth(what(step)))));
  steps.forEach((step, index) => {
    const number = style.dim(String(index + 1).padStart(3));
    const source = padEnd(sourceName(step.source), sourceWidth);
    const paint = step.hypothetical ? style.dim : paintOf(step, style);
    const result = paint(`${step.hypothetical ? 'would give ' : ''}${resultText(step)}`);
    const long = textWidth(what(step)) > whatWidth;
    const margin = `    ${' '.repeat(sourceWidth)}  `;
    if (long) {
      lines.push(`${number} ${source}  ${style.cyan(what(step))}`, `${margin}${style.symbols.arrow} ${result}`);
    } else {
      lines.push(`${number} ${source}  ${style.cyan(padEnd(what(step), whatWidth))}  ${result}`.trimEnd());
    }
    if (step.error !== undefined && step.expression !== undefined && dialect !== undefined)
      lines.push(...syntaxProblemLines(step.expression, dialect, style).map((line) => margin + line));
    if (step.note !== undefined) lines.push(`${margin}${style.dim(printable(step.note))}`);
    if (step.certainty !== undefined) lines.push(`${margin}${style.yellow('not documented')}`);
  });
  return lines;
}

function what(step: TraceStep): string {
  return printable(step.expression ?? step.option ?? '');
}

function paintOf(step: TraceStep, style: Style): (text: string) => string {
  switch (step.status) {
    case 'matched':
      return style.green;
    case 'error':
      return style.red;
    case 'default':
      return style.yellow;
    default:
      return style.dim;
  }
}
