/** A comparison as Markdown, for a pull request. */
import { code, plain } from '../trace/markdown.js';
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
      const cause = `${plain(causeText(change.cause, differences))}${change.permitted ? ' *(permitted)*' : ''}`;
      return `| ${at === 0 ? plain(row.who) : ''} | ${changeTitle(change)} | ${plain(old)} | ${sign}${plain(now)}${doubt} | ${cause} |\n`;
    })
    .join('');
}

export function markdownTail(
  summary: ImpactSummary,
  differences: readonly ShownDifference[],
  verdict: 'ok' | 'changes' | 'fail',
): string {
  const lines = [`**${{ ok: '✔', changes: '⚠', fail: '✖' }[verdict]} ${plain(totalsText(summary))}**`];
  const transitions = transitionTexts(summary, '→');
  if (transitions.length > 0) lines.push('', ...transitions.map((text) => `- ${plain(text)}`));
  if (differences.length > 0) {
    lines.push('', '| setting | old | new | changes |', '| --- | --- | --- | --- |');
    const value = (text: string | null) => (text === null ? '*not set*' : text === '' ? '*empty*' : code(text));
    differences.forEach(({ name, before, after }, at) => {
      lines.push(`| ${plain(name)} | ${value(before)} | ${value(after)} | ${summary.causes[at]} |`);
    });
  }
  const note = askedNote(differences);
  if (note !== undefined) lines.push('', `> ${plain(note)}`);
  return `${lines.join('\n')}\n`;
}
