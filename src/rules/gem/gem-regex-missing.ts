import { block } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, keyPlace, REGEX } from './subject.js';

export const gemRegexMissing: GemRule = {
  id: 'gem-regex-missing',
  code: 'G45',
  severity: 'error',
  summary: 'No expression is set',
  docs: {
    why: 'A sub-match has to be present for a policy to be taken from the claim. With an empty expression there is none; whether GEM then takes the whole claim is not documented.',
    bad: block({ access_policy_regex: null }),
    good: block({ access_policy_regex: '(.*)' }),
    references: [
      'GEM manual: Integrate with OAuth (a sub-match has to be present)',
      'GEM 2.6 configuration descriptor (access_policy_regex is empty by default)',
    ],
  },
  versions: '>=1.6',
  check(subject, report) {
    const { config } = subject;
    const entry = config.get(REGEX);
    if (config.value(CLAIM) === '' || (entry === undefined ? subject.means(REGEX) : entry.value !== '')) return;
    report({
      ...(entry === undefined ? subject.oidcPlace : keyPlace(entry)),
      option: REGEX,
      message: 'access_policy_regex is not set',
      consequence:
        'a sub-match has to be present: no token yields a policy (that GEM then takes the whole claim is not documented)',
      help: 'write (.*) for the whole value of the claim',
      suggestions: ['(.*)'],
    });
  },
};
