import { block } from './example.js';
import type { GemRule } from './subject.js';
import { AUDIENCE, CLAIM, DEFAULT_POLICY, ISSUER, REGEX } from './subject.js';

export const gemIssuerMissing: GemRule = {
  id: 'gem-issuer-missing',
  code: 'G03',
  severity: 'error',
  summary: 'No issuer is set, so OIDC is off',
  docs: {
    why: 'Without issuer_url GEM does not know whose tokens to accept, and the claim and expression have no effect.',
    bad: block({ issuer_url: null }),
    good: block(),
    references: [
      'GEM manual: Integrate with OAuth',
      'GEM 2.6 configuration descriptor (issuer_url is empty by default)',
    ],
  },
  check(subject, report) {
    const { config } = subject;
    const some = [CLAIM, REGEX, AUDIENCE, DEFAULT_POLICY].some((path) => config.value(path) !== '');
    if (!some || subject.means(ISSUER)) {
      const entry = subject.issuer;
      if (!some || entry === undefined || entry.value !== '') return;
    }
    report({
      ...subject.oidcPlace,
      option: ISSUER,
      message: 'issuer_url is not set',
      consequence: 'OIDC is not active: no JWT is accepted',
      help: 'set issuer_url to the issuer, character for character as its discovery document names it',
    });
  },
};
