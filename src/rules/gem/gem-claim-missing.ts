import { block } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, cite, DEFAULT_POLICY, keyPlace, REGEX } from './subject.js';

export const gemClaimMissing: GemRule = {
  id: 'gem-claim-missing',
  code: 'G13',
  severity: 'error',
  summary: 'No claim is named',
  docs: {
    why: 'Without access_policy_claim no token contains a policy; at best default_access_policy applies to everybody.',
    bad: block({ access_policy_claim: null }),
    good: block(),
    references: ['GEM 2.6 configuration descriptor (access_policy_claim is empty by default)'],
  },
  versions: '>=1.6',
  check(subject, report) {
    const { config } = subject;
    const oidc = (subject.issuer?.value ?? '') !== '' || config.value(REGEX) !== '';
    const entry = config.get(CLAIM);
    if (!oidc || (entry === undefined ? subject.means(CLAIM) : entry.value !== '')) return;
    report({
      ...(entry === undefined ? subject.oidcPlace : keyPlace(entry)),
      option: CLAIM,
      message: 'access_policy_claim is not set',
      consequence:
        config.value(DEFAULT_POLICY) === ''
          ? 'no policy can be taken from any token: everybody is refused'
          : `everybody gets ${cite(config.value(DEFAULT_POLICY))}, whatever the token says`,
      help: 'name the top-level claim that holds the access policy',
    });
  },
};
