import { DASHBOARD_SETTINGS } from '../../dashboard/settings.js';
import { closest } from '../../text/suggest.js';
import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { cite, keyPlace } from './subject.js';

export const dashboardUnknownSetting: DashboardRule = {
  id: 'dashboard-unknown-setting',
  code: 'J38',
  severity: 'error',
  summary: 'A setting of JWT login does not exist',
  docs: {
    why: 'A variable the server does not know is passed over in silence: what it was meant to set keeps its default.',
    bad: envFile({ MB_JWT_ATTRIBUTE_FIRST_NAME: 'given_name' }),
    good: envFile({ MB_JWT_ATTRIBUTE_FIRSTNAME: 'given_name' }),
    references: ['Dashboard manual: environment variables'],
  },
  check(subject, report) {
    for (const entry of subject.config.entries) {
      if (entry.setting !== undefined) continue;
      const isKey = entry.style === 'config-yml';
      const near = closest(
        entry.written,
        DASHBOARD_SETTINGS.map((setting) => (isKey ? setting.key : setting.name)),
      );
      const name = near[0];
      const place = keyPlace(entry);
      report({
        ...place,
        severity: name === undefined ? 'warning' : 'error',
        message: `${cite(entry.written)} is not a setting of JWT login`,
        consequence: 'it is passed over in silence',
        ...(name === undefined ? {} : { help: `${near.join(' or ')} may be meant`, suggestions: near }),
        ...(near.length === 1 && name !== undefined && place.range !== undefined
          ? { fix: { description: `rename to ${name}`, edits: [{ range: place.range, newText: name }] } }
          : {}),
      });
    }
  },
};
