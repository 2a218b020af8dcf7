/**
 * The code quality report of GitLab: a subset of the Code Climate format. Fields and severities: GitLab documentation, "Code
 * Quality", "Implement a custom tool". Paths are relative to the repository, without `./` in front.
 */
import type { Finding } from '../../rules/rule.js';
import type { FindingsFormat } from './format.js';
import { asText, placed, rangeOf, slashed } from './place.js';

export const gitlab: FindingsFormat = async ({ engine, windows }) => {
  const { fingerprints } = await engine();
  let first = true;
  return {
    begin: () => '[',
    files(checked) {
      let text = '';
      const prints = new Map(checked.files.map((file) => [file, fingerprints(file.text)]));
      const others = fingerprints('');
      for (const one of placed(checked)) {
        const { finding, file } = one;
        const path = slashed(one.path ?? finding.source ?? '<environment>', windows);
        const { start, end } = rangeOf(one);
        const print = (file === undefined ? others : prints.get(file)!).next(finding);
        const issue = {
          type: 'issue',
          check_name: finding.rule,
          description: asText(finding).replaceAll('\n', '. '),
          categories: finding.failOpen ? ['Security'] : ['Bug Risk'],
          severity: severityOf(finding),
          // The path is part of it, since GitLab takes equal fingerprints of two files for one finding.
          fingerprint: `${path}:${print}`,
          location: { path, lines: { begin: start.line, end: lastLine(start.line, end) } },
        };
        text += `${first ? '' : ','}\n${JSON.stringify(issue)}`;
        first = false;
      }
      return text;
    },
    end: () => `${first ? '' : '\n'}]\n`,
  };
};

function lastLine(begin: number, end: { readonly line: number; readonly column: number }): number {
  return end.column === 1 && end.line > begin ? end.line - 1 : end.line;
}

/** Gates that stand open and doors nobody gets through come before other errors. */
function severityOf({ severity, failOpen, failShut }: Finding): string {
  if (severity === 'error') return failOpen || failShut ? 'critical' : 'major';
  return severity === 'warning' ? 'minor' : 'info';
}
