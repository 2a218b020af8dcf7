import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/library/validate.js';
import { dashboardRules } from '../../src/rules/dashboard/index.js';
import type { Finding } from '../../src/rules/rule.js';

async function run(rule: (typeof dashboardRules)[number], text: string): Promise<Omit<Finding, 'path'>[]> {
  const report = await validate([{ path: 'dashboard.env', text }], {
    product: 'dashboard',
    productVersion: rule.exampleOptions?.productVersion,
  });
  return report.files[0]!.findings.filter((finding) => finding.rule === rule.id);
}

describe('the example of each rule about Dashboard', () => {
  it.each(dashboardRules.map((rule) => [`${rule.code} ${rule.id}`, rule] as const))(
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

describe('the list of rules about Dashboard', () => {
  it('has every id and code once', () => {
    expect(new Set(dashboardRules.map((rule) => rule.id)).size).toBe(dashboardRules.length);
    expect(new Set(dashboardRules.map((rule) => rule.code)).size).toBe(dashboardRules.length);
    for (const rule of dashboardRules) {
      expect(rule.id).toMatch(/^dashboard(-[a-z0-9]+)+$/);
      expect(rule.code).toMatch(/^J\d\d$/);
      expect(rule.docs.why.length).toBeGreaterThan(40);
      expect(rule.docs.references.length).toBeGreaterThan(0);
    }
  });

  it('has every rule file of the folder', () => {
    const files = readdirSync(new URL('../../src/rules/dashboard/', import.meta.url)).filter((file) =>
      file.startsWith('dashboard-'),
    );
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(dashboardRules.map((rule) => rule.id).sort());
  });
});
