/** A dry run as Markdown, for a ticket or a pull request. */
import { adviceOn } from '../../claims/advice.js';
import { type BulkRow, type BulkSummary, expectationText, summaryText } from './bulk.js';
import { byField, personName, resultText, sourceName, targetName, userRows, verdictText } from './words.js';

/** One result; of `many` with where it comes from. */
export function formatTraceMarkdown({ place, who, resolution, expectations }: BulkRow, many: boolean): string {
  const lines = [
    `## ${plain(personName(resolution) ?? who)} → ${plain(verdictText(resolution))}`,
    '',
    plain(many ? `${targetName(resolution)}, ${place}` : targetName(resolution)),
  ];
  if (expectations.length > 0) lines.push('');
  for (const result of expectations)
    lines.push(
      `- ${result.met ? '✔' : '✖'} ${plain(result.met ? `${result.path} is as expected` : expectationText(result))}`,
    );
  if (resolution.denial !== null) {
    lines.push('', `**${plain(resolution.denial.message)}**`);
    if (resolution.denial.productMessage) lines.push('', `> ${plain(resolution.denial.productMessage)}`);
  }
  if (resolution.certainty === 'undetermined')
    lines.push('', '*not documented: what is public does not settle this verdict*');
  const rows = userRows(resolution);
  if (rows.length > 0) {
    lines.push('', '| field | value |', '| --- | --- |');
    for (const [name, value] of rows) lines.push(`| ${plain(name)} | ${plain(value)} |`);
  }
  for (const [field, steps] of byField(resolution.trace)) {
    lines.push(
      '',
      `### ${plain(field)}`,
      '',
      '| # | source | looked at | result | note |',
      '| --- | --- | --- | --- | --- |',
    );
    steps.forEach((step, index) => {
      const what = step.expression ?? step.option ?? '';
      const note = [step.note, step.certainty && 'not documented'].filter(Boolean).join('; ');
      const result = `${step.hypothetical ? 'would give ' : ''}${resultText(step)}`;
      lines.push(
        `| ${index + 1} | ${plain(sourceName(step.source))} | ${code(what)} | ${plain(result)} | ${plain(note)} |`,
      );
    });
  }
  const advice = adviceOn(resolution);
  if (advice.length > 0) lines.push('', '### what to change', '', ...advice.map((text) => `- ${plain(text)}`));
  return `${lines.join('\n')}\n`;
}

/** A payload that could not be read. */
export function unreadableMarkdown(place: string, message: string): string {
  return `## ✖ ${plain(place)}\n\n${plain(message)}\n`;
}

export function summaryMarkdown(summary: BulkSummary): string {
  const { good, text } = summaryText(summary);
  return `**${good ? '✔' : '✖'} ${plain(text)}**\n`;
}

export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&').replaceAll('\n', ' ');
}

/** Code in a table cell: a fence longer than any run of backticks in it, bars escaped. */
export function code(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', '\\|').replaceAll('\n', ' ')}${pad}${fence}`;
}
