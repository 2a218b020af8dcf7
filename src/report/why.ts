/** Causes of troubles for a terminal, for programs, and for a ticket. */

import { markdownCode as code, escapeMarkdown as plain } from '../text/markdown.js';
import { padEnd, printable, textWidth, wrapText } from '../text/width.js';
import type { Diagnosis, JudgedCause } from '../why/diagnose.js';
import type { LoginUrl } from '../why/login-url.js';
import type { Style } from './style.js';

export interface WhyReport {
  readonly kind: 'message' | 'log' | 'url' | 'session';
  /** Records or lines looked at. */
  readonly records: number;
  readonly url?: LoginUrl;
  readonly diagnoses: readonly Diagnosis[];
  /** What the recorded session gives, replayed. */
  readonly replay?: {
    readonly verdict: string;
    readonly message?: string;
    readonly ok: boolean;
    readonly advice: readonly string[];
  };
  /** Bad records that nothing is known of. */
  readonly unknownCount: number;
  readonly unknown: readonly { readonly line: number | undefined; readonly text: string }[];
}

export function whyJson(report: WhyReport): string {
  const { kind, records, url, diagnoses, replay, unknownCount, unknown } = report;
  return `${JSON.stringify(
    {
      formatVersion: 1,
      input: { kind, records },
      ...(url === undefined ? {} : { url }),
      ...(replay === undefined ? {} : { replay }),
      troubles: diagnoses.map(({ causes, moreUsers, users, ...diagnosis }) => ({
        ...diagnosis,
        users: users.slice(0, LISTED),
        userCount: users.length + moreUsers,
        causes,
      })),
      unknown: { count: unknownCount, examples: unknown.map(({ line, text }) => ({ line: line ?? null, text })) },
    },
    null,
    2,
  )}\n`;
}

/** People listed by name. */
const LISTED = 10;
const EXAMPLE = 400;

export function whyText(report: WhyReport, style: Style, options: { readonly quiet?: boolean } = {}): string {
  const parts: string[] = [];
  if (report.url !== undefined) parts.push(urlText(report.url, style));
  if (report.replay !== undefined) {
    const { verdict, message, ok, advice } = report.replay;
    const mark = ok ? style.green(style.symbols.ok) : style.red(style.symbols.fail);
    const lines = [`${mark} the recorded session, replayed: ${printable(verdict)}`];
    if (message !== undefined)
      lines.push(...wrapText(printable(message), lineWidth(style) - 2).map((line) => `  ${line}`));
    for (const one of advice)
      lines.push(
        ...wrapText(printable(one), lineWidth(style) - 4).map(
          (line, row) => `  ${row === 0 ? style.symbols.arrow : ' '} ${style.cyan(line)}`,
        ),
      );
    parts.push(lines.join('\n'));
  }
  for (const diagnosis of report.diagnoses) parts.push(diagnosisText(diagnosis, report, style));
  if (report.unknownCount > 0) parts.push(unknownText(report, style));
  if (!options.quiet) parts.push(endText(report, style));
  return `${parts.join('\n\n')}\n`;
}

function urlText({ kind, address, parts }: LoginUrl, style: Style): string {
  const width = Math.min(22, Math.max(...parts.map(({ name }) => textWidth(name)), 7));
  const lines = parts.map(({ name, value, note, problem, option }) => {
    const mark = problem ? style.red(style.symbols.fail) : ' ';
    const about = note === undefined ? '' : `${option === undefined ? '' : `${option}: `}${note}`;
    const tail = about === '' ? '' : `\n    ${' '.repeat(width)}${(problem ? style.red : style.dim)(printable(about))}`;
    return `${mark} ${padEnd(printable(name), width)}  ${printable(value)}`.trimEnd() + tail;
  });
  return [`${style.bold(kind)}  ${printable(address)}`, '', ...lines].join('\n');
}

function diagnosisText(diagnosis: Diagnosis, { kind }: WhyReport, style: Style): string {
  const lines = [`${style.bold(diagnosis.title)} ${style.dim(`[${diagnosis.id}]`)}`];
  if (kind === 'log') lines.push(`  ${style.dim(frequency(diagnosis))}`);
  if (kind !== 'session')
    lines.push(
      ...wrapText(printable(cut(diagnosis.example)), lineWidth(style) - 4).map(
        (line) => `  ${style.dim(`${style.symbols.bar} ${line}`)}`,
      ),
    );
  diagnosis.causes.forEach((cause, at) => {
    lines.push('', ...causeLines(cause, at, style));
  });
  return lines.join('\n');
}

function lineWidth(style: Style): number {
  return Math.min(style.width, 100);
}

function cut(text: string): string {
  const one = text.replace(/\s+/g, ' ').trim();
  return one.length <= EXAMPLE ? one : `${one.slice(0, EXAMPLE - 1)}…`;
}

