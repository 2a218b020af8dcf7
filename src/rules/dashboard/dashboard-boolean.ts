import { DASHBOARD_SETTINGS } from '../../dashboard/settings.js';
import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { cite, fixTo, named, valuePlace } from './subject.js';

export const dashboardBoolean: DashboardRule = {
  id: 'dashboard-boolean',
  code: 'J14',
  severity: 'error',
  summary: 'A switch is neither true nor false',
  docs: {
    why: 'Boolean settings take only these two words, in any case. Anything else fails at start or reads as unset.',
    bad: envFile({ MB_JWT_ENABLED: 'yes' }),
    good: envFile({ MB_JWT_ENABLED: 'TRUE' }),
    references: ['Dashboard: settings framework'],
  },
  check(subject, report) {
    for (const setting of DASHBOARD_SETTINGS) {
      const entry = setting.type === 'boolean' ? subject.known(setting.name) : undefined;
      if (entry === undefined || /^(?:true|false)$/i.test(entry.value)) continue;
      const meant = /^(?:yes|y|on|1|t|enabled)$/i.test(entry.value)
        ? 'true'
        : /^(?:no|n|off|0|f|disabled)$/i.test(entry.value)
          ? 'false'
          : undefined;
      report({
        ...valuePlace(entry),
        message: `${named(entry)} is ${cite(entry.value)}; only true and false are read`,
        consequence: `the server fails at start, or the setting keeps its default (${setting.default})`,
        help: meant === undefined ? 'write true or false' : `write ${meant}`,
        ...(meant === undefined ? {} : { suggestions: [meant], ...fixTo(entry, meant) }),
      });
    }
  },
};
