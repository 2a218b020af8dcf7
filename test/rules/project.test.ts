import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { validate } from '../../src/library/validate.js';
import { loadProject, validateProject } from '../../src/products/project.js';
import { ruleCatalogue, ruleIds } from '../../src/rules/catalogue.js';
import { projectRules } from '../../src/rules/project/rules.js';
import { PROJECT_SETTINGS, projectSchema } from '../../src/rules/project/schema.js';
import { ROOT } from '../helpers/fake-host.js';

const NOW = Date.UTC(2025, 0, 15) / 1000;

const check = async (text: string, now = NOW) =>
  (await validate([{ path: 'deploy/.auth-cli.yaml', text }], { now })).files[0]!.findings;

describe('the example of each rule about the project file', () => {
  it.each(projectRules.map((rule) => [`${rule.code} ${rule.id}`, rule] as const))(
    '%s: the bad one fires at a place, the good one does not',
    async (_name, { id, docs, severity }) => {
      const find = async (text: string, hides: readonly string[]) => {
        const project = await loadProject({ path: '.auth-cli.yaml', text });
        // Whether an entry hides something is only known where files were checked: here by the files it is about.
        const unused = (project.settings.ignore ?? []).filter(
          ({ files }) => !files?.some((file) => hides.includes(file)),
        );
        const { findings } = await validateProject(project, { now: NOW }, new Set(unused));
        return findings.filter(({ rule }) => rule === id);
      };
      const bad = await find(docs.bad, ['grafana.ini']);
      expect(bad.length).toBeGreaterThan(0);
      for (const finding of bad) expect(finding).toMatchObject({ severity, path: '.auth-cli.yaml', range: {} });
      expect(await find(docs.good, ['grafana.ini'])).toEqual([]);
    },
  );
});

it('every rule of every product has an id and a code of its own', async () => {
  const all = (await ruleCatalogue()).flatMap(([, rules]) => rules);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  expect(await ruleIds()).toHaveLength(all.length);
});

describe('a project file', () => {
  it('may be empty', async () => {
    expect(await check('')).toEqual([]);
    expect(await check('# nothing yet\n')).toEqual([]);
  });

  it('keeps versions and facts as written', async () => {
    const { settings, problems } = await loadProject({
      path: 'a',
      text: 'grafanaVersion: 11.10\nforms: { chartVersion: 8.10, set: [a=1.0, b], release: x, strict: true }\nenv: { A: 010, B: true }\n',
    });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      grafanaVersion: '11.10',
      forms: { chartVersion: '8.10', set: ['a=1.0', 'b'], release: 'x', strict: true },
      env: { A: '010', B: 'true' },
    });
  });

  it.each([
    ['files: [', '1:9', 'project-syntax'],
    ['- a', '1:1', 'project-syntax'],
    ['files: [a]\n---\nfiles: [b]\n', '3:1', 'project-syntax'],
    ['failOn: Warning', '1:9', 'project-wrong-type'],
    ['files: a', '1:8', 'project-wrong-type'],
    ['files: [1]', '1:9', 'project-wrong-type'],
    ['maxWarnings: 1.5', '1:14', 'project-wrong-type'],
    ['requireIgnoreReason: yes', '1:22', 'project-wrong-type'],
    ['rules: { pkce-off: 1 }', '1:20', 'project-wrong-type'],
    ['rules: { Pkce-Off: info }', '1:10', 'project-unknown-rule'],
    ['overrides:\n  - rules: {}', '2:5', 'project-wrong-type'],
    ['overrides:\n  - files: [a]\n    exclude: [b]', '3:5', 'project-unknown-setting'],
    ['ignore:\n  - rule: pkce-off\n    until: 2025-02-30', '3:12', 'project-wrong-type'],
    ['ignore:\n  - rule: pkce-of', '2:11', 'project-unknown-rule'],
    ['format:', '1:8', 'project-wrong-type'],
  ])('%j is found at %s [%s]', async (text, place, rule) => {
    const [finding] = await check(text);
    expect([`${finding!.range!.start.line}:${finding!.range!.start.column}`, finding!.rule]).toEqual([place, rule]);
  });

  it('with any text never crashes, and is found at places in the text', async () => {
    const words = fc.constantFrom(
      'files',
      'rules',
      'ignore',
      'overrides',
      ': ',
      '- ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      'pkce-off',
      '&a',
      '*a',
      '<<',
      '__proto__',
      '1',
      '"',
      '#',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 20 }), async (parts) => {
        for (const { range } of await check(parts.join(''))) expect(range!.start.line).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
    expect(({} as Record<string, unknown>)['rules']).toBeUndefined();
  });

  it('may have comments that ignore', async () => {
    const text =
      'ignore:\n  # auth-cli-ignore project-ignore-expired -- next week\n  - rule: pkce-off\n    until: 2020-01-01\n';
    expect(await check(text)).toEqual([]);
  });
});

it('shown in the README is in order', async () => {
  const [, text = ''] = /```yaml\n(# yaml-language-server[^`]*)```/.exec(
    readFileSync(join(ROOT, 'README.md'), 'utf8'),
  )!;
  expect(text).toContain('overrides:');
  expect(await check(text)).toEqual([]);
});

describe('the published schema', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/auth-cli.schema.json'), 'utf8'));
  const fits = new Ajv({ allowUnionTypes: true, strict: true }).compile(schema);

  it('is the one of the table', async () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(projectSchema([...(await ruleIds())].sort()))));
    expect(Object.keys(schema.properties)).toEqual(PROJECT_SETTINGS.map(({ key }) => key));
  });

  const text = fc.constantFrom<unknown>(
    'a',
    'deploy/**',
    'pkce-off',
    'wrong-case',
    'nope',
    '12.1',
    '2025-01-31',
    'off',
    'error',
    'never',
    'gem',
    'helm-values',
    'true',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.constantFrom<unknown>(true, 3, 1.5, -1),
      fc.array(tie('any'), { maxLength: 2 }),
      tie('map'),
    ),
    map: fc.dictionary(
      fc.constantFrom('files', 'rule', 'rules', 'reason', 'until', 'option', 'env', 'grafanaVersion', 'pkce-off', 'A'),
      tie('any'),
      { maxKeys: 3 },
    ),
  })).any;
  const file = fc.dictionary(fc.constantFrom(...PROJECT_SETTINGS.map(({ key }) => key), 'other'), value, {
    maxKeys: 4,
  });

  it('accepts what the tool accepts, and nothing else', async () => {
    let [accepted, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(file, async (data) => {
        const written = stringify(data);
        const { problems } = await loadProject({ path: 'a', text: written });
        if (fits(parse(written))) accepted++;
        else refused++;
        expect(problems.length === 0, `${written}\n${JSON.stringify(problems)}\n${JSON.stringify(fits.errors)}`).toBe(
          fits(parse(written)),
        );
      }),
      { numRuns: 600 },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(20);
  });
});
