import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/library/validate.js';
import { grafanaRules } from '../../src/rules/grafana/index.js';
import { loadFilesSync } from '../../src/settings/load.js';
import { applyEdits } from '../../src/text/edits.js';
import { goldenCases, optionsOf } from '../helpers/golden.js';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;
const cases = ['seeds', 'lint'].flatMap((folder) => goldenCases(join(fixtures, folder)));

async function check(text: string, version?: string) {
  const { files } = await validate([{ path: 'a.ini', text }], { ...optionsOf(text), grafanaVersion: version });
  return files[0]!.findings;
}

describe('every fix of the fixtures', () => {
  it.each(cases)('$name: removes its finding and touches nothing but the lines concerned', async (test) => {
    const text = readFileSync(test.input, 'utf8');
    const findings = await check(text, test.grafanaVersion);
    const count = (list: typeof findings, rule: string) => list.filter((finding) => finding.rule === rule).length;
    for (const finding of findings) {
      if (!finding.fix) continue;
      const fixed = applyEdits(text, [finding.fix.edits]).text;
      expect(fixed).not.toBe(text);
      const after = await check(fixed, test.grafanaVersion);
      expect(count(after, finding.rule), `${finding.rule}: ${finding.fix.description}`).toBeLessThan(
        count(findings, finding.rule),
      );
      const lines = (one: string) => one.split('\n');
      const concerned =
        finding.fix.edits.length + finding.fix.edits.filter(({ range }) => range.end.line > range.start.line).length;
      const kept = new Set(lines(fixed));
      expect(lines(text).filter((line) => !kept.has(line)).length).toBeLessThanOrEqual(concerned);
    }
  });
});

describe('fixes that quote a value', () => {
  it.each([
    ['client_secret = ab#cd;ef', 'ab#cd;ef'],
    ['client_secret = "ab#cd"', 'ab#cd'],
    ["client_secret = 'ab;cd' ; old", 'ab;cd'],
    ['client_secret = ab#c"""d', 'ab#c"""d'],
    ["role_attribute_path = 'Viewer'", "'Viewer'"],
    ['groups_attribute_path = "cognito:groups"', '"cognito:groups"'],
    ["role_attribute_path = `true` && 'Admin'", "`true` && 'Admin'"],
    [
      "role_attribute_path = contains(groups[*], '#a') && 'Admin' || 'Viewer'",
      "contains(groups[*], '#a') && 'Admin' || 'Viewer'",
    ],
  ])('%s is read as %s afterwards', async (line, meant) => {
    const text = `[auth.generic_oauth]\n${line}\n`;
    const fix = (await check(text)).find((finding) => finding.fix)!.fix!;
    const fixed = applyEdits(text, [fix.edits]).text;
    const key = line.split(' ', 1)[0]!;
    expect(loadFilesSync([{ path: 'a.ini', text: fixed }]).get('auth.generic_oauth', key)?.value).toBe(meant);
  });
});

it('the examples of rules that have fixes are clean after fixing', async () => {
  let fixable = 0;
  for (const rule of grafanaRules) {
    const { grafanaVersion } = rule.exampleOptions ?? {};
    const findings = (await check(rule.docs.bad, grafanaVersion)).filter(
      (finding) => finding.rule === rule.id && finding.fix,
    );
    if (findings.length === 0) continue;
    fixable++;
    const fixed = applyEdits(
      rule.docs.bad,
      findings.map((finding) => finding.fix!.edits),
    ).text;
    expect((await check(fixed, grafanaVersion)).filter((finding) => finding.rule === rule.id && finding.fix)).toEqual(
      [],
    );
  }
  expect(fixable).toBeGreaterThan(15);
});
