/** The findings as one JSON object, in the shape of the contract; written file by file. */
import type { Finding } from '../../rules/rule.js';
import { FixView } from './fixes.js';
import type { FindingsFormat } from './format.js';

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
      // Findings about variables belong to no file; they stand with the first one.
      const files = checked.files.map((file, at) => {
        const fixes = new FixView(file);
        const findings = [...file.findings, ...(at === 0 ? checked.environment : [])];
        return {
          path: file.path,
          findings: findings.map((finding) => asData(finding, fixes)),
          verdict: file.verdict,
        };
      });
      for (const file of files) {
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

/** A finding without its path, which its file gives; fields in the order of the contract. */
function asData(finding: Finding, fixes: FixView): object {
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
    fix: fix && fixes.show(fix),
  };
}
