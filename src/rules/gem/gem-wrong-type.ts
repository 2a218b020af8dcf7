import { goDuration } from '../../gem/duration.js';
import { block } from './example.js';
import type { GemRule } from './subject.js';
import { valuePlace } from './subject.js';

export const gemWrongType: GemRule = {
  id: 'gem-wrong-type',
  code: 'G41',
  severity: 'error',
  summary: 'A value is not of the type its setting takes',
  docs: {
    why: 'GEM does not start with a value it cannot read: a list where a text belongs, a word where a boolean or a duration belongs.',
    bad: block({}, { admin: ['cache_ttl: 10 minutes'] }),
    good: block({}, { admin: ['cache_ttl: 10m'] }),
    references: ['GEM 2.6 configuration descriptor (types)', 'Go: time.ParseDuration, strconv.ParseBool'],
  },
  check(subject, report) {
    for (const entry of subject.config.entries) {
      const { setting, plain, value } = entry;
      if (setting === undefined || entry.misspelt !== undefined) continue;
      let wanted: string | undefined;
      if (typeof plain === 'object' && plain !== null)
        wanted = setting.type === 'string' ? 'a text' : `a ${setting.type}`;
      else if (value === '') continue;
      else if (setting.type === 'duration' && goDuration(value) === undefined)
        wanted = 'a duration such as 10m or 1h30m';
      else if (setting.type === 'boolean' && !BOOLEANS.has(value.toLowerCase())) wanted = 'true or false';
      if (wanted === undefined) continue;
      report({
        ...valuePlace(entry),
        message: `${setting.path} takes ${wanted}`,
        consequence: 'GEM does not start',
        help: `write ${wanted}`,
      });
    }
  },
};

const BOOLEANS = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 't', 'f', '1', '0']);
