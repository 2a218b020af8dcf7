import { block } from './example.js';
import type { GemRule } from './subject.js';
import { AUDIENCE } from './subject.js';

export const gemAudienceMissing: GemRule = {
  id: 'gem-audience-missing',
  code: 'G28',
  severity: 'warning',
  summary: 'Tokens made for other applications are accepted',
  docs: {
    why: 'Without audience every token of the issuer passes, also one made for another application that holds the claim.',
    bad: block({ audience: null }),
    good: block(),
    references: ['GEM 2.6 configuration descriptor (audience)', 'OpenID Connect Core 1.0 section 3.1.3.7'],
  },
  failOpen: true,
  check(subject, report) {
    if ((subject.issuer?.value ?? '') === '' || subject.config.value(AUDIENCE) !== '' || subject.means(AUDIENCE))
      return;
    report({
      ...subject.oidcPlace,
      option: AUDIENCE,
      message: 'audience is not set',
      consequence: 'tokens the same issuer made for any other application are accepted',
      help: 'set audience to the client or API the tokens are made for',
    });
  },
};
