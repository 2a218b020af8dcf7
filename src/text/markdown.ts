/** Text as it stands in a line of Markdown, in a table cell too: nothing in it is taken for markup. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** Text as code, in a table cell too: a fence longer than any run of backticks in it, bars escaped. `''` for no text. */
export function markdownCode(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', '\\|').replaceAll('\n', ' ')}${pad}${fence}`;
}
