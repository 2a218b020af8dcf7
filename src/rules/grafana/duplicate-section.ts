import type { IniDocument, IniSection } from '../../document/types.js';
import { removeLine } from './edit.js';
import type { GrafanaRule } from './subject.js';

export const duplicateSection: GrafanaRule = {
  id: 'duplicate-section',
  code: 'S13',
  severity: 'warning',
  summary: 'a section header is repeated in one file',
  docs: {
    why: 'Grafana merges sections of the same name; a key of the later one replaces the same key of the earlier one. What belongs together is read in two places, and one of them is easily missed.',
    bad: '[auth.generic_oauth]\nenabled = true\n\n[server]\nroot_url = https://grafana.acme.org/\n\n[auth.generic_oauth]\nuse_pkce = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nuse_pkce = true\n\n[server]\nroot_url = https://grafana.acme.org/\n',
    references: ['go-ini 1.67: sections of one name are one section'],
  },
  check(subject, report) {
    for (const document of subject.documents) {
      const first = new Map<string, IniSection>();
      let previous: IniSection | undefined;
      for (const header of document.sections) {
        if (!header.headerSpan) continue;
        const before = first.get(header.name);
        if (before?.headerSpan)
          report({
            ...subject.at(document, header.headerSpan),
            section: header.name,
            message: `[${header.name}] stands here a second time`,
            consequence: 'both blocks are read as one; a key of this one replaces the same key of the first',
            help: 'move its keys to the first block',
            related: [subject.related('first here', subject.at(document, before.headerSpan))],
            ...(previous?.name === header.name ? { fix: removeHeader(document, header) } : {}),
          });
        else first.set(header.name, header);
        previous = header;
      }
    }
  },
};

/** Safe only where the block before it has the same name: its keys then stay in their section. */
function removeHeader(document: IniDocument, header: IniSection) {
  return removeLine(document, document.lines.position(header.headerSpan!.start).line);
}
