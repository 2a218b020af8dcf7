/** A dry run as Markdown, for a ticket or a pull request. */
import { adviceOn } from '../../claims/advice.js';
import { escapeMarkdown, markdownCode } from '../../text/markdown.js';
import { type BulkRow, type BulkSummary, expectationText, summaryText } from './bulk.js';
import { byField, personName, resultText, sourceName, targetName, userRows, verdictText } from './words.js';

/** One result; of `many` with where it comes from. */
export function formatTraceMarkdown({ place, who, resolution, expectations }: BulkRow, many: boolean): string {
  const lines = [
    `## ${escapeMarkdown(personName(resolution) ?? who)} → ${escapeMarkdown(verdictText(resolution))}`,
    '',
    escapeMarkdown(many ? `${targetName(resolution)}, ${place}` : targetName(resolution)),
  ];
  if (expectations.length > 0) lines.push('');
  for (const result of expectations)
    lines.push(
      `- ${result.met ? '✔' : '✖'} ${escapeMarkdown(result.met ? `${result.path} is as expected` : expectationText(result))}`,
    );
  if (resolution.denial !== null) {
    lines.push('', `**${escapeMarkdown(resolution.denial.message)}**`);
    if (resolution.denial.productMessage) lines.push('', `> ${escapeMarkdown(resolution.denial.productMessage)}`);
  }
  if (resolution.certainty === 'undetermined')
    lines.push('', '*not documented: what is public does not settle this verdict*');
  const rows = userRows(resolution);
  if (rows.length > 0) {
    lines.push('', '| field | value |', '| --- | --- |');
    for (const [name, value] of rows) lines.push(`| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`);
  }
  for (const [field, steps] of byField(resolution.trace)) {
    lines.push(
      '',
      `### ${escapeMarkdown(field)}`,
      '',
      '| # | source | looked at | result | note |',
      '| --- | --- | --- | --- | --- |',
    );
    steps.forEach((step, index) => {
      const what = step.expression ?? step.option ?? '';
      const note = [step.note, step.certainty && 'not documented'].filter(Boolean).join('; ');
      const result = `${step.hypothetical ? 'would give ' : ''}${resultText(step)}`;
      lines.push(
        `| ${index + 1} | ${escapeMarkdown(sourceName(step.source))} | ${markdownCode(what)} | ${escapeMarkdown(result)} | ${escapeMarkdown(note)} |`,
      );
    });
  }
  const advice = adviceOn(resolution);
  if (advice.length > 0) lines.push('', '### what to change', '', ...advice.map((text) => `- ${escapeMarkdown(text)}`));
  return `${lines.join('\n')}\n`;
}

/** A payload that could not be read. */
export function unreadableMarkdown(place: string, message: string): string {
  return `## ✖ ${escapeMarkdown(place)}\n\n${escapeMarkdown(message)}\n`;
}

export function summaryMarkdown(summary: BulkSummary): string {
  const { good, text } = summaryText(summary);
  return `**${good ? '✔' : '✖'} ${escapeMarkdown(text)}**\n`;
}
