/**
 * JUnit's XML: a suite for each file, a test case for each finding, and one that passes for a file without any. A finding fails its
 * test case where it makes the run fail (`--fail-on`), so that the report and the exit code say the same; the others stand in the
 * output of theirs.
 */
import type { Finding, Severity } from '../../rules/rule.js';
import { escapeXml } from '../../text/xml.js';
import { oneLine, place } from './compact.js';
import type { FindingsFormat } from './format.js';
import { asText, type PlacedFinding, placed, rangeOf, slashed } from './place.js';

export const junit: FindingsFormat = ({ windows, fails }) => ({
  begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="auth-cli validate">\n',
  files(checked) {
    const suites = new Map<string, PlacedFinding[]>(checked.files.map((file) => [file.path, []]));
    for (const one of placed(checked)) {
      const path = one.path ?? '<environment>';
      const suite = suites.get(path) ?? [];
      suite.push(one);
      suites.set(path, suite);
    }
    return [...suites].map(([path, findings]) => suiteOf(slashed(path, windows), findings, fails)).join('');
  },
  end: () => '</testsuites>\n',
});

function suiteOf(path: string, findings: readonly PlacedFinding[], fails: (severity: Severity) => boolean): string {
  const file = escapeXml(path);
  const names = new Map<string, number>();
  const cases = findings.map((one) => {
    const { finding } = one;
    const count = (names.get(nameOf(finding)) ?? 0) + 1;
    names.set(nameOf(finding), count);
    const name = escapeXml(count === 1 ? nameOf(finding) : `${nameOf(finding)} (${count})`);
    const text = escapeXml(`${place(finding, one.path)}: ${asText(finding)}`);
    const body = fails(finding.severity)
      ? `<failure type="${finding.severity}" message="${escapeXml(oneLine(finding.message))}">${text}</failure>`
      : `<system-out>${finding.severity}: ${text}</system-out>`;
    return `  <testcase classname="${file}" name="${name}" file="${file}" line="${rangeOf(one).start.line}">${body}</testcase>\n`;
  });
  if (cases.length === 0) cases.push(`  <testcase classname="${file}" name="no problems" file="${file}"/>\n`);
  const failures = findings.filter(({ finding }) => fails(finding.severity)).length;
  return `<testsuite name="${file}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">\n${cases.join('')}</testsuite>\n`;
}

/** Stays the same while lines move, so that servers can tell how long a test case has failed. */
function nameOf({ rule, section, option, source }: Finding): string {
  const about = source ?? [section, option].filter((part) => part !== undefined).join('.');
  return about === '' ? rule : `${rule}: ${about}`;
}
