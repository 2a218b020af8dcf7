import type { GemRule } from './subject.js';
import { keyPlace } from './subject.js';

export const gemSettingTooNew: GemRule = {
  id: 'gem-setting-too-new',
  code: 'G44',
  severity: 'error',
  summary: 'A setting is newer than the version',
  docs: {
    why: 'An older GEM refuses to start on a setting it does not have.',
    bad: 'auth:\n  type: enterprise\n  admin:\n    cache_refresh:\n      enabled: true\n',
    good: 'auth:\n  type: enterprise\n  admin:\n    cache_ttl: 10m\n',
    references: ['GEM 1.7 configuration descriptor (has no cache_refresh)'],
  },
  versions: '<1.8',
  exampleOptions: { productVersion: '1.7' },
  check(subject, report) {
    for (const entry of subject.config.entries) {
      const refresh =
        entry.written.startsWith('auth.admin.cache_refresh') || entry.written.startsWith('auth.cache.refresh');
      if (!refresh) continue;
      report({
        ...keyPlace(entry),
        option: entry.written,
        message: `"${entry.written}" does not exist in GEM 1.7; it is in 2.6`,
        consequence: 'GEM refuses to start on the unknown key, or the value is lost',
        help: 'leave it out, or upgrade',
      });
    }
  },
};
