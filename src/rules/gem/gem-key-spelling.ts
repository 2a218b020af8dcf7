import { block } from './example.js';
import type { GemRule } from './subject.js';
import { keyPlace } from './subject.js';

export const gemKeySpelling: GemRule = {
  id: 'gem-key-spelling',
  code: 'G10',
  severity: 'error',
  summary: 'A key is spelt with dashes in YAML, or with underscores as a flag',
  docs: {
    why: 'YAML keys have underscores, flags have dashes; the manual mixes both. GEM does not know the other spelling: it refuses to start, or the value is lost.',
    bad: block({ issuer_url: null, 'issuer-url': 'https://accounts.example.com/realms/acme' }),
    good: block(),
    references: ['GEM 2.6 configuration descriptor', 'GEM manual: Integrate with OAuth (auth.admin.oidc.issuer-url)'],
  },
  check(subject, report) {
    for (const entry of subject.config.entries) {
      const { misspelt, setting, style, written } = entry;
      if (setting === undefined || (misspelt !== 'dashes' && misspelt !== 'underscores' && misspelt !== 'flat'))
        continue;
      const right = style === 'flag' ? `-${setting.flag}` : setting.path;
      const sameParents = parentOf(written) === parentOf(setting.path);
      const key = style === 'flag' ? setting.flag : setting.path.slice(setting.path.lastIndexOf('.') + 1);
      const fixable = entry.keyRange !== undefined && (style === 'flag' || (misspelt === 'dashes' && sameParents));
      report({
        ...keyPlace(entry),
        option: setting.path,
        message:
          misspelt === 'flat'
            ? `"${written}" is one key with dots in it; YAML nests the parts`
            : style === 'flag'
              ? `the flag -${written} does not exist`
              : `"${written}" is not a key of the YAML`,
        consequence: 'GEM refuses to start on a key it does not know, or the value is lost',
        help: misspelt === 'flat' ? `nest it as ${right}, or give the flag -${setting.flag}` : `write ${right}`,
        suggestions: [right],
        meant: setting.path,
        ...(fixable ? { fix: { description: `write ${key}`, edits: [{ range: entry.keyRange!, newText: key }] } } : {}),
      });
    }
  },
};

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}
