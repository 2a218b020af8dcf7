/** A comparison for a terminal: a table of who changes, the settings that differ, totals. */
import Table from 'cli-table3';
import { padEnd, printable, textWidth, wrapText } from '../../text/width.js';
import type { Style } from '../style.js';
import {
  askedNote,
  causeText,
  changeCells,
  changeTitle,
  type ImpactRow,
  type ImpactSummary,
  type ShownDifference,
  totalsText,
  transitionTexts,
} from './impact.js';

/** People laid out together; those behind them come in columns of the same width, without wrapping, which would take its time. */
export const TABLE_ROWS = 200;

const HEADS = ['who', 'what', 'old', 'new', 'because of'];
/** Blanks between columns. */
const GAP = 2;

type Paint = (text: string) => string;
type Cell = readonly [text: string, paint?: Paint];

/** Columns as wide as their content; where a terminal is too narrow for that, cells are wrapped. */
export class ImpactTable {
  readonly #style: Style;
  #widths: readonly number[] | undefined;

  constructor(style: Style) {
    this.#style = style;
  }

  rows(rows: readonly ImpactRow[], differences: readonly ShownDifference[]): string {
    const cells = rows.flatMap((row) => this.#cells(row, differences));
    if (this.#widths !== undefined) return padded(cells, this.#widths);
    this.#widths = this.#fit(cells);
    return layOut([HEADS.map((name): Cell => [name, this.#style.dim]), ...cells], this.#widths);
  }

  #cells(row: ImpactRow, differences: readonly ShownDifference[]): Cell[][] {
    const style = this.#style;
    const paints = { gain: style.green, loss: style.red, either: style.yellow, neutral: undefined };
    const doubt = row.certainty === 'undetermined' ? ' (not documented)' : '';
    return row.changes.map((change, at) => {
      const [old, now] = changeCells(row, change);
      const paint = paints[change.direction];
      const cause = printable(causeText(change.cause, differences));
      return [
        [at === 0 ? printable(row.who) : ''],
        [changeTitle(change)],
        [old],
        paint === undefined ? [`${now}${doubt}`] : [`${now}${doubt}`, paint],
        [change.permitted ? `${cause} (permitted)` : cause],
      ];
    });
  }

  #fit(cells: readonly (readonly Cell[])[]): readonly number[] {
    const longest = (pick: (text: string) => number) =>
      HEADS.map((head, at) => Math.max(head.length, ...cells.map((row) => pick(row[at]![0]))));
    const widths = longest(textWidth);
    if (!this.#style.isTTY) return widths;
    const least = longest((text) => Math.max(...text.split(' ').map(textWidth)));
    let over = widths.reduce((sum, width) => sum + width + GAP, 0) - this.#style.width;
    for (const at of [4, 3, 2]) {
      const cut = Math.max(0, Math.min(over, widths[at]! - Math.max(16, least[at]!)));
      widths[at]! -= cut;
      over -= cut;
    }
    return widths;
  }
}

/** Rows of cells without lines between them. `widths`: of the content. */
function layOut(rows: readonly (readonly Cell[])[], widths: readonly number[]): string {
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    colWidths: widths.map((width) => width + GAP),
    wordWrap: true,
  });
  table.push(...rows.map((row) => row.map(([text, paint]) => (paint ? paint(text) : text))));
  return `${table.toString().replace(/[^\S\n]+$/gm, '')}\n`;
}

function padded(rows: readonly (readonly Cell[])[], widths: readonly number[]): string {
  const line = (row: readonly Cell[]) =>
    row.map(([text, paint = (same: string) => same], at) => paint(padEnd(text, widths[at]! + GAP))).join('');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'mid', 'left', 'right']
    .flatMap((side) => [side, `${side}-left`, `${side}-mid`, `${side}-right`])
    .concat('middle', 'mid-mid')
    .map((part) => [part, '']),
);

/** Below the table: the settings that differ, what they do, totals. `verdict`: whether the run is in order. */
export function impactTail(
  summary: ImpactSummary,
  differences: readonly ShownDifference[],
  verdict: 'ok' | 'changes' | 'fail',
  style: Style,
): string {
  const lines: string[] = [];
  if (differences.length > 0)
    lines.push(style.bold('what differs'), ...differenceLines(summary, differences, style), '');
  const note = askedNote(differences);
  if (note !== undefined)
    lines.push(
      ...wrapText(printable(note), Math.min(style.width, 100) - 2).map((line, at) =>
        at === 0 ? `${style.yellow(style.symbols.warn)} ${line}` : `  ${line}`,
      ),
      '',
    );
  const marks = {
    ok: style.green(style.symbols.ok),
    changes: style.yellow(style.symbols.warn),
    fail: style.red(style.symbols.fail),
  };
  lines.push(`${marks[verdict]} ${totalsText(summary)}`);
  lines.push(...transitionTexts(summary, style.symbols.arrow).map((text) => `  ${printable(text)}`));
  if (verdict === 'fail')
    lines.push(`  ${summary.beyond} of the changes ${summary.beyond === 1 ? 'is' : 'are'} not permitted`);
  return `${lines.join('\n')}\n`;
}

/** Long values stand below each other, so that what differs in them is seen. */
function differenceLines(summary: ImpactSummary, differences: readonly ShownDifference[], style: Style): string[] {
  const { arrow } = style.symbols;
  return differences.flatMap((difference, at) => {
    const { before, after, beforeAt, afterAt } = difference;
    const count = summary.causes[at]!;
    const effect =
      count === 0 ? style.dim('changes no payload') : `changes ${count === 1 ? '1 payload' : `${count} payloads`}`;
    const name = printable(difference.name);
    const [old, now] = [valueText(before), valueText(after)];
    const place = (text: string | undefined) => (text === undefined ? '' : `  ${style.dim(printable(text))}`);
    if (textWidth(old) + textWidth(now) <= 40)
      return [`  ${name}: ${old} ${arrow} ${now}  ${effect}${place(afterAt ?? beforeAt)}`];
    return [`  ${name}  ${effect}`, `    - ${old}${place(beforeAt)}`, `    + ${now}${place(afterAt)}`];
  });
}

function valueText(value: string | null): string {
  if (value === null) return '(not set)';
  return value === '' ? '(empty)' : printable(value).replace(/\r?\n/g, '\\n');
}
