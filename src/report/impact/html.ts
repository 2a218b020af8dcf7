/** A comparison as one self-contained page, written as a stream. */
import { escapeHtml } from '../../text/html.js';
import { printable } from '../../text/width.js';
import { htmlEnd, htmlHead, table } from '../trace/html.js';
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

const text = (value: string) => escapeHtml(printable(value));

export function impactHtmlHead(): string {
  const heads = ['who', 'what', 'old', 'new', 'because of'].map((head) => `<th scope="col">${head}</th>`).join('');
  return `${htmlHead('auth-cli diff', 'What a change of configuration does')}<div class="wide"><table>
<thead><tr>${heads}</tr></thead>
<tbody>
`;
}

const CLASSES = { gain: 'matched', loss: 'error', either: 'default', neutral: '' } as const;
const SIGNS = { gain: '▲ ', loss: '▼ ', either: '▲▼ ', neutral: '' } as const;

export function impactHtmlRow(row: ImpactRow, differences: readonly ShownDifference[]): string {
  return row.changes
    .map((change, at) => {
      const [old, now] = changeCells(row, change);
      const doubt = row.certainty === 'undetermined' ? ' <em>not documented</em>' : '';
      const cells = [
        at === 0 ? `${text(row.who)} <span class="soft">${text(row.place)}</span>` : '',
        text(changeTitle(change)),
        text(old),
        `<span class="${CLASSES[change.direction]}">${SIGNS[change.direction]}${text(now)}</span>${doubt}`,
        `${text(causeText(change.cause, differences))}${change.permitted ? ' <em>permitted</em>' : ''}`,
      ];
      return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
    })
    .join('');
}

export function impactHtmlUnreadable(place: string, message: string): string {
  return `<tr><td class="error">${text(place)}</td><td colspan="4">${text(message)}</td></tr>\n`;
}

export function impactHtmlTail(
  summary: ImpactSummary,
  differences: readonly ShownDifference[],
  verdict: 'ok' | 'changes' | 'fail',
): string {
  const transitions = transitionTexts(summary, '→');
  const value = (written: string | null) =>
    written === null ? '<em>not set</em>' : written === '' ? '<em>empty</em>' : `<code>${text(written)}</code>`;
  const rows = differences.map(({ name, before, after }, at) => [
    text(name),
    value(before),
    value(after),
    String(summary.causes[at]),
  ]);
  const note = askedNote(differences);
  const kind = verdict === 'ok' ? 'ok' : verdict === 'fail' ? 'bad' : 'warn';
  return `</tbody>
</table></div>
<p class="${kind}"><strong><span class="mark" aria-hidden="true">${{ ok: '✔', changes: '⚠', fail: '✖' }[verdict]}</span> ${text(totalsText(summary))}</strong></p>
${transitions.length === 0 ? '' : `<ul>${transitions.map((one) => `<li>${text(one)}</li>`).join('')}</ul>\n`}${rows.length === 0 ? '' : `<h3>what differs</h3>\n${table(['setting', 'old', 'new', 'changes'], rows)}\n`}${note === undefined ? '' : `<p class="warn">${text(note)}</p>\n`}${htmlEnd}`;
}
