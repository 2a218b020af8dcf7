import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grafanaRules } from '../../../src/rules/grafana/index.js';
import { applyEdits, findingsIn } from '../../helpers/findings.js';
import { optionsOf } from '../../helpers/golden.js';

const folder = new URL('../../../fixtures/lint/', import.meta.url);
const texts = [
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.ini'))
    .map((file) => ({ name: file, text: readFileSync(new URL(file, folder), 'utf8'), version: undefined })),
  ...grafanaRules.map((rule) => ({
    name: `the example of ${rule.id}`,
    text: rule.docs.bad,
    version: rule.exampleOptions?.grafanaVersion,
  })),
];

const key = ({ rule, message }: { rule: string; message: string }) => `${rule}: ${message}`;

describe('a safe fix', () => {
  it.each(texts)('of $name removes its finding and stops Grafana nowhere', async ({ text, version }) => {
    const options = { ...optionsOf(text), grafanaVersion: version };
    const before = await findingsIn(text, options);
    for (const finding of before) {
      if (!finding.fix) continue;
      const fixed = applyEdits(text, finding.fix.edits);
      expect(fixed).not.toBe(text);
      const after = await findingsIn(fixed, options);
      const count = (list: readonly { rule: string; message: string }[]) =>
        list.filter((one) => key(one) === key(finding)).length;
      expect(count(after), key(finding)).toBeLessThan(count(before));
    }
  });
});
