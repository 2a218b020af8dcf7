import type { GrafanaRule } from './subject.js';

export const colonKey: GrafanaRule = {
  id: 'colon-key',
  code: 'S16',
  severity: 'warning',
  summary: 'a key name holds a colon and is cut there',
  docs: {
    why: 'The first "=" or ":" of a line ends the key. A name with a colon in it is cut at the colon, and the rest becomes part of the value.',
    bad: '[auth.generic_oauth]\nemail:primary = mail\n',
    good: '[auth.generic_oauth]\nemail_attribute_name = email:primary\n',
    references: ['go-ini 1.67: "=" and ":" both delimit'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const { entry, document } = written;
      const { text } = document.source;
      if (text[entry.delimiter.start] !== ':' || written.option || entry.continued) continue;
      const name = /^[\w./-]+(?=\s*=\s)/.exec(text.slice(entry.delimiter.start + 1, entry.delimiter.start + 200))?.[0];
      if (name === undefined) continue;
      const end = entry.delimiter.start + 1 + name.length;
      report({
        ...subject.at(document, { start: entry.keySpan.start, end }),
        section: written.section,
        option: written.key,
        message: `the colon ends the key: Grafana reads ${written.key} with the value "${name} = …"`,
        consequence: `there is no option ${written.key} here, so the line has no effect`,
        help: 'use a key without a colon',
        root: true,
      });
    }
  },
};
