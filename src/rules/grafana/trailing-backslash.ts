import { replaceSpan } from './edit.js';
import type { GrafanaRule, WrittenEntry } from './subject.js';

export const trailingBackslash: GrafanaRule = {
  id: 'trailing-backslash',
  code: 'S09',
  severity: 'error',
  summary: 'a value ends in a backslash and swallows the next line',
  when: ['\\'],
  docs: {
    why: 'A backslash at the end of a line joins it with the next one. After a path such as C:\\certs\\ the next key, comment or section becomes part of the value and is gone.',
    bad: '[auth.generic_oauth]\ntls_client_ca = C:\\certs\\\nuse_pkce = true\n',
    good: '[auth.generic_oauth]\ntls_client_ca = C:\\certs\\ca.pem\nuse_pkce = true\n',
    references: ['go-ini 1.67: continuation lines'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if (!written.entry.continued || written.entry.quote === 'triple' || written.entry.quote === 'backtick') continue;
      const swallowed = swallowedLines(written);
      const { document, entry } = written;
      const at = document.source.text.slice(entry.valueSpan.start).search(/\\[^\S\n]*(\n|$)/);
      const start = at === -1 ? entry.valueSpan.start : entry.valueSpan.start + at;
      if (swallowed.length === 0) continue;
      const [first] = swallowed;
      report({
        ...subject.at(document, { start, end: start + 1 }),
        section: written.section,
        option: written.key,
        message: `the backslash at the end of ${written.key} joins the next line to the value`,
        consequence: `"${first!.text}" on line ${first!.line} is part of the value of ${written.key}, not a line of its own`,
        help: 'remove the backslash at the end of the line',
        root: subject.range(document, entry.valueSpan),
        related: swallowed.map(({ line, text }) =>
          subject.related(`"${text}" is swallowed`, subject.at(document, lineSpan(written, line))),
        ),
        fix: replaceSpan(document, { start, end: start + 1 }, '', 'remove the backslash'),
      });
    }
  },
};

function lineSpan({ document }: WrittenEntry, line: number) {
  const start = document.lines.lineStart(line);
  return { start, end: start + document.lines.line(line).length };
}

/** Lines of the value that look like a key, a section or a comment of their own. */
function swallowedLines({ document, entry }: WrittenEntry): readonly { line: number; text: string }[] {
  const { lines } = document;
  const first = lines.position(entry.valueSpan.start).line;
  const last = lines.position(Math.max(entry.valueSpan.end - 1, entry.valueSpan.start)).line;
  const found: { line: number; text: string }[] = [];
  for (let line = first + 1; line <= last; line++) {
    const text = lines.line(line).trim();
    const key = /^([A-Za-z_][\w.-]*)\s*[=:](?![=:])/.exec(text)?.[1];
    if (key !== undefined) found.push({ line, text: key });
    else if (/^\[[A-Za-z][\w.-]*\]$/.test(text)) found.push({ line, text });
    else if (/^[#;]/.test(text)) found.push({ line, text: text.slice(0, 1) });
  }
  return found;
}
