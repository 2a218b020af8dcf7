import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/library/validate.js';
import { dashboardRules } from '../../src/rules/dashboard/index.js';
import { gemRules } from '../../src/rules/gem/index.js';
import { applyEdits } from '../../src/text/edits.js';

interface Sample {
  readonly name: string;
  readonly text: string;
  readonly product: 'gem' | 'dashboard';
  readonly version?: string;
}

const samples: Sample[] = [
  ...[...gemRules, ...dashboardRules].map((rule) => ({
    name: `the bad example of ${rule.id}`,
    text: rule.docs.bad,
    product: rule.id.startsWith('gem-') ? ('gem' as const) : ('dashboard' as const),
    version: rule.exampleOptions?.productVersion,
  })),
  ...(['gem', 'dashboard'] as const).flatMap((product) =>
    readdirSync(`fixtures/${product}`)
      .filter((name) => !name.endsWith('.out'))
      .map((name) => ({ name, text: readFileSync(`fixtures/${product}/${name}`, 'utf8'), product })),
  ),
  // fixes of a key or value within quotes leave them
  {
    name: 'quotes',
    text: '{"auth": {"type": "trust", "admin": {"oidc": {"url": "https://a.example"}}}}',
    product: 'gem',
  },
  { name: 'single quotes', text: "auth: { 'type': 'oidc' }\n", product: 'gem' },
  { name: 'a flag in a list', text: 'args: ["-auth.admin.oidc.issuer_url=https://a.example"]\n', product: 'gem' },
];

async function check({ text, product, version }: Sample) {
  const { files } = await validate([{ path: 'file', text }], { product, productVersion: version });
  return files[0]!.findings;
}

describe('every fix of rules about GEM and Dashboard', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('%s', async (_, sample) => {
    const findings = await check(sample);
    for (const { rule, fix } of findings) {
      if (fix === undefined) continue;
      const fixed = applyEdits(sample.text, [fix.edits]).text;
      expect(fixed).not.toBe(sample.text);
      const after = await check({ ...sample, text: fixed });
      const count = (list: typeof findings) => list.filter((finding) => finding.rule === rule).length;
      expect(count(after), `${rule}: ${fix.description}`).toBeLessThan(count(findings));
      expect(after.some((finding) => finding.rule.endsWith('-syntax'))).toBe(
        findings.some((finding) => finding.rule.endsWith('-syntax')),
      );
    }
  });

  it('are several', async () => {
    const fixes = (await Promise.all(samples.map(check))).flat().filter((finding) => finding.fix);
    expect(new Set(fixes.map((finding) => finding.rule)).size).toBeGreaterThanOrEqual(8);
  });
});
