/** One line a finding, as editors, problem matchers and `grep` read it. */
import type { Finding } from '../../rules/rule.js';
import { printable } from '../../text/width.js';
import type { FindingsFormat } from './format.js';

export const compact: FindingsFormat = () => ({
  begin: () => '',
  files: ({ files, environment }) =>
    [
      ...files.flatMap((file) => file.findings.map((finding) => firstLine(finding, file.path))),
      ...environment.map((finding) => firstLine(finding)),
    ]
      .map((line) => `${line}\n`)
      .join(''),
  end: () => '',
});

/**
 * `path:line:column`; `env:NAME` for a variable that stands in no file that was read. A finding about a file as a whole points at
 * its beginning.
 */
export function place(finding: Pick<Finding, 'path' | 'range' | 'source'>, path?: string): string {
  if (finding.source !== undefined && finding.range === undefined) return oneLine(finding.source);
  const { line, column } = finding.range?.start ?? { line: 1, column: 1 };
  return `${oneLine(finding.path ?? path ?? '<environment>')}:${line}:${column}`;
}

/** `path:line:column: severity: message [rule]` */
export function firstLine(finding: Finding, path?: string): string {
  return `${place(finding, path)}: ${finding.severity}: ${oneLine(finding.message)} [${finding.rule}]`;
}

export function oneLine(text: string): string {
  return printable(text.replace(/\s*[\r\n]+\s*/g, ' '));
}
