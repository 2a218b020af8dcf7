import type { GrafanaRule } from './subject.js';

export const envEmpty: GrafanaRule = {
  id: 'env-empty',
  code: 'E05',
  severity: 'info',
  summary: 'a variable is set but empty, which changes nothing',
  when: ['GF_'],
  docs: {
    why: 'Grafana ignores empty variables: a setting cannot be cleared that way, it keeps the value of the file or the default.',
    bad: '[auth.generic_oauth]\nscopes = openid\n',
    good: '[auth.generic_oauth]\nscopes = openid\n',
    references: ['Grafana manual: override configuration with environment variables'],
  },
  exampleOptions: { env: { GF_AUTH_GENERIC_OAUTH_SCOPES: '' }, goodEnv: { GF_AUTH_GENERIC_OAUTH_SCOPES: 'openid' } },
  check(subject, report) {
    for (const { variable, reason } of subject.config.ignored)
      if (reason === 'empty')
        report({
          ...subject.atVariable(variable, 'name'),
          message: `${variable} is empty`,
          consequence: 'Grafana ignores it: the value of the file or the default counts',
          help: 'remove the variable, or give it a value',
        });
  },
};
