import { findOption } from '../../settings/catalog.js';
import { readBoolean, readStrictBoolean } from '../../settings/read.js';
import { show } from './show.js';
import type { GrafanaRule } from './subject.js';
import { inUse, replaceValue, strictBooleans, unusualBooleans } from './support.js';

export const boolNonstandard: GrafanaRule = {
  id: 'bool-nonstandard',
  code: 'V03',
  severity: 'warning',
  summary: 'a provider option says yes, on, no or off instead of true or false',
  docs: {
    why: 'The ini reader takes yes, on, no and off for booleans. From 10.3 to 11.0 Grafana decodes provider sections in another way, which knows only true, false, t, f, 1 and 0: any other word keeps the whole provider from being created.',
    bad: '[auth.generic_oauth]\nenabled = yes\nclient_id = grafana\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['go-ini 1.67: Key.MustBool', 'Grafana 10.3 to 11.0: "Failed to create OAuthInfo for provider"'],
  },
  check(subject, report) {
    const strict = strictBooleans(subject);
    for (const provider of subject.providers()) {
      for (const { section, key, interpolated: value } of unusualBooleans(subject)) {
        if (section !== provider.section || readStrictBoolean(value) !== undefined) continue;
        const read = readBoolean(value);
        if (read === undefined || findOption(section, key)?.type !== 'bool') continue;
        if (key !== 'enabled' && !inUse(subject, provider)) continue;
        const fix = replaceValue(subject, section, key, String(read), `write ${read}`);
        report({
          ...provider.at(key),
          severity: strict ? 'error' : 'warning',
          message: `${key} of [${section}] is ${show(key, value)} instead of ${read}`,
          consequence: strict
            ? 'this version cannot decode it and does not create the provider: its button is missing from the login page, the log says "Failed to create OAuthInfo for provider"'
            : `read as ${read} by this version; Grafana 10.3 to 11.0 would not create the provider at all`,
          ...(strict && !(key === 'enabled' && !read) ? { failShut: true } : {}),
          help: `write ${key} = ${read}`,
          suggestions: [String(read)],
          ...(fix ? { fix } : {}),
        });
      }
    }
  },
};
