import { isGate } from './gates.js';
import type { GrafanaRule } from './subject.js';

export const notInVersion: GrafanaRule = {
  id: 'not-in-version',
  code: 'N09',
  severity: 'warning',
  summary: 'an option that the version of Grafana at hand does not have yet',
  docs: {
    why: 'A key that is newer than the Grafana that reads it is ignored without a log line. Where it was to keep people out, nobody is kept out.',
    bad: '[auth.generic_oauth]\nenabled = true\nuse_refresh_token = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nuse_pkce = true\n',
    references: ['defaults.ini of each version', 'changelog of each version'],
  },
  exampleOptions: { grafanaVersion: '9.5' },
  check(subject, report) {
    const { order, asked } = subject.profile;
    for (const written of subject.entries()) {
      const { option, section, key, value } = written;
      if (!option || option.unread || option.other || value === '' || option.since === undefined) continue;
      if (order >= option.sinceOrder) continue;
      // The gate on groups has a rule of its own: it fails open.
      if (section === 'auth.generic_oauth' && key === 'allowed_groups') continue;
      report({
        ...subject.atKey(written),
        message: `${key} of [${section}] exists from Grafana ${option.since} on; ${asked} does not read it`,
        consequence: 'Grafana ignores the line without a message',
        help: `upgrade to ${option.since} or later, or delete the line`,
        // A line that ends up in [auth] is not ignored; parent-leak says so.
        cause: `line:${section}.${key}`,
        ...(isGate(key) ? { failOpen: true } : {}),
      });
    }
  },
};
