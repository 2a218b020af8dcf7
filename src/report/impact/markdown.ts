/** A comparison as Markdown, for a pull request. */
import { escapeMarkdown, markdownCode } from '../../text/markdown.js';
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

export const markdownHead = '| who | what | old | new | because of |\n| --- | --- | --- | --- | --- |\n';

export function markdownRow(row: ImpactRow, differences: readonly ShownDifference[]): string {
  const doubt = row.certainty === 'undetermined' ? ' *(not documented)*' : '';
  return row.changes
    .map((change, at) => {
      const [old, now] = changeCells(row, change);
      const sign = { gain: '▲ ', loss: '▼ ', either: '▲▼ ', neutral: '' }[change.direction];
      const cause = `${escapeMarkdown(causeText(change.cause, differences))}${change.permitted ? ' *(permitted)*' : ''}`;
      return `| ${at === 0 ? escapeMarkdown(row.who) : ''} | ${changeTitle(change)} | ${escapeMarkdown(old)} | ${sign}${escapeMarkdown(now)}${doubt} | ${cause} |\n`;
    })
    .join('');
}

export function markdownTail(
  summary: ImpactSummary,
  differences: readonly ShownDifference[],
  verdict: 'ok' | 'changes' | 'fail',
): string {
  const lines = [`**${{ ok: '✔', changes: '⚠', fail: '✖' }[verdict]} ${escapeMarkdown(totalsText(summary))}**`];
  const transitions = transitionTexts(summary, '→');
  if (transitions.length > 0) lines.push('', ...transitions.map((text) => `- ${escapeMarkdown(text)}`));
  if (differences.length > 0) {
    lines.push('', '| setting | old | new | changes |', '| --- | --- | --- | --- |');
    const value = (text: string | null) => (text === null ? '*not set*' : text === '' ? '*empty*' : markdownCode(text));
    differences.forEach(({ name, before, after }, at) => {
      lines.push(`| ${escapeMarkdown(name)} | ${value(before)} | ${value(after)} | ${summary.causes[at]} |`);
    });
  }
  const note = askedNote(differences);
  if (note !== undefined) lines.push('', `> ${escapeMarkdown(note)}`);
  return `${lines.join('\n')}\n`;
}
