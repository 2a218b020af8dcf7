import { block } from './example.js';
import type { GemRule } from './subject.js';
import { address, cite, valuePlace } from './subject.js';

export const gemIssuerNoUrl: GemRule = {
  id: 'gem-issuer-no-url',
  code: 'G04',
  severity: 'error',
  summary: 'The issuer is not an address, or has a query or fragment',
  docs: {
    why: 'The address of the discovery document is built from the issuer; OpenID Connect wants an absolute address without query and fragment.',
    bad: block({ issuer_url: 'accounts.example.com/realms/acme' }),
    good: block(),
    references: ['OpenID Connect Discovery 1.0 section 3 (issuer)'],
  },
  check(subject, report) {
    const entry = subject.issuer;
    if (entry === undefined || entry.value === '') return;
    const url = address(entry.value);
    const extra =
      url === undefined
        ? undefined
        : url.search !== '' || entry.value.includes('?')
          ? 'query'
          : entry.value.includes('#')
            ? 'fragment'
            : undefined;
    if (url !== undefined && extra === undefined) return;
    report({
      ...valuePlace(entry),
      message:
        extra === undefined
          ? `the issuer ${cite(entry.value)} is not an absolute http(s) address`
          : `the issuer has a ${extra}, which an issuer must not have`,
      consequence: 'the discovery document is not found and OIDC does not work',
      help: 'write the issuer as its discovery document names it, beginning with https://',
    });
  },
};
