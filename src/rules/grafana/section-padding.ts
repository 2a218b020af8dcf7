import { knownSections } from '../../settings/catalog.js';
import { replaceSpan } from './edit.js';
import type { GrafanaRule } from './subject.js';

export const sectionPadding: GrafanaRule = {
  id: 'section-padding',
  code: 'S14',
  severity: 'error',
  summary: 'blanks inside the brackets of a section header',
  docs: {
    why: 'The name of a section is everything between the brackets, blanks included. [ auth.generic_oauth ] is another section than [auth.generic_oauth]: nothing in it is read.',
    bad: '[ auth.generic_oauth ]\nenabled = true\n',
    good: '[auth.generic_oauth]\nenabled = true\n',
    references: ['go-ini 1.67: section names are not trimmed'],
  },
  check(subject, report) {
    for (const document of subject.documents)
      for (const header of document.sections) {
        const name = header.name.trim();
        if (!header.headerSpan || !header.nameSpan || name === header.name || name === '') continue;
        const isKnown = knownSections().has(name);
        report({
          ...subject.at(document, header.headerSpan),
          section: header.name,
          message: `the blanks in "[${header.name}]" belong to the name of the section`,
          consequence: isKnown
            ? `Grafana does not read it as [${name}]: the whole block is ignored`
            : 'Grafana reads no such section',
          help: `write [${name}]`,
          fix: replaceSpan(document, header.nameSpan, name, 'remove the blanks'),
        });
      }
  },
};