function frequency({ count, line, users, moreUsers }: Diagnosis): string {
  const times = count === 1 ? 'once' : `${count} times`;
  const named = users.slice(0, LISTED).map(printable).join(', ');
  const more = users.length + moreUsers - LISTED;
  const who = users.length === 0 ? '' : `, ${named}${more > 0 ? ` and ${more} more` : ''}`;
  return `${times}${line === undefined ? '' : `, first in line ${line}`}${who}`;
}

function causeLines(cause: JudgedCause, at: number, style: Style): string[] {
  const { verdict } = cause;
  const number = `${at + 1}.`.padStart(4);
  const text = `${cause.cause}${cause.unverified ? ' (remembered, not verified)' : ''}`;
  const paint = verdict?.verdict === 'unlikely' ? style.dim : (same: string) => same;
  const lines = wrapText(printable(text), lineWidth(style) - 6).map((line, row) =>
    paint(`${row === 0 ? number : '    '} ${line}`),
  );
  if (verdict !== undefined) {
    const place = cause.options.find(({ option }) => option === verdict.option)?.place;
    const mark = verdict.verdict === 'holds' ? style.yellow(style.symbols.warn) : style.dim('-');
    lines.push(
      `     ${mark} ${printable(`${verdict.verdict === 'holds' ? '' : 'not likely here: '}${verdict.because}${place === undefined ? '' : ` (${place})`}`)}`,
    );
  }
  lines.push(
    ...wrapText(printable(cause.check), lineWidth(style) - 7).map(
      (line, row) => `     ${row === 0 ? style.symbols.arrow : ' '} ${style.cyan(line)}`,
    ),
  );
  return lines;
}

function unknownHead(count: number): string {
  return `${count === 1 ? '1 more line about logins says' : `${count} more lines about logins say`} something nothing is known of`;
}

function unknownText({ unknownCount, unknown }: WhyReport, style: Style): string {
  const head = unknownHead(unknownCount);
  return [
    style.bold(head),
    ...unknown.map(
      ({ line, text }) => `  ${style.dim(`${line === undefined ? '' : `${line}: `}${printable(cut(text))}`)}`,
    ),
  ].join('\n');
}

function endText({ kind, diagnoses, records, url }: WhyReport, style: Style): string {
  const problems = (url?.parts ?? []).filter(({ problem }) => problem).length;
  if (diagnoses.length === 0 && problems === 0) {
    const what =
      kind === 'log'
        ? `in ${records === 1 ? '1 line' : `${records} lines`}`
        : kind === 'url'
          ? 'wrong with this address as it stands'
          : 'of this text';
    return `${style.yellow(style.symbols.warn)} nothing is known ${what}${kind === 'url' ? '' : '; try the line of the log, or auth-cli test-login'}`;
  }
  const found = [
    ...(diagnoses.length > 0 ? [`${diagnoses.length === 1 ? '1 trouble' : `${diagnoses.length} troubles`}`] : []),
    ...(problems > 0 ? [`${problems === 1 ? '1 part' : `${problems} parts`} of the address to look at`] : []),
  ].join(', ');
  return `${style.green(style.symbols.ok)} ${found}${kind === 'log' ? ` in ${records} lines` : ''}`;
}

export function whyMarkdown(report: WhyReport): string {
  const blocks: string[] = [];
  const { url, replay } = report;
  if (url !== undefined) {
    const rows = url.parts.map(
      ({ name, value, note, problem }) =>
        `| ${plain(name)} | ${code(value)} | ${problem ? '✖ ' : ''}${plain(note ?? '')} |`,
    );
    blocks.push(
      `## ${plain(url.kind)}\n\n${code(url.address)}\n\n| part | value | note |\n| --- | --- | --- |\n${rows.join('\n')}`,
    );
  }
  if (replay !== undefined)
    blocks.push(
      [
        `**${replay.ok ? '✔' : '✖'} The recorded session, replayed: ${plain(replay.verdict)}**`,
        ...(replay.message === undefined ? [] : ['', `> ${plain(replay.message)}`]),
        ...(replay.advice.length === 0 ? [] : ['', ...replay.advice.map((one) => `- ${plain(one)}`)]),
      ].join('\n'),
    );
  for (const diagnosis of report.diagnoses) {
    const causes = diagnosis.causes.map((cause, at) => {
      const { verdict } = cause;
      const judged =
        verdict === undefined
          ? ''
          : verdict.verdict === 'holds'
            ? ` **${plain(verdict.because)}.**`
            : ` *Not likely here: ${plain(verdict.because)}.*`;
      return `${at + 1}. ${plain(cause.cause)}.${judged} Next: ${plain(cause.check)}`;
    });
    const about = report.kind === 'log' ? `${plain(frequency(diagnosis))}\n\n` : '';
    blocks.push(`## ${plain(diagnosis.title)}\n\n${about}${code(cut(diagnosis.example))}\n\n${causes.join('\n')}`);
  }
  if (report.unknownCount > 0) blocks.push(`*${unknownHead(report.unknownCount)}.*`);
  if (blocks.length === 0) blocks.push('*Nothing is known of this text.*');
  return `${blocks.join('\n\n')}\n`;
}
