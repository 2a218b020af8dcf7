import { isSecretKey } from './show.js';
import type { GrafanaRule } from './subject.js';

const EXPANDER = /\$(__env)?\{([^}]+)\}/g;

export const expanderUnsetOrAccident: GrafanaRule = {
  id: 'expander-unset-or-accident',
  code: 'E07',
  severity: 'error',
  summary: '${…} names a variable that is not set, or stands in a value by accident',
  when: ['$'],
  docs: {
    why: 'Grafana replaces ${NAME} and $__env{NAME} by the variable, and by nothing where it is not set. There is no default as in a shell, and a secret that happens to contain ${ loses that part.',
    bad: '[auth.generic_oauth]\nclient_secret = ${OAUTH_SECRET}\n',
    good: '[auth.generic_oauth]\nclient_secret = ${OAUTH_CLIENT_SECRET}\n',
    references: ['Grafana manual: configuration, environment provider'],
  },
  exampleOptions: { env: { OAUTH_CLIENT_SECRET: 'k3y-9f2b71' } },
  check(subject, report) {
    const { env, envGiven } = subject.config;
    for (const written of subject.entries()) {
      if (!written.value.includes('{') || !written.value.includes('$')) continue;
      for (const match of written.value.matchAll(EXPANDER)) {
        const name = match[2]!;
        const place = subject.inValue(written, match.index, match[0].length);
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
          const isShell = /^[A-Za-z_]\w*:?[-=?+]/.test(name);
          report({
            ...place,
            message: isShell
              ? `\${…} knows no default as in a shell; the whole text is taken as the name of a variable`
              : `\${…} in ${written.key} is taken for a variable`,
            consequence: 'no such variable exists, so this part of the value vanishes',
            help: isSecretKey(written.key)
              ? 'keep the secret in a file: $__file{/run/secrets/…}'
              : 'write the value out, or set a variable with a plain name',
            root: true,
          });
        } else if (envGiven && !env[name] && name !== 'HOSTNAME') {
          report({
            ...place,
            message: `the variable ${name} is ${env[name] === '' ? 'empty' : 'not set'}`,
            consequence: `${written.key} is ${match[0] === written.value ? 'empty' : 'read without that part'}`,
            help: `set ${name}, or write the value another way`,
            root: true,
          });
        }
      }
    }
  },
};
