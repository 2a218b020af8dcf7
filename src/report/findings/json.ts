/** The findings as one JSON object, in the shape of the contract; written file by file. */
import type { Finding } from '../../rules/rule.js';
import { FixView } from './fixes.js';
import type { FindingsFormat } from './format.js';
import { placed } from './place.js';

export const FORMAT_VERSION = 1;

export const json: FindingsFormat = () => {
  let begun = false;
  let first = true;
  const notChecked = new Map<string, Set<string>>();
  const start = (target: object) => {
    begun = true;
    return `{\n  "formatVersion": ${FORMAT_VERSION},\n  "target": ${JSON.stringify(target)},\n  "files": [`;
  };
  return {
    begin: () => '',
    files(checked) {
      for (const { needs, rules } of checked.notChecked) {
        const known = notChecked.get(needs) ?? new Set();
        for (const rule of rules) known.add(rule);
        notChecked.set(needs, known);
      }
      let text = begun ? '' : start(checked.target);
      const files = new Map<string, object[]>(checked.files.map((file) => [file.path, []]));
      const verdicts = new Map(checked.files.map((file) => [file.path, file.verdict]));
      const fixes = new Map(checked.files.map((file) => [file, new FixView(file)]));
      // Findings about variables belong to no file; they stand with the first one.
      for (const { finding, file, path = '<environment>' } of placed(checked)) {
        const findings = files.get(path) ?? [];
        findings.push(asData(finding, file && fixes.get(file)));
        files.set(path, findings);
      }
      for (const [path, findings] of files) {
        const file = { path, findings, verdict: verdicts.get(path) };
        text += `${first ? '' : ','}\n    ${JSON.stringify(file, null, 2).replaceAll('\n', '\n    ')}`;
        first = false;
      }
      return text;
    },
    end({ errors, warnings, infos, files }) {
      const rest = {
        summary: { errors, warnings, infos, files },
        notChecked: [...notChecked].map(([needs, rules]) => ({ needs, rules: [...rules] })),
      };
      const tail = JSON.stringify(rest, null, 2).slice(2);
      return `${begun ? '' : start({ product: 'grafana', version: '' })}${first ? '' : '\n  '}],\n${tail}\n`;
    },
  };
};

/**
 * A finding without its path, which its file gives; fields in the order of the contract.
 * @param fixes of the file it stands in; a fix of another one is not shown, since what is secret there is not known
 */
function asData(finding: Finding, fixes: FixView | undefined): object {
  const {
    rule,
    severity,
    section,
    option,
    message,
    consequence,
    help,
    range,
    source,
    related,
    suggestions,
    failOpen,
    failShut,
    fix,
  } = finding;
  return {
    rule,
    severity,
    section,
    option,
    message,
    consequence,
    help,
    source,
    range,
    related,
    suggestions,
    failOpen,
    failShut,
    fix: fix && fixes?.show(fix),
  };
}
