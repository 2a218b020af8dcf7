import { block } from './example.js';
import type { GemRule } from './subject.js';
import { within } from './subject.js';

export const gemIssuerIsDiscovery: GemRule = {
  id: 'gem-issuer-is-discovery',
  code: 'G07',
  severity: 'error',
  summary: 'The issuer is the address of the discovery document',
  docs: {
    why: 'GEM appends /.well-known/openid-configuration itself. With the suffix already there it asks for an address that does not exist.',
    bad: block({ issuer_url: 'https://accounts.example.com/realms/acme/.well-known/openid-configuration' }),
    good: block(),
    references: ['GEM manual: Integrate with OAuth (<issuer-url>/.well-known/openid-configuration)'],
  },
  check(subject, report) {
    const entry = subject.issuer;
    const at = entry?.value.indexOf(SUFFIX) ?? -1;
    if (entry === undefined || at === -1) return;
    const issuer = entry.value.slice(0, at);
    const part = within(entry, { start: at, end: entry.value.length });
    report({
      ...part,
      message: 'the issuer already ends in the path of the discovery document',
      consequence: 'GEM appends it once more and gets 404: OIDC does not work',
      help: `write ${issuer}`,
      suggestions: [issuer],
      ...(part.range === undefined
        ? {}
        : { fix: { description: 'remove the suffix', edits: [{ range: part.range, newText: '' }] } }),
    });
  },
};

const SUFFIX = '/.well-known/openid-configuration';
