/**
 * Dry runs as one self-contained page: no script, no network, light and dark. The parts come one after the other, so that a page
 * about many people is written as a stream.
 */
import { adviceOn } from '../../claims/advice.js';
import type { ClaimPresence, Resolution, TraceStep } from '../../claims/trace.js';
import { escapeHtml } from '../../text/html.js';
import { printable } from '../../text/width.js';
import { type BulkRow, type BulkSummary, expectationText, passes, summaryText } from './bulk.js';
import { byField, personName, resultText, sourceName, targetName, userRows, verdictText } from './words.js';

const STYLE = `
:root{color-scheme:light dark;--back:#f5f6f8;--card:#fff;--text:#1c2430;--soft:#5a6575;--line:#dfe3e9;--ok:#1a7f4b;--bad:#b3261e;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--back:#12161c;--card:#1b2129;--text:#e8ecf2;--soft:#9aa6b6;--line:#303946;--ok:#4cc38a;--bad:#ff8a80;--warn:#e3b341}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1.5rem;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
details,article{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--mark);border-radius:.4rem;padding:.75rem 1rem;margin:.75rem 0}
.ok{--mark:var(--ok)}.bad{--mark:var(--bad)}
summary{cursor:pointer}
h1{font-size:1.3rem;margin:0 0 1rem}h2{display:inline;font-size:1.1rem;margin:0}h3{font-size:1rem;margin:1.25rem 0 .25rem}
h2 span,.mark{color:var(--mark)}
.soft{color:var(--soft)}.warn{color:var(--warn)}
p{margin:.5rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.25rem;margin:1rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--soft);font-weight:normal}
code{font-family:ui-monospace,monospace;font-size:.95em}
.matched{color:var(--ok)}.error{color:var(--bad)}.default{color:var(--warn)}
`;

/** The start of a page. Both texts are plain. */
export function htmlHead(title = 'auth-cli eval-role', heading = 'Dry run of logins'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
`;
}

/** One result. Of `many` each can be unfolded, and those not in order are unfolded already. */
export function htmlRow(row: BulkRow, many: boolean): string {
  const good = passes(row);
  const heading = headline(row);
  const [open, close] = many
    ? [`<details class="${kind(good)}"${good ? '' : ' open'}>\n<summary>${heading}</summary>`, '</details>']
    : [`<article class="${kind(good)}">\n${heading}`, '</article>'];
  return `${[open, ...body(row), close].join('\n')}\n`;
}

/** A payload that could not be read. `place` is `users.jsonl:4:17`. */
export function htmlUnreadable(place: string, message: string): string {
  return `<article class="bad"><h2><span aria-hidden="true">✖</span> ${text(place)}</h2>\n<p>${text(message)}</p></article>\n`;
}

/** `summary` only where there are many. */
export function htmlTail(summary: BulkSummary | undefined): string {
  const last = summary && summaryText(summary);
  return `${last ? `<p class="${kind(last.good)}"><strong>${mark(last.good)} ${text(last.text)}</strong></p>\n` : ''}${htmlEnd}`;
}

export const htmlEnd = '</main>\n</body>\n</html>\n';

const kind = (good: boolean) => (good ? 'ok' : 'bad');
const mark = (good: boolean) => `<span class="mark" aria-hidden="true">${good ? '✔' : '✖'}</span>`;
const text = (value: string) => escapeHtml(printable(value));

function headline({ place, who, resolution, ...row }: BulkRow): string {
  const person = personName(resolution) ?? who;
  const name = resolution.name === undefined || resolution.name === person ? '' : `${resolution.name}: `;
  return `<h2>${mark(passes({ place, who, resolution, ...row }))} ${text(`${name}${person} → ${verdictText(resolution)}`)}</h2> <span class="soft">${text(`${targetName(resolution)} · ${place}`)}</span>`;
}

function body({ resolution, expectations }: BulkRow): string[] {
  const parts: string[] = [];
  const { denial } = resolution;
  if (denial !== null) {
    parts.push(`<p><strong>${text(denial.message)}</strong></p>`);
    if (denial.productMessage) parts.push(`<p class="soft">it says: ${text(denial.productMessage)}</p>`);
  }
  if (resolution.certainty === 'undetermined')
    parts.push('<p class="warn">not documented: what is public does not settle this verdict</p>');
  for (const result of expectations)
    parts.push(
      `<p>${mark(result.met)} ${text(result.met ? `${result.path} is as expected` : expectationText(result))}</p>`,
    );
  const rows = userRows(resolution);
  if (rows.length > 0)
    parts.push(`<dl>${rows.map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join('')}</dl>`);
  const advice = adviceOn(resolution);
  if (advice.length > 0)
    parts.push('<h3>what to change</h3>', `<ul>${advice.map((one) => `<li>${text(one)}</li>`).join('')}</ul>`);
  for (const [field, steps] of byField(resolution.trace))
    parts.push(`<h3>${text(field)}</h3>`, table(['#', 'source', 'looked at', 'result', 'note'], steps.map(stepCells)));
  parts.push(...claims(resolution));
  return parts;
}

function stepCells(step: TraceStep, index: number): string[] {
  const what = step.expression ?? step.option ?? '';
  const result = `${step.hypothetical ? 'would give ' : ''}${resultText(step)}`;
  const notes = [step.note, step.certainty === undefined ? undefined : 'not documented'].filter(
    (note) => note !== undefined,
  );
  return [
    String(index + 1),
    text(sourceName(step.source)),
    what === '' ? '' : `<code>${text(what)}</code>`,
    `<span class="${step.hypothetical ? 'soft' : step.status}">${text(result)}</span>`,
    text(notes.join('; ')),
  ];
}

function claims(resolution: Resolution): string[] {
  const rows = resolution.claims ?? [];
  if (rows.length === 0) return [];
  const cell = (present: boolean | null) => (present === null ? '–' : present ? 'yes' : 'no');
  const cells = (row: ClaimPresence) => [
    `<code>${text(row.claim)}</code>`,
    cell(row.id_token),
    cell(row.userinfo),
    cell(row.access_token),
    text(row.option),
    text(row.nearby.join(', ')),
  ];
  const heads = ['claim', 'ID token', 'UserInfo', 'access token', 'wanted by', 'similar claims there'];
  return ['<h3>claims</h3>', table(heads, rows.map(cells))];
}

/** Heads are plain text, cells HTML. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((one) => `<th scope="col">${escapeHtml(one)}</th>`).join('');
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table></div>`;
}
