/** Many dry runs: a line each, totals, JUnit. */
import type { ExpectationResult } from '../../claims/expect.js';
import type { Resolution } from '../../claims/trace.js';
import { padEnd, printable, textWidth } from '../../text/width.js';
import { escapeXml } from '../../text/xml.js';
import type { Style } from '../style.js';
import { valueText, verdictText } from './words.js';

/** One result with where it came from. */
export interface BulkRow {
  /** `users.jsonl:17` or a file name. */
  readonly place: string;
  /** Who it is about. */
  readonly who: string;
  readonly resolution: Resolution;
  readonly expectations: readonly ExpectationResult[];
  /** The payload of the row before, in front of a further product. */
  readonly again?: boolean;
}

export interface BulkSummary {
  /** Payloads. */
  readonly total: number;
  /** Results, where each payload was put before several products. */
  readonly results?: number;
  readonly outcomes: Record<string, number>;
  readonly roles: Record<string, number>;
  /** Payloads that could not be read. */
  readonly unreadable: number;
  readonly expectationsMet: number;
  readonly expectationsFailed: number;
}

/** Counts as rows come; memory does not grow with them. */
export class BulkCounter {
  total = 0;
  results = 0;
  unreadable = 0;
  met = 0;
  failed = 0;
  readonly outcomes = new Map<string, number>();
  readonly roles = new Map<string, number>();

  add({ resolution, expectations, again = false }: BulkRow): void {
    this.results++;
    if (!again) this.total++;
    count(this.outcomes, resolution.outcome);
    const role = resolution.user?.['role'];
    if (resolution.outcome === 'allowed' && typeof role === 'string')
      count(this.roles, role === '' ? '(left as it is)' : role);
    for (const result of expectations) result.met ? this.met++ : this.failed++;
  }

  summary(): BulkSummary {
    return {
      total: this.total,
      ...(this.results === this.total ? {} : { results: this.results }),
      outcomes: Object.fromEntries(this.outcomes),
      roles: Object.fromEntries(this.roles),
      unreadable: this.unreadable,
      expectationsMet: this.met,
      expectationsFailed: this.failed,
    };
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Every expectation is met; where there is none, the person is let in or sent on. */
export function passes({ resolution, expectations }: BulkRow): boolean {
  if (expectations.length > 0) return expectations.every((result) => result.met);
  return resolution.outcome === 'allowed' || resolution.outcome === 'redirect';
}

/** `users.jsonl:3  carol  Admin  …`, columns padded to what fits most. */
export function formatBulkRow(row: BulkRow, style: Style): string {
  const { resolution } = row;
  const failed = row.expectations.filter((result) => !result.met);
  const mark = passes(row) ? style.green(style.symbols.ok) : style.red(style.symbols.fail);
  const who = cut(printable(row.who), 32);
  const parts = [
    mark,
    style.dim(row.place) + ' '.repeat(Math.max(0, 24 - textWidth(row.place))),
    padEnd(who, 32),
    verdictText(resolution),
  ];
  if (resolution.denial !== null) parts.push(style.dim(printable(resolution.denial.message)));
  const lines = [parts.join('  ').trimEnd()];
  for (const result of failed) lines.push(`    ${style.red(expectationText(result))}`);
  return lines.join('\n');
}

function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let result = '';
  for (const char of text) {
    if (textWidth(result + char) >= width) break;
    result += char;
  }
  return `${result}…`;
}

export function expectationText(result: ExpectationResult): string {
  const expected = typeof result.expected === 'string' ? result.expected : valueText(result.expected);
  return `expected ${result.path}=${expected}, got ${valueText(result.actual) || 'nothing'}`;
}

/** `✖ 3 payloads: 1 Admin, 1 Editor, 1 denied; 1 could not be read`. */
export function formatBulkSummary(summary: BulkSummary, style: Style): string {
  const { good, text } = summaryText(summary);
  return `${good ? style.green(style.symbols.ok) : style.red(style.symbols.fail)} ${text}`;
}

/** The totals in words, and whether all is in order. */
export function summaryText(summary: BulkSummary): { readonly good: boolean; readonly text: string } {
  const roles = Object.entries(summary.roles).map(([role, number]) => `${number} ${role}`);
  const named = Object.values(summary.roles).reduce((sum, number) => sum + number, 0);
  const others = Object.entries(summary.outcomes)
    .map(([outcome, number]): [string, number] => [outcome, outcome === 'allowed' ? number - named : number])
    .filter(([, number]) => number > 0)
    .map(([outcome, number]) => `${number} ${outcome}`);
  const expected = summary.expectationsMet + summary.expectationsFailed;
  const bad =
    summary.expectationsFailed > 0 ||
    summary.unreadable > 0 ||
    (expected === 0 && (summary.outcomes['denied'] ?? 0) + (summary.outcomes['error'] ?? 0) > 0);
  const tail = [
    ...(expected === 0 ? [] : [`${summary.expectationsMet} of ${expected} expectations met`]),
    ...(summary.unreadable === 0 ? [] : [`${summary.unreadable} could not be read`]),
  ];
  const counts = [...roles, ...others].join(', ');
  const products = summary.results === undefined ? 1 : summary.results / summary.total;
  const before = products === 1 ? '' : ` before ${products} products${summary.total === 1 ? '' : ' each'}`;
  const head = `${summary.total} ${summary.total === 1 ? 'payload' : 'payloads'}${before}${counts === '' ? '' : `: ${counts}`}`;
  return { good: !bad, text: [head, ...tail].join('; ') };
}

export function junitHead(): string {
  return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="auth-cli eval-role">\n<testsuite name="eval-role">\n';
}

/** A payload without expectations passes where the person is let in. */
export function junitCase(row: BulkRow): string {
  const { resolution } = row;
  const failed = row.expectations.filter((result) => !result.met).map(expectationText);
  if (row.expectations.length === 0 && (resolution.outcome === 'denied' || resolution.outcome === 'error')) {
    failed.push(`${verdictText(resolution)}: ${resolution.denial?.message}`);
  }
  const name = escapeXml(row.who);
  const head = `<testcase classname="${escapeXml(row.place)}" name="${name}"`;
  if (failed.length === 0) return `${head}/>\n`;
  return `${head}><failure message="${escapeXml(failed.join('; '))}"/></testcase>\n`;
}

export function junitUnreadable(place: string, message: string): string {
  return `<testcase classname="${escapeXml(place)}" name="payload"><error message="${escapeXml(message)}"/></testcase>\n`;
}

export function junitTail(): string {
  return '</testsuite>\n</testsuites>\n';
}
