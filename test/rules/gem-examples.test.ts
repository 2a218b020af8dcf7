import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/library/validate.js';
import { gemRules } from '../../src/rules/gem/index.js';
import type { Finding } from '../../src/rules/rule.js';

async function run(rule: (typeof gemRules)[number], text: string): Promise<Omit<Finding, 'path'>[]> {
  const report = await validate([{ path: 'gem.yaml', text }], {
    product: 'gem',
    productVersion: rule.exampleOptions?.productVersion,
  });
  return report.files[0]!.findings.filter((finding) => finding.rule === rule.id);
}

describe('the example of each rule about GEM', () => {
  it.each(gemRules.map((rule) => [`${rule.code} ${rule.id}`, rule] as const))(
    '%s: the bad one fires at a place, the good one does not',
    async (_, rule) => {
      const bad = await run(rule, rule.docs.bad);
      expect(bad.length).toBeGreaterThan(0);
      for (const finding of bad) {
        expect(finding.range).toBeDefined();
        expect(finding.message).not.toMatch(/\.$/);
        expect(finding.consequence).toBeTruthy();
      }
      expect(bad.some((finding) => finding.severity === rule.severity)).toBe(true);
      expect(await run(rule, rule.docs.good)).toEqual([]);
    },
  );
});

describe('the list of rules about GEM', () => {
  it('has every id and code once', () => {
    expect(new Set(gemRules.map((rule) => rule.id)).size).toBe(gemRules.length);
    expect(new Set(gemRules.map((rule) => rule.code)).size).toBe(gemRules.length);
    for (const rule of gemRules) {
      expect(rule.id).toMatch(/^gem(-[a-z0-9]+)+$/);
      expect(rule.code).toMatch(/^G\d\d$/);
      expect(rule.docs.why.length).toBeGreaterThan(40);
      expect(rule.docs.references.length).toBeGreaterThan(0);
    }
  });

  it('has every rule file of the folder', () => {
    const files = readdirSync(new URL('../../src/rules/gem/', import.meta.url)).filter((file) =>
      file.startsWith('gem-'),
    );
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(gemRules.map((rule) => rule.id).sort());
  });
});
