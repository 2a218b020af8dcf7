/**
 * The page the browser ends on. Self-contained: no script, no network, light and dark, readable by a screen reader.
 */
import { escapeHtml } from '../text/html.js';

export interface PageRow {
  readonly label: string;
  readonly value: string;
}

export interface Page {
  readonly ok: boolean;
  readonly title: string;
  /** One or two sentences. */
  readonly text: string;
  readonly rows: readonly PageRow[];
}

const STYLE = `
:root{color-scheme:light dark;--back:#f5f6f8;--card:#fff;--text:#1c2430;--soft:#5a6575;--line:#dfe3e9;--ok:#1a7f4b;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--back:#12161c;--card:#1b2129;--text:#e8ecf2;--soft:#9aa6b6;--line:#303946;--ok:#4cc38a;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
main{width:min(34rem,100%);background:var(--card);border:1px solid var(--line);border-top:.3rem solid var(--mark);border-radius:.6rem;padding:1.75rem}
.ok{--mark:var(--ok)}.bad{--mark:var(--bad)}
h1{margin:0 0 .5rem;font-size:1.35rem;line-height:1.3}
h1 span{color:var(--mark)}
p{margin:.5rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1.25rem 0;padding:1rem 0;border-block:1px solid var(--line)}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9rem}
`;

/** The whole document. Every text is escaped; nothing of the request is echoed unless it is in `page`. */
export function renderPage(page: Page): string {
  const rows = page.rows.map((row) => `<dt>${escapeHtml(row.label)}</dt><dd>${escapeHtml(row.value)}</dd>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} · auth-cli</title>
<style>${STYLE}</style>
</head>
<body>
<main class="${page.ok ? 'ok' : 'bad'}">
<h1><span aria-hidden="true">${page.ok ? '✔' : '✖'}</span> ${escapeHtml(page.title)}</h1>
<p role="status">${escapeHtml(page.text)}</p>
${rows === '' ? '' : `<dl>${rows}</dl>\n`}<p class="soft">You can close this window. Everything else is in the terminal where auth-cli runs.</p>
</main>
</body>
</html>
`;
}
