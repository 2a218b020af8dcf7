/** What `--fix` does to a text as a whole: every sample there is, and files put together from lines with mistakes. */
import { readdirSync, readFileSync } from 'node:fs';
import { diffArrays } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadForms } from '../../src/forms/load.js';
import { type ValidateOptions, validate } from '../../src/library/validate.js';
import { dashboardRules } from '../../src/rules/dashboard/index.js';
import { fixUntilStable } from '../../src/rules/fixing.js';
import { gemRules } from '../../src/rules/gem/index.js';
import { grafanaRules } from '../../src/rules/grafana/index.js';
import type { Finding } from '../../src/rules/rule.js';
import type { SourceFile } from '../../src/text/source.js';
import { optionsOf } from '../helpers/golden.js';

const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname;

interface Sample {
  readonly name: string;
  readonly text: string;
  readonly options: ValidateOptions;
  readonly form?: string;
}

function inFolder(folder: string, pattern: RegExp, options: (text: string) => ValidateOptions): Sample[] {
  return readdirSync(FIXTURES + folder)
    .filter((name) => pattern.test(name))
    .map((name) => {
      const text = readFileSync(`${FIXTURES}${folder}/${name}`, 'utf8');
      return { name: `${folder}/${name}`, text, options: options(text) };
    });
}

const grafana: Sample[] = [
  ...['lint', 'seeds', 'demo'].flatMap((folder) => inFolder(folder, /\.ini$/, optionsOf)),
  ...grafanaRules.map(({ id, docs, exampleOptions }) => ({
    name: `the example of ${id}`,
    text: docs.bad,
    options: { grafanaVersion: exampleOptions?.grafanaVersion, env: exampleOptions?.env },
    ...(exampleOptions?.form === undefined ? {} : { form: exampleOptions.form }),
  })),
];
const others: Sample[] = [
  ...(['gem', 'dashboard'] as const).flatMap((product) => inFolder(product, /\.(?!out)\w+$/, () => ({ product }))),
  ...gemRules.map(({ id, docs }) => ({
    name: `the example of ${id}`,
    text: docs.bad,
    options: { product: 'gem' } as const,
  })),
  ...dashboardRules.map(({ id, docs }) => ({
    name: `the example of ${id}`,
    text: docs.bad,
    options: { product: 'dashboard' } as const,
  })),
];

async function check({ form, options }: Sample, text: string): Promise<Finding[]> {
  const file = { path: 'file', text, ...(form === undefined ? {} : { form }) };
  return (await validate([file], options)).files[0]!.findings.map((finding) => ({ ...finding, path: 'file' }));
}

async function fix(sample: Sample) {
  const run = await fixUntilStable(
    [{ path: 'file', text: sample.text }],
    ([file]) => check(sample, file!.text),
    (findings) => findings,
    () => true,
  );
  return { text: run.files[0]!.text, left: run.result, fixed: run.fixed.get('file') ?? [] };
}

describe('in other forms', () => {
  const golden: { cases: { name: string; form: string; text: string }[] } = JSON.parse(
    readFileSync(`${FIXTURES}golden/forms.json`, 'utf8'),
  );

  it.each(golden.cases.map((one) => [`${one.form}: ${one.name}`, one] as const))(
    '%s',
    async (_name, { form, text }) => {
      const check = async (files: readonly SourceFile[]): Promise<Finding[]> =>
        (await validate(files)).files[0]!.findings.map((finding) => ({ ...finding, path: 'file' }));
      const once = async (given: string) =>
        (
          await fixUntilStable(
            [{ path: 'file', text: given, form }],
            check,
            (found) => found,
            () => true,
          )
        ).files[0]!.text;
      const fixed = await once(text);
      expect(await once(fixed)).toBe(fixed);
      const [before, after] = [
        await check([{ path: 'file', text, form }]),
        await check([{ path: 'file', text: fixed, form }]),
      ];
      const errors = (findings: readonly Finding[]) =>
        findings.filter(({ severity, rule }) => severity === 'error' && rule.startsWith('form-'));
      expect(errors(after).length).toBeLessThanOrEqual(errors(before).length);
    },
  );
});

const lines = (text: string) => text.split('\n');

function changedLines(before: string, after: string): number {
  let count = 0;
  for (const part of diffArrays(lines(before), lines(after))) if (part.removed) count += part.count;
  return count;
}

/** Lines that the edits of these findings stand on. */
function concernedLines(fixed: readonly Finding[]): number {
  return fixed
    .flatMap((finding) => finding.fix!.edits)
    .reduce((sum, { range }) => sum + range.end.line - range.start.line + 1, 0);
}

