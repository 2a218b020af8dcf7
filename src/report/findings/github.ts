/**
 * Workflow commands of GitHub Actions, which the runner turns into annotations: `::error file=…,line=…::message`.
 * Properties and escapes: GitHub documentation, "Workflow commands for GitHub Actions". The runner drops columns of ranges over
 * several lines, so they are left out there.
 */
import type { Severity } from '../../rules/rule.js';
import { place } from './compact.js';
import type { FindingsFormat } from './format.js';
import { asText, type PlacedFinding, placed, rangeOf, slashed } from './place.js';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

export const github: FindingsFormat = ({ windows }) => ({
  begin: () => '',
  files: (checked) => {
    let text = '';
    for (const one of placed(checked)) text += command(one, windows);
    return text;
  },
  end: () => '',
});

function command(one: PlacedFinding, windows: boolean): string {
  const { finding, path } = one;
  const { start, end } = rangeOf(one);
  const properties: [string, string | number][] = [];
  if (path !== undefined) {
    properties.push(['file', slashed(path, windows)], ['line', start.line]);
    if (end.line === start.line) {
      properties.push(['col', start.column], ['endLine', end.line]);
      if (end.column > start.column) properties.push(['endColumn', end.column]);
    } else properties.push(['endLine', end.column === 1 ? end.line - 1 : end.line]);
  }
  properties.push(['title', `auth-cli: ${finding.rule}`]);
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  // The log of a step shows the message only, so it begins with the place.
  const message = `${place(finding, path)}: ${asText(finding)}`;
  return `::${COMMANDS[finding.severity]} ${list}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
