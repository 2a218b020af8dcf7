import { goDuration } from '../../gem/duration.js';
import { block } from './example.js';
import type { GemRule } from './subject.js';
import { CACHE_TTL, valuePlace } from './subject.js';

export const gemCacheTooLong: GemRule = {
  id: 'gem-cache-too-long',
  code: 'G12',
  severity: 'warning',
  summary: 'Results are cached much longer than tokens live',
  docs: {
    why: 'A policy that was changed, a right that was taken away, may live on until the cache entry ages out.',
    bad: block({}, { admin: ['cache_ttl: 24h'] }),
    good: block({}, { admin: ['cache_ttl: 10m'] }),
    references: ['GEM manual: Multiple access policies (the generated policy is cached)'],
  },
  check(subject, report) {
    const entry = subject.config.get(CACHE_TTL);
    const seconds = entry === undefined ? undefined : goDuration(entry.value);
    if (entry === undefined || seconds === undefined) return;
    const lives = subject.evidence.claims.flatMap(({ value: { exp, iat } }) =>
      typeof exp === 'number' && typeof iat === 'number' && exp > iat ? [exp - iat] : [],
    );
    const life = lives.length === 0 ? undefined : Math.max(...lives);
    if (seconds <= (life === undefined ? 3600 : 2 * life)) return;
    report({
      ...valuePlace(entry),
      message: `results are cached for ${entry.value}${life === undefined ? '' : `, while a token lives ${life} s`}`,
      consequence: 'a changed policy or a right that was taken away takes effect only afterwards',
      help: 'keep it near the life of a token; the default is 10m',
    });
  },
};
