import type { GrafanaRule } from './subject.js';
import { cite, given, isLiteral, replaceValue } from './support.js';

const ROLES = ['None', 'Viewer', 'Editor', 'Admin'];

export const roleNameInvalid: GrafanaRule = {
  id: 'role-name-invalid',
  code: 'V14',
  severity: 'error',
  summary: 'auto_assign_org_role is no role name in its exact spelling',
  when: ['org_role'],
  docs: {
    why: 'The default role must be None, Viewer, Editor or Admin in exactly this spelling. Anything else is replaced without a word, by Viewer (up to 10.0 by Editor); None exists here from 10.2 on.',
    bad: '[users]\nauto_assign_org_role = editor\n',
    good: '[users]\nauto_assign_org_role = Editor\n',
    references: ['Grafana manual: configuration, auto_assign_org_role'],
  },
  check(subject, report) {
    const key = 'auto_assign_org_role';
    if (!given(subject, 'users', key) || !isLiteral(subject, 'users', key)) return;
    const value = subject.text('users', key);
    const { order } = subject.profile;
    const known = order >= 10_002 ? ROLES : ROLES.slice(1);
    if (value === '' || known.includes(value)) return;
    const instead = order >= 10_001 ? 'Viewer' : 'Editor';
    const meant = known.find((role) => role.toLowerCase() === value.trim().toLowerCase());
    const fix = meant && replaceValue(subject, 'users', key, meant, `write ${meant}`);
    report({
      ...subject.atSetting('users', key),
      message: `${key} is ${cite(value)}, which is none of ${known.join(', ')}`,
      consequence: `Grafana uses ${instead} instead: people for whom no role is found get ${instead}`,
      help: meant
        ? `write ${key} = ${meant}`
        : /^grafana ?admin$/i.test(value)
          ? 'a server admin cannot be a default role; choose one of the names above'
          : 'choose one of the names above',
      ...(meant ? { suggestions: [meant] } : {}),
      ...(fix ? { fix } : {}),
    });
  },
};
