import { show } from './show.js';
import type { GrafanaRule } from './subject.js';

export const envShadowsFile: GrafanaRule = {
  id: 'env-shadows-file',
  code: 'E03',
  severity: 'warning',
  summary: 'a variable overrides a different value in the file',
  when: ['GF_'],
  docs: {
    why: 'The environment wins over every file. Edits of the line in the file have no effect as long as the variable is set.',
    bad: '[auth.generic_oauth]\nclient_id = grafana\n',
    good: '[auth.generic_oauth]\nclient_id = grafana-prod\n',
    references: ['Grafana manual: override configuration with environment variables'],
  },
  exampleOptions: { env: { GF_AUTH_GENERIC_OAUTH_CLIENT_ID: 'grafana-prod' } },
  check(subject, report) {
    for (const setting of subject.fromEnvironment()) {
      const { section, key, origin } = setting;
      const file = setting.overrides.filter((one) => one.origin === 'file').at(-1);
      if (!file || file.value === origin.value || !file.entry || !file.document) continue;
      // Within one file the note about its form says it, at the line that loses.
      if (subject.config.variable(origin.variable!)?.path === file.path) continue;
      const place = subject.at(file.document, file.entry.keySpan);
      report({
        ...subject.atVariable(origin.variable!),
        section,
        option: key,
        message: `${origin.variable} overrides ${key} = ${show(key, file.value)} of the file`,
        consequence: 'the line in the file has no effect',
        help: 'set it in one place only',
        related: [subject.related('overridden here', place)],
      });
    }
  },
};
