import { block } from './example.js';
import type { GemRule } from './subject.js';
import { address, isLoopback, within } from './subject.js';

export const gemIssuerPlainHttp: GemRule = {
  id: 'gem-issuer-plain-http',
  code: 'G05',
  severity: 'warning',
  summary: 'The issuer is reached without TLS',
  docs: {
    why: 'Keys fetched over plain http can be exchanged on the way, and with them every token can be forged. OpenID Connect wants https.',
    bad: block({ issuer_url: 'http://accounts.example.com/realms/acme' }),
    good: block(),
    references: ['OpenID Connect Discovery 1.0 section 3 (issuer uses https)'],
  },
  check(subject, report) {
    const entry = subject.issuer;
    const url = entry === undefined ? undefined : address(entry.value);
    if (entry === undefined || url?.protocol !== 'http:' || isLoopback(url.hostname)) return;
    report({
      ...within(entry, { start: 0, end: 5 }),
      message: 'the issuer uses plain http',
      consequence: 'whoever sits on the way can exchange the keys and forge any token',
      help: 'use https; plain http is for tests on one machine',
    });
  },
};
