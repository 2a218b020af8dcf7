/** Findings for reading: the place with its text, what it causes, what to do; the summary last. */
import type { Finding, Related, Severity } from '../../rules/rule.js';
import { maskSpans, secretSpans } from '../../text/redact.js';
import { LineMap } from '../../text/source.js';
import { wrapText } from '../../text/width.js';
import { codeFrame, type Mark } from '../frame.js';
import type { Style } from '../style.js';
import { oneLine, place } from './compact.js';
import type { CheckedFile, CheckedFiles, FindingsFormat, FindingsSummary } from './format.js';

export const pretty: FindingsFormat = ({ style, quiet }) => {
  const verdicts = new Verdicts();
  return {
    begin: () => '',
    files: (checked) => {
      verdicts.add(checked);
      const lines = checked.files.map((file) => new LazyLines(file));
      const others = new Map(lines.map((entry) => [entry.file.path, entry]));
      return [
        ...lines.flatMap((entry) =>
          entry.file.findings.map((finding) => findingText(finding, entry.file.path, others, style)),
        ),
        ...checked.environment.map((finding) => findingText(finding, undefined, others, style)),
      ].join('');
    },
    end: (summary) => (quiet ? '' : summaryText(summary, verdicts, style)),
  };
};

/** Files nobody, or anybody, could log in with; of many only the first few are named. */
class Verdicts {
  readonly nobody = new Counted();
  readonly anybody = new Counted();

  add({ files }: CheckedFiles): void {
    for (const { path, verdict } of files) {
      if (verdict?.verdict === 'nobody') this.nobody.add(path);
      if (verdict?.verdict === 'anybody') this.anybody.add(path);
    }
  }
}

/** More names than this make no summary. */
const NAMED = 3;

class Counted {
  #count = 0;
  readonly #names: string[] = [];