async function holds(sample: Sample) {
  const result = await fix(sample);
  expect(result.left.filter((finding) => finding.fix)).toEqual([]);
  expect((await fix({ ...sample, text: result.text })).text).toBe(result.text);
  expect(changedLines(sample.text, result.text)).toBeLessThanOrEqual(concernedLines(result.fixed));
  expect(result.text === sample.text).toBe(result.fixed.length === 0);
  return result;
}

/** Every word of what findings and their fixes say, among them the options they are about. */
function said(fixed: readonly Finding[]): ReadonlySet<string> {
  return new Set(fixed.flatMap((finding) => JSON.stringify(finding).split(/[^\w.-]+/)));
}

/** Fixes that make a section count which the product did not read before. */
const SECTION_RULES = new Set([
  'section-padding',
  'legacy-section',
  'unclosed-section',
  'markdown-leftover',
  'wrong-case',
]);
const isOfSection = ({ rule, option }: Finding) => SECTION_RULES.has(rule) && option === undefined;

describe('fixing everything', () => {
  it.each([...grafana, ...others].map((sample) => [sample.name, sample] as const))(
    'in %s leaves nothing to fix, is done once and for all, and touches the lines concerned only',
    async (_name, sample) => {
      await holds(sample);
    },
  );

  it.each(grafana.map((sample) => [sample.name, sample] as const))(
    'in %s changes the settings named, and stops Grafana nowhere',
    async (_name, sample) => {
      const { text, fixed } = await fix(sample);
      if (fixed.length === 0) return;
      const { env, grafanaVersion } = sample.options;
      const { form } = sample;
      const read = (one: string) =>
        loadForms([{ path: 'file', text: one, ...(form === undefined ? {} : { form }) }], { env, grafanaVersion });
      const [before, after] = [await read(sample.text), await read(text)];
      expect(after.problems.length).toBeLessThanOrEqual(before.problems.length);
      if (before.problems.length > 0 || fixed.some(isOfSection)) return;
      const named = said(fixed);
      const sections = new Set([...Object.keys(before.sections), ...Object.keys(after.sections)]);
      for (const section of sections) {
        const [old, now] = [before.sections[section] ?? {}, after.sections[section] ?? {}];
        for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
          if (old[key] !== now[key]) expect(named.has(key), `${section}.${key}: ${old[key]} → ${now[key]}`).toBe(true);
      }
    },
  );
});

it('of a file with one mistake brings no finding as grave that is about something else', async () => {
  let count = 0;
  for (const sample of grafana) {
    const before = await check(sample, sample.text);
    const { fixed, left } = await fix(sample);
    if (fixed.length === 0 || fixed.some(isOfSection)) continue;
    count++;
    const told = new Set(before.map(({ rule, section, option }) => `${rule} ${section} ${option}`));
    const about = said(fixed);
    for (const { rule, section, option, severity } of left)
      if (severity !== 'info' && !told.has(`${rule} ${section} ${option}`))
        expect(about.has(option ?? ''), `${rule}: ${option} of ${section} in ${sample.name}`).toBe(true);
  }
  expect(count).toBeGreaterThan(40);
});

const MISTAKES = [
  '[auth.generic_oauth]',
  '[ auth.generic_oauth ]',
  '[auth.grafananet]',
  '[server]',
  'enabled = true',
  'Enabled = true',
  'use_pkce = true',
  'use_pkce = true',
  'client_secret = ab#cd;ef',
  'client_secret = "ab#cd"',
  'client_id = “grafana”',
  'scopes = ‘openid email’',
  "role_attribute_path = 'Viewer'",
  'groups_attribute_path = "cognito:groups"',
  "role_attribute_path = `true` && 'Admin'",
  'allowed_group = devs',
  'api_url = https://id.acme.dev/userinfo/',
  'login_maximum_lifetime_days = 30',
  'name = Acme \\',
  '```',
  '; a comment',
  '',
  'name = Acmé 🙂 # cut',
];

it('holds for any mixture of mistakes, with either kind of line end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...MISTAKES), { maxLength: 14 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\ufeff'),
      fc.boolean(),
      async (picked, end, mark, closed) => {
        const text = mark + picked.join(end) + (closed ? end : '');
        const result = await holds({ name: '', text, options: { product: 'grafana' } });
        expect(result.text.startsWith('\ufeff')).toBe(mark !== '');
      },
    ),
    { numRuns: 200 },
  );
});
