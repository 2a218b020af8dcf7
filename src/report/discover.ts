/** What `discover` found: the checks, the settings they imply, and what to enter at the provider. */
import type { Check } from '../claims/trace.js';
import type { Discovery } from '../login/discovery.js';
import type { ChecklistEntry } from '../login/implied-settings.js';
import type { Finding } from '../rules/rule.js';
import { padEnd, shownLine } from '../text/width.js';
import { checkLines, checkSummary } from './checks.js';
import { firstLine } from './findings/compact.js';
import type { Style } from './style.js';

export interface DiscoverReport {
  readonly discovery: Discovery;
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
  /** Absent where there is no document. */
  readonly settings?: {
    readonly form: string;
    readonly text: string;
    readonly values: Readonly<Record<string, string>>;
  };
  readonly checklist: readonly ChecklistEntry[];
  readonly ok: boolean;
}

export function discoverText(report: DiscoverReport, style: Style): string {
  const { discovery, checks, findings, settings, checklist } = report;
  const lines = [`${style.bold('issuer')}  ${shownLine(discovery.issuer)}`];
  for (const { url, status, elapsed, problem } of discovery.attempts) {
    const said = status === undefined ? (problem?.message ?? '') : `${status}`;
    lines.push(`  GET ${shownLine(url)}  ${style.dim(`${shownLine(said)}  ${Math.round(elapsed)} ms`)}`);
  }
  lines.push('', style.bold('checks'), ...checkLines(checks, style));
  if (findings.length > 0) {
    lines.push('', style.bold('compared with the configuration'));
    for (const finding of findings) {
      lines.push(`  ${shownLine(firstLine(finding, finding.path))}`);
      if (finding.consequence) lines.push(`    ${style.dim(shownLine(finding.consequence))}`);
      if (finding.help) lines.push(`    ${shownLine(finding.help)}`);
    }
  }
  if (settings) {
    const indented = settings.text
      .trimEnd()
      .split('\n')
      .map((line) => `  ${shownLine(line)}`.trimEnd());
    lines.push('', style.bold('settings it implies'), ...indented);
  }
  if (checklist.length > 0) {
    const width = Math.max(...checklist.map((entry) => entry.what.length));
    lines.push('', style.bold('to enter at the identity provider'));
    for (const { what, value, note } of checklist) {
      const remark = note === undefined ? '' : `  ${style.dim(`(${note})`)}`;
      lines.push(`  ${padEnd(what, width)}  ${shownLine(value)}${remark}`);
    }
  }
  const verdict = report.ok ? style.green(style.symbols.ok) : style.red(style.symbols.fail);
  const serious = findings.filter((finding) => finding.severity === 'error').length;
  const differ = serious === 0 ? '' : `; ${serious} address${serious === 1 ? '' : 'es'} of the configuration differ`;
  lines.push('', `${verdict} ${checkSummary(checks)}${differ}`);
  return `${lines.join('\n')}\n`;
}

export function discoverJson(report: DiscoverReport): string {
  const { discovery, checks, findings, settings, checklist, ok } = report;
  const value = {
    formatVersion: 1,
    issuer: discovery.issuer,
    ok,
    source: discovery.source ?? null,
    attempts: discovery.attempts.map(({ url, redirects, status, contentType, problem }) => ({
      url,
      redirects,
      status: status ?? null,
      contentType: contentType ?? null,
      problem: problem ?? null,
    })),
    document: discovery.document ?? null,
    checks,
    findings,
    settings: settings?.values ?? null,
    checklist,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