  add(name: string): void {
    if (++this.#count <= NAMED) this.#names.push(name);
  }

  get count(): number {
    return this.#count;
  }

  toString(): string {
    const rest = this.#count - this.#names.length;
    return `${this.#names.map(oneLine).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  }
}

/** Lines of a file with its secrets masked; made when the first finding of the file is shown. */
class LazyLines {
  readonly file: CheckedFile;
  #lines: LineMap | undefined;

  constructor(file: CheckedFile) {
    this.file = file;
  }

  get lines(): LineMap {
    this.#lines ??= new LineMap(maskSpans(this.file.text, secretSpans(this.file.text)));
    return this.#lines;
  }
}

export function severityPaint(severity: Severity, style: Style): (text: string) => string {
  if (severity === 'error') return style.red;
  return severity === 'warning' ? style.yellow : style.cyan;
}

function findingText(
  finding: Finding,
  path: string | undefined,
  sources: ReadonlyMap<string, LazyLines>,
  style: Style,
): string {
  const paint = severityPaint(finding.severity, style);
  const head = `${style.bold(place(finding, path))}: ${paint(finding.severity)}: ${oneLine(finding.message)} ${style.dim(`[${finding.rule}]`)}`;
  const at = finding.path ?? path;
  const source = at === undefined ? undefined : sources.get(at);
  const shown: Related[] = [];
  const body: string[] = [];
  let gutter = 1;
  if (finding.range && source) {
    const marks: Mark[] = [{ range: finding.range, primary: true }];
    for (const related of finding.related ?? [])
      if (related.range && (related.path ?? at) === at && !related.message.startsWith(FOLLOWS)) {
        marks.push({ range: related.range, primary: false, label: oneLine(related.message) });
        shown.push(related);
      }
    const frame = codeFrame(source.lines, marks, { style, paint });
    body.push(...frame.lines);
    gutter = frame.gutter;
  }
  body.push(...notes(finding, shown, at).flatMap(([label, text]) => noteLines(label, text, gutter, style)));
  return `${[head, ...body].join('\n')}\n\n`;
}

/** How the engine begins the message of a finding that follows from another one. */
const FOLLOWS = 'follows from this: ';

function notes(
  { consequence, help, failOpen, failShut, related, suggestions }: Finding,
  shown: readonly Related[],
  path: string | undefined,
): (readonly [label: string, text: string])[] {
  const result: (readonly [string, string])[] = [];
  if (consequence) result.push(['effect:', consequence]);
  if (failOpen) result.push(['opens:', 'a gate meant to keep people out lets them in']);
  if (failShut) result.push(['shuts:', 'nobody can log in this way']);
  for (const other of related ?? []) {
    if (shown.includes(other)) continue;
    if (other.message.startsWith(FOLLOWS)) result.push(['so also:', other.message.slice(FOLLOWS.length)]);
    else result.push(['see:', `${place(other, path)}: ${other.message}`]);
  }
  if (help) result.push(['try:', help]);
  else if (suggestions && suggestions.length > 0)
    result.push(['try:', `did you mean ${suggestions.map((name) => `"${name}"`).join(' or ')}?`]);
  return result;
}

const LABEL_WIDTH = 9;

function noteLines(label: string, text: string, gutter: number, style: Style): string[] {
  const lead = `${' '.repeat(gutter + 1)}= `;
  const [first = '', ...rest] = wrapText(oneLine(text), Math.max(30, style.width - lead.length - LABEL_WIDTH));
  return [
    `${style.dim(lead)}${style.bold(label.padEnd(LABEL_WIDTH))}${first}`,
    ...rest.map((line) => `${' '.repeat(lead.length + LABEL_WIDTH)}${line}`),
  ];
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `3 errors, 1 warning`; only what there is. */
export function counts({ errors, warnings, infos }: Pick<FindingsSummary, 'errors' | 'warnings' | 'infos'>): string {
  return [
    errors > 0 ? plural(errors, 'error') : '',
    warnings > 0 ? plural(warnings, 'warning') : '',
    infos > 0 ? plural(infos, 'note') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** What rules need that a look at files alone does not give, and how to get it. */
const NEEDS: Readonly<Record<string, string>> = {
  discovery: "endpoints against the provider's own document: auth-cli discover",
  files: 'files that the configuration names',
};

/** Who could log in: the sentence of the one configuration, or which of many are shut or open. */
function verdictLines(summary: FindingsSummary, { nobody, anybody }: Verdicts, style: Style): string[] {
  const { fail, warn } = style.symbols;
  const only =
    summary.files === summary.last?.files.length ? summary.last.files.find((file) => file.verdict)?.verdict : undefined;
  if (only === undefined)
    return [
      ...(nobody.count > 0 ? wrapped(fail, `nobody could log in with ${nobody}`, style.red, style) : []),
      ...(anybody.count > 0 ? wrapped(fail, `anybody could log in with ${anybody}`, style.red, style) : []),
    ];
  const { verdict, sentence } = only;
  if (verdict === 'nobody' || verdict === 'anybody') return wrapped(fail, sentence, style.red, style);
  return verdict === 'unknown' ? wrapped(warn, sentence, style.yellow, style) : wrapped(' ', sentence, String, style);
}

function wrapped(symbol: string, text: string, paint: (text: string) => string, style: Style): string[] {
  const [first = '', ...rest] = wrapText(oneLine(text), Math.max(30, style.width - 2));
  return [paint(`${symbol} ${first}`), ...rest.map((line) => paint(`  ${line}`))];
}

function summaryText(summary: FindingsSummary, verdicts: Verdicts, style: Style): string {
  const { last, files, errors, warnings } = summary;
  const total = errors + warnings + summary.infos;
  const where = files === 1 && last ? last.files[0]!.path : plural(files, 'file');
  const lines: string[] = [];
  const { ok, fail, warn } = style.symbols;
  if (files > 0) {
    if (total === 0)
      lines.push(style.green(`${ok} ${where}: no problems${last ? ` (${plural(last.rulesRun, 'rule')})` : ''}`));
    else {
      const [symbol, paint] =
        errors > 0 ? [fail, style.red] : warnings > 0 ? [warn, style.yellow] : ([ok, style.green] as const);
      lines.push(paint(`${symbol} ${plural(total, 'problem')} in ${where}: ${counts(summary)}`));
    }
  }
  lines.push(...verdictLines(summary, verdicts, style));
  if (last) lines.push(...facts(last, files).map((line) => `  ${line}`));
  if (summary.rules.length > 0) lines.push(`  about a rule: auth-cli explain ${summary.rules[0]}`);
  return lines.map((line) => `${line}\n`).join('');
}

function facts(last: CheckedFiles, files: number): string[] {
  const notes = files === 1 || last.files.length === files ? last.notes : last.notes.slice(0, 1);
  const result = notes.length > 0 ? [notes.join('; ')] : [];
  for (const { needs } of last.notChecked) result.push(`not checked: ${NEEDS[needs] ?? needs}`);
  return result;
}
