import { renameKey, replaceSpan } from './edit.js';
import { isGate } from './gates.js';
import { otherCase, sectionInOtherCase, standing } from './name-lookup.js';
import type { GrafanaRule } from './subject.js';

export const wrongCase: GrafanaRule = {
  id: 'wrong-case',
  code: 'N03',
  severity: 'error',
  summary: 'a key or section differs from a known one only by letter case',
  docs: {
    why: 'Names of keys and sections are case-sensitive. Client_ID and [Auth.Generic_OAuth] are names Grafana never asks for.',
    bad: '[auth.generic_oauth]\nClient_ID = grafana\n',
    good: '[auth.generic_oauth]\nclient_id = grafana\n',
    references: ['go-ini 1.67: names are case-sensitive without further options'],
  },
  check(subject, report) {
    for (const document of subject.documents)
      for (const header of document.sections) {
        const known = header.headerSpan && sectionInOtherCase(header.name);
        if (known === undefined || !header.nameSpan) continue;
        report({
          ...subject.at(document, header.headerSpan!),
          section: header.name,
          message: `[${header.name}] is not [${known}]: names are case-sensitive`,
          consequence: 'the whole block is ignored',
          help: `write [${known}]`,
          suggestions: [known],
          fix: replaceSpan(document, header.nameSpan, known, `rename it to ${known}`),
        });
      }
    for (const written of subject.entries()) {
      if (written.option || standing(subject, written) !== 'other-case') continue;
      const meant = otherCase(written.section, written.key)!;
      const isTaken = subject.writes(written.section, meant.key).length > 0;
      report({
        ...subject.atKey(written),
        message: `${written.key} is not ${meant.key}: names are case-sensitive`,
        consequence: 'Grafana ignores the line without a message',
        help: `write ${meant.key}`,
        suggestions: [meant.key],
        ...(isTaken ? {} : { meant: meant.key, fix: renameKey(written, meant.key) }),
        ...(isGate(meant.key) && !isTaken ? { failOpen: true } : {}),
      });
    }
  },
};
