/** The few pages people see: plain HTML without scripts, fonts or pictures from anywhere. */
import { escapeHtml } from '../text/html.js';
import type { DemoUser } from './users.js';

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
ul { list-style: none; padding: 0; }
li { margin: 0.4rem 0; }
button { font: inherit; width: 100%; text-align: left; padding: 0.5rem 0.8rem; border: 1px solid GrayText; border-radius: 0.4rem; background: Canvas; color: CanvasText; cursor: pointer; }
button:hover, button:focus-visible { outline: 2px solid Highlight; outline-offset: 1px; }
small { display: block; opacity: 0.8; }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** One button a person; `login_hint` of the request puts that one first. */
export function loginPage(options: {
  readonly action: string;
  readonly title: string;
  readonly users: readonly DemoUser[];
  readonly hint: string | undefined;
}): string {
  const hinted = (user: DemoUser) => [user.id, user.login, user.email].includes(options.hint);
  const users = [...options.users].sort((a, b) => Number(hinted(b)) - Number(hinted(a)));
  const items = users
    .map(
      (user) =>
        `<li><button type="submit" name="user" value="${escapeHtml(user.id)}"${hinted(user) ? ' autofocus' : ''}><strong>${escapeHtml(user.id)}</strong> – ${escapeHtml(user.name)}<small>${escapeHtml(user.summary)}</small></button></li>`,
    )
    .join('\n');
  return page(
    'Who do you want to be?',
    `<p>This is the demo provider of auth-cli, imitating ${escapeHtml(options.title)}. No passwords: pick a person.</p>
<form method="post" action="${escapeHtml(options.action)}">
<ul>
${items}
</ul>
<p><button type="submit" name="cancel" value="yes">Decline to sign in</button></p>
</form>`,
  );
}

export function errorPage(title: string, text: string): string {
  return page('The sign-in cannot go on', `<p><strong>${escapeHtml(title)}</strong></p>\n<p>${escapeHtml(text)}</p>`);
}

export function signedOutPage(): string {
  return page('You are signed out', '<p>You can close this window.</p>');
}

export function homePage(title: string, issuer: string, users: readonly DemoUser[]): string {
  const items = users
    .map((user) => `<li><strong>${escapeHtml(user.id)}</strong> <small>${escapeHtml(user.summary)}</small></li>`)
    .join('\n');
  return page(
    'auth-cli demo provider',
    `<p>Imitates ${escapeHtml(title)}. Issuer: <code>${escapeHtml(issuer)}</code></p>\n<ul>\n${items}\n</ul>`,
  );
}
