import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadForms } from '../../src/forms/load.js';
import { grafanaRules } from '../../src/rules/grafana/index.js';
import { GrafanaSubject } from '../../src/rules/grafana/subject.js';
import { lint } from '../../src/rules/lint.js';
import type { Finding, Rule } from '../../src/rules/rule.js';

/** Findings of one rule over a text, read as its examples want it. */
async function run(rule: Rule<GrafanaSubject>, text: string, env?: Record<string, string>): Promise<Finding[]> {
  const readFile = (path: string) => {
    if (path.includes('missing')) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return 'k3y-9f2b71';
  };
  const version = rule.exampleOptions?.grafanaVersion;
  const form = rule.exampleOptions?.form;
  const config = await loadForms([{ path: form === undefined ? 'example.ini' : 'example', text, form }], {
    env,
    readFile,
    grafanaVersion: version,
  });
  const { findings } = await lint(
    [rule],
    new GrafanaSubject(config, { readFile, discovery: rule.exampleOptions?.discovery }),
    {
      order: config.profile.order,
      provides: ['files', ...(rule.exampleOptions?.discovery ? (['discovery'] as const) : [])],
    },
  );
  return findings;
}

describe('the example of each rule', () => {
  for (const rule of grafanaRules) {
    it(`${rule.code} ${rule.id}: the bad one fires at a place, the good one does not`, async () => {
      const { env, goodEnv } = rule.exampleOptions ?? {};
      const bad = await run(rule, rule.docs.bad, env);
      expect(bad.length).toBeGreaterThan(0);
      for (const finding of bad) {
        expect(finding.rule).toBe(rule.id);
        expect(finding.range ?? finding.source).toBeDefined();
        expect(finding.message).not.toMatch(/\.$|^[A-Z][a-z]+ (is|are|has) .*\.$/);
      }
      expect(bad.some((finding) => finding.severity === rule.severity || finding.failOpen)).toBe(true);
      expect(await run(rule, rule.docs.good, goodEnv ?? env)).toEqual([]);
    });
  }
});

describe('the list of rules', () => {
  it('has every id and code once, in kebab-case and as letter and number', () => {
    expect(new Set(grafanaRules.map((rule) => rule.id)).size).toBe(grafanaRules.length);
    expect(new Set(grafanaRules.map((rule) => rule.code)).size).toBe(grafanaRules.length);
    for (const rule of grafanaRules) {
      expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(rule.code).toMatch(/^[A-Z]\d\d$/);
      expect(rule.docs.why.length).toBeGreaterThan(40);
      expect(rule.docs.references.length).toBeGreaterThan(0);
    }
  });

  it('has every rule file of the folder', () => {
    const folder = new URL('../../src/rules/grafana/', import.meta.url);
    const withRule = readdirSync(folder).filter((file) =>
      /^export const \w+: GrafanaRule = \{/m.test(readFileSync(new URL(file, folder), 'utf8')),
    );
    expect(withRule.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(
      grafanaRules.map((rule) => rule.id).sort(),
    );
  });
});
