import type { GemRule } from './subject.js';
import { CACHE_TTL, keyPlace } from './subject.js';

export const gemCacheTtlName: GemRule = {
  id: 'gem-cache-ttl-name',
  code: 'G11',
  severity: 'error',
  summary: 'The cache lifetime is set under the name the manual uses',
  docs: {
    why: 'The manual calls it auth.cache.ttl.duration. That is neither the path in YAML nor the flag, so the lifetime stays at 10m or GEM does not start.',
    bad: 'auth:\n  cache:\n    ttl:\n      duration: 5m\n',
    good: 'auth:\n  admin:\n    cache_ttl: 5m\n',
    references: [
      'GEM manual: Multiple access policies',
      'GEM 2.6 configuration descriptor (auth.admin.cache_ttl, -auth.cache.ttl)',
    ],
  },
  check(subject, report) {
    for (const entry of subject.config.entries) {
      if (entry.misspelt !== 'manual-name') continue;
      report({
        ...keyPlace(entry),
        option: CACHE_TTL,
        message: `"${entry.written}" does not exist, although the manual names it`,
        consequence: 'the cache lifetime stays at its default of 10m, or GEM refuses to start on the unknown key',
        help:
          entry.style === 'flag'
            ? 'write -auth.cache.ttl'
            : 'write auth.admin.cache_ttl, or give the flag -auth.cache.ttl',
        suggestions: [entry.style === 'flag' ? '-auth.cache.ttl' : CACHE_TTL],
        meant: CACHE_TTL,
      });
    }
  },
};
