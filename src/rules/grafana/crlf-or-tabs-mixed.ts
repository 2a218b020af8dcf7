import type { IniDocument } from '../../document/types.js';
import type { TextEdit } from '../rule.js';
import type { GrafanaRule } from './subject.js';

/** Beyond this many lines the finding comes without a fix: an editor does it better. */
const MAX_EDITS = 2000;

export const crlfOrTabsMixed: GrafanaRule = {
  id: 'crlf-or-tabs-mixed',
  code: 'S21',
  severity: 'info',
  summary: 'a file mixes both kinds of line ends',
  when: ['\r\n'],
  docs: {
    why: 'Grafana reads both, but scripts, diffs and templates that touch the file do not, and in a value over several lines the carriage return is part of the value.',
    bad: '[auth.generic_oauth]\r\nenabled = true\nuse_pkce = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nuse_pkce = true\n',
    references: ['go-ini 1.67: lines end at a line feed; a carriage return before it is trimmed'],
  },
  check(subject, report) {
    for (const document of subject.documents) {
      const { text } = document.source;
      if (!text.includes('\r\n')) continue;
      const [withReturn, without] = lineEnds(text);
      if (without.length === 0) continue;
      const isMinority = withReturn.length <= without.length;
      const odd = isMinority ? withReturn : without;
      const line = document.lines.position(odd[0]!).line;
      const hasLongValue = document.sections.some((section) => section.entries.some((entry) => entry.continued));
      report({
        ...subject.at(document, { start: odd[0]!, end: odd[0]! }),
        message: `line ${line} ends in ${isMinority ? 'CR LF' : 'LF'}, most others in ${isMinority ? 'LF' : 'CR LF'}`,
        help: 'use one kind of line end',
        ...(hasLongValue || odd.length > MAX_EDITS
          ? {}
          : {
              fix: {
                description: 'use one kind of line end',
                edits: odd.map((at) => toggle(document, at, isMinority)),
              },
            }),
      });
    }
  },
};

/** Offsets of the line breaks with and without a carriage return, at the place where it stands or would stand. */
function lineEnds(text: string): [withReturn: number[], without: number[]] {
  const withReturn: number[] = [];
  const without: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
    if (at > 0 && text.charCodeAt(at - 1) === 13) withReturn.push(at - 1);
    else without.push(at);
  return [withReturn, without];
}

function toggle(document: IniDocument, at: number, hasReturn: boolean): TextEdit {
  return hasReturn
    ? { range: document.range({ start: at, end: at + 1 }), newText: '' }
    : { range: document.range({ start: at, end: at }), newText: '\r' };
}
