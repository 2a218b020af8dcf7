/** The JSON report, and the schema that is published for it. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validate as validateFiles } from '../../../src/library/validate.js';
import type { Finding, ValidationReport } from '../../../src/rules/rule.js';
import { anyChecked, checkedOf, LINT_CASES, render, validateAs } from '../../helpers/checked.js';
import { ROOT } from '../../helpers/fake-host.js';

type Schema = { [key: string]: Schema };

/** The schema lets fields be added; here every field that is written has to be described in it. */
function closed(schema: Schema): Schema {
  if (schema === null || typeof schema !== 'object') return schema;
  if (Array.isArray(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner && 'type' in inner
    ? { ...inner, additionalProperties: false as unknown as Schema }
    : inner;
}

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
const validate = ajv.compile(closed(JSON.parse(readFileSync(`${ROOT}schemas/validate-report.schema.json`, 'utf8'))));

function check(report: unknown): ValidationReport {
  if (!validate(report)) throw new Error(ajv.errorsText(validate.errors));
  return report as ValidationReport;
}

it('the schema refuses other reports', () => {
  const report = {
    formatVersion: 1,
    target: { product: 'grafana', version: '13.0' },
    files: [],
    summary: { errors: 0, warnings: 0, infos: 0, files: 0 },
  };
  expect(validate(report)).toBe(true);
  expect(validate({ ...report, formatVersion: 2 })).toBe(false);
  expect(validate({ ...report, more: 1 })).toBe(false);
  expect(
    validate({ ...report, files: [{ path: 'a', findings: [{ rule: 'Not An Id', severity: 'error', message: 'm' }] }] }),
  ).toBe(false);
  expect(
    validate({ ...report, files: [{ path: 'a', findings: [{ rule: 'a', severity: 'fatal', message: 'm' }] }] }),
  ).toBe(false);
});

it.each([
  ['all lint cases', LINT_CASES],
  ['a folder of every form', ['fixtures/demo']],
  ['a file that cannot be read', ['nope.ini']],
  ['a file without findings', ['fixtures/demo/good.ini']],
  ['variables', ['fixtures/demo/good.ini', '--env-file', 'fixtures/demo/server.env']],
])('of %s fits the schema', async (_what, words) => {
  check(JSON.parse(await validateAs('json', words)));
});

it('of the library fits it too', async () => {
  const files = LINT_CASES.map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }));
  expect(check(await validateFiles(files)).files).toHaveLength(LINT_CASES.length);
});

it('shows findings of files that were not checked under their own path, without the fix', async () => {
  const range = { start: { line: 2, column: 1 }, end: { line: 2, column: 4 } };
  const finding: Finding = {
    rule: 'env-empty',
    severity: 'warning',
    message: 'm',
    path: 'server.env',
    source: 'env:GF_A',
    range,
    fix: { description: 'remove it', edits: [{ range, newText: '' }] },
  };
  const { files } = check(JSON.parse(await render('json', [checkedOf({ path: 'a.ini' }, [finding])])));
  expect(files).toEqual([
    { path: 'a.ini', findings: [] },
    {
      path: 'server.env',
      findings: [{ rule: 'env-empty', severity: 'warning', message: 'm', source: 'env:GF_A', range }],
    },
  ]);
});

it('keeps findings where there is no file at all', async () => {
  const finding: Finding = { rule: 'env-empty', severity: 'warning', message: 'm', source: 'env:GF_A' };
  const { files } = check(JSON.parse(await render('json', [checkedOf(undefined, [finding])])));
  expect(files).toMatchObject([{ path: '<environment>', findings: [{ source: 'env:GF_A' }] }]);
});

it('has every finding, whatever it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChecked, { maxLength: 3 }), async (checks) => {
      const report = JSON.parse(await render('json', checks)) as ValidationReport;
      const expected = checks.flatMap((one) => [...one.files.flatMap((file) => file.findings), ...one.environment]);
      const found = report.files.flatMap((file) => file.findings);
      const messages = (list: readonly Pick<Finding, 'message'>[]) => list.map((finding) => finding.message).toSorted();
      expect(messages(found)).toEqual(messages(expected));
    }),
    { numRuns: 60 },
  );
});
