import type { ConfigProblem } from '../../settings/types.js';
import { isElsewhere } from './other-machine.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';

export const expanderFileMissing: GrafanaRule = {
  id: 'expander-file-missing',
  code: 'E06',
  severity: 'error',
  summary: 'a file named by $__file{…} cannot be read',
  failShut: true,
  needs: 'files',
  when: ['$__file'],
  docs: {
    why: 'Grafana reads every file named by $__file{…} when it starts, whatever section it stands in. One that is missing or unreadable stops it.',
    bad: '[auth.generic_oauth]\nclient_secret = $__file{/run/secrets/missing}\n',
    good: '[auth.generic_oauth]\nclient_secret = $__file{/run/secrets/oauth_client_secret}\n',
    references: ['Grafana manual: configuration, file provider'],
  },
  async check(subject, report) {
    for (const problem of subject.configProblems) {
      if (problem.kind !== 'file-expander') continue;
      const elsewhere = await namesFilesElsewhere(subject, problem);
      report({
        ...(problem.path === undefined ? {} : { path: problem.path }),
        ...(problem.range === undefined ? {} : { range: problem.range }),
        ...(problem.source === undefined ? {} : { source: problem.source }),
        ...(problem.section === undefined ? {} : { section: problem.section }),
        ...(problem.option === undefined ? {} : { option: problem.option }),
        message: problem.message,
        consequence: `${elsewhere ? 'where it is missing too, ' : ''}Grafana does not start${problem.productMessage ? `: ${problem.productMessage}` : ''}`,
        help: elsewhere
          ? 'its folder is not here either, so this seems not to be the machine Grafana runs on; check there'
          : 'create or mount the file, readable for the user Grafana runs as',
        ...(elsewhere ? { severity: 'warning' } : {}),
        root: true,
      });
    }
  },
};

/** Whether none of the files a value names could be here. */
async function namesFilesElsewhere(subject: GrafanaSubject, problem: ConfigProblem): Promise<boolean> {
  const { readFile } = subject;
  if (!readFile || problem.section === undefined || problem.option === undefined) return false;
  const written = subject.config.get(problem.section, problem.option)?.origin.value ?? '';
  const paths = [...written.matchAll(/\$__file\{([^}]+)\}/g)].map((match) => match[1]!);
  const answers = await Promise.all(paths.map((path) => isElsewhere(readFile, path)));
  return answers.length > 0 && answers.every((answer) => answer);
}
