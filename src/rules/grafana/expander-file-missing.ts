import type { GrafanaRule } from './subject.js';

export const expanderFileMissing: GrafanaRule = {
  id: 'expander-file-missing',
  code: 'E06',
  severity: 'error',
  summary: 'a file named by $__file{…} cannot be read',
  needs: 'files',
  docs: {
    why: 'Grafana reads every file named by $__file{…} when it starts, whatever section it stands in. One that is missing or unreadable stops it.',
    bad: '[auth.generic_oauth]\nclient_secret = $__file{/run/secrets/missing}\n',
    good: '[auth.generic_oauth]\nclient_secret = $__file{/run/secrets/oauth_client_secret}\n',
    references: ['Grafana manual: configuration, file provider'],
  },
  check(subject, report) {
    for (const problem of subject.configProblems) {
      if (problem.kind !== 'file-expander') continue;
      report({
        ...(problem.path === undefined ? {} : { path: problem.path }),
        ...(problem.range === undefined ? {} : { range: problem.range }),
        ...(problem.source === undefined ? {} : { source: problem.source }),
        ...(problem.section === undefined ? {} : { section: problem.section }),
        ...(problem.option === undefined ? {} : { option: problem.option }),
        message: problem.message,
        consequence: `Grafana does not start${problem.productMessage ? `: ${problem.productMessage}` : ''}`,
        help: 'create or mount the file, readable for the user Grafana runs as',
        root: true,
      });
    }
  },
};
