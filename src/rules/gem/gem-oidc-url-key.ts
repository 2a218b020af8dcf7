import { block } from './example.js';
import type { GemRule } from './subject.js';
import { ISSUER, keyPlace } from './subject.js';

export const gemOidcUrlKey: GemRule = {
  id: 'gem-oidc-url-key',
  code: 'G09',
  severity: 'error',
  summary: 'The issuer is set under the old key url',
  docs: {
    why: 'The examples of 1.4 and 1.5 write url, and Enterprise Logs and Traces still do. GEM knows only issuer_url since: it refuses to start, or OIDC stays off.',
    bad: block({ issuer_url: null, url: 'https://accounts.example.com/realms/acme' }),
    good: block(),
    references: ['GEM 1.7 and 2.6 configuration descriptors', 'GEM manual 1.5: OAuth'],
  },
  versions: '>=1.6',
  check(subject, report) {
    for (const entry of subject.config.entries) {
      if (entry.misspelt !== 'old-name') continue;
      const name = entry.style === 'flag' ? 'auth.admin.oidc.issuer-url' : 'issuer_url';
      report({
        ...keyPlace(entry),
        option: ISSUER,
        message: 'the key url is that of old examples and of Enterprise Logs and Traces',
        consequence: 'GEM refuses to start on the unknown key, or OIDC stays off',
        help: `write ${name}; it takes the issuer, not the address of its keys`,
        suggestions: [name],
        meant: ISSUER,
        ...(entry.keyRange === undefined
          ? {}
          : { fix: { description: `rename to ${name}`, edits: [{ range: entry.keyRange, newText: name }] } }),
      });
    }
  },
};
