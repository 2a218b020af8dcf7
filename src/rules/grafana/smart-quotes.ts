import { sourceSpan } from '../../document/types.js';
import type { TextEdit } from '../rule.js';
import type { GrafanaRule, WrittenEntry } from './subject.js';

/** Quotes and dashes of typography, blanks that do not break, and characters without width. */
const ODD =
  /[\u2018\u2019\u201a\u201b\u2032\u201c\u201d\u201e\u201f\u2033\u00a0\u202f\u200b-\u200d\u2060\ufeff\u00ad]/gu;
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/u;

/** The usual file has none of them. */
const NOT_ASCII = /[^\u0000-\u007f]/;

/** Texts people read may hold typographic characters on purpose. */
const PROSE_KEYS = new Set(['name', 'login_hint', 'password_hint', 'oauth_login_error_message', 'org_name']);

export const smartQuotes: GrafanaRule = {
  id: 'smart-quotes',
  code: 'S20',
  severity: 'error',
  summary: 'typographic quotes or invisible characters in a key or value',
  docs: {
    why: 'Word processors, chats and web pages turn quotes into typographic ones and leave blanks and characters one cannot see. Grafana keeps them as they are: an expression becomes invalid, a secret or an address wrong.',
    bad: '[auth.generic_oauth]\nrole_attribute_path = contains(groups[*], “admins”) && ‘Admin’\n',
    good: "[auth.generic_oauth]\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\n",
    references: ['JMESPath specification: raw string literals use the apostrophe'],
  },
  check(subject, report) {
    if (!subject.documents.some((document) => NOT_ASCII.test(document.source.text))) return;
    for (const written of subject.entries()) {
      if (INVISIBLE.test(written.key)) {
        const { keySpan } = written.entry;
        const raw = written.document.source.text.slice(keySpan.start, keySpan.end);
        report({
          ...subject.atKey(written),
          message: 'an invisible character is part of this key name',
          consequence: 'Grafana knows no such key and ignores the line',
          help: `retype the name as ${written.key.replace(ODD, '')}`,
          root: true,
          fix: {
            description: 'remove the invisible character',
            edits: [{ range: subject.range(written.document, keySpan), newText: raw.replace(ODD, '') }],
          },
        });
      }
      if (!written.option || PROSE_KEYS.has(written.key)) continue;
      const matches = [...written.value.matchAll(ODD)].filter((match) => isWrong(written, match[0]));
      const [first] = matches;
      if (!first) continue;
      const edits = matches.flatMap((match) => edit(subject.range, written, match.index, match[0]));
      report({
        ...subject.inValue(written, first.index, first[0].length),
        message: `${describe(first[0])} in the value of ${written.key}`,
        consequence: `Grafana keeps it: ${effect(written)}`,
        help: INVISIBLE.test(first[0]) ? 'retype the value' : 'use plain ASCII quotes and blanks',
        root: true,
        ...(edits.length === matches.length ? { fix: { description: 'replace by plain characters', edits } } : {}),
      });
    }
  },
};

/** In lists an apostrophe may belong to a name. */
function isWrong({ option }: WrittenEntry, char: string): boolean {
  return option?.type !== 'list' || !/[\u2018\u2019\u2032]/.test(char);
}

function plain(char: string): string {
  if (/[\u2018-\u201b\u2032]/.test(char)) return "'";
  if (/[\u201c-\u201f\u2033]/.test(char)) return '"';
  return INVISIBLE.test(char) ? '' : ' ';
}

function describe(char: string): string {
  if (INVISIBLE.test(char))
    return `an invisible character (U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')})`;
  return plain(char) === ' ' ? 'a blank that is no ordinary blank' : `the typographic quote ${char}`;
}

function effect({ option }: WrittenEntry): string {
  if (option?.type === 'jmespath') return 'the expression is invalid or looks for something else';
  if (option?.secret) return 'the provider answers invalid_client';
  return 'the value is not the one meant';
}

function edit(
  range: (document: WrittenEntry['document'], span: { start: number; end: number }) => TextEdit['range'],
  written: WrittenEntry,
  at: number,
  char: string,
): TextEdit[] {
  const span = sourceSpan(written.entry, at, char.length);
  return span ? [{ range: range(written.document, span), newText: plain(char) }] : [];
}
