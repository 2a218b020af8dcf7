import { GEM_SETTINGS } from '../../gem/settings.js';
import { closest } from '../../text/suggest.js';
import { block } from './example.js';
import type { GemRule } from './subject.js';
import { keyPlace } from './subject.js';

export const gemUnknownSetting: GemRule = {
  id: 'gem-unknown-setting',
  code: 'G40',
  severity: 'error',
  summary: 'A setting below auth does not exist',
  docs: {
    why: 'GEM refuses to start on a key it does not know, or the value is lost: a typing mistake switches a check off.',
    bad: block({ access_policy_regex: null, access_policy_regexp: '^pref-([0-9]+)-[a-z]+$' }),
    good: block(),
    references: ['GEM 1.7 and 2.6 configuration descriptors'],
  },
  check(subject, report) {
    const names = GEM_SETTINGS.map((setting) => setting.path);
    for (const entry of subject.config.entries) {
      if (entry.misspelt !== 'unknown') continue;
      const near = closest(entry.written, entry.style === 'flag' ? GEM_SETTINGS.map((setting) => setting.flag) : names);
      report({
        ...keyPlace(entry),
        option: entry.written,
        severity: near.length === 0 && entry.written !== 'auth' ? 'warning' : 'error',
        message: `the setting "${entry.written}" is not known`,
        consequence: 'GEM refuses to start on a key it does not know, or the value is lost',
        ...(near.length === 0 ? {} : { help: `${near.join(' or ')} may be meant`, suggestions: near, meant: near[0]! }),
      });
    }
  },
};
