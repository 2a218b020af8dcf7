/** Findings for tests of reports: from real checks of the project's fixtures, and any that could ever be. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { allRules } from '../../src/commands/reference.js';
import { main } from '../../src/main.js';
import type { CheckedFiles, FindingsSummary } from '../../src/report/findings/format.js';
import { FINDINGS_FORMATS } from '../../src/report/findings/index.js';
import { createStyle } from '../../src/report/style.js';
import { Fingerprints } from '../../src/rules/fingerprint.js';
import type { Finding, Severity } from '../../src/rules/rule.js';
import { LineMap } from '../../src/text/source.js';
import { createFakeHost, ROOT, type World } from './fake-host.js';

/** What `auth-cli validate` prints in one form. */
export async function validateAs(format: string, words: readonly string[], world: World = {}): Promise<string> {
  const host = createFakeHost(world);
  const status = await main(['validate', ...words, '--format', format], host);
  if (status > 2 || /internal error/.test(host.err())) throw new Error(`${words.join(' ')}\n${host.err()}`);
  return host.out();
}

/** Configuration files with every kind of finding. */
export const LINT_CASES = readdirSync(`${ROOT}fixtures/lint`)
  .filter((name) => name.endsWith('.ini'))
  .map((name) => `fixtures/lint/${name}`);

/** A check by hand. */
export function checkedOf(
  file: { readonly path: string; readonly text?: string; readonly findings?: readonly Finding[] } | undefined,
  environment: readonly Finding[] = [],
): CheckedFiles {
  return {
    files: file ? [{ text: '', findings: [], ...file }] : [],
    environment,
    target: { product: 'grafana', version: '13.0' },
    notes: [],
    rulesRun: 3,
    notChecked: [{ needs: 'discovery', rules: ['discovery-mismatch'] }],
  };
}

const place = fc
  .record({ line: fc.integer({ min: 1, max: 4 }), column: fc.integer({ min: 1, max: 9 }), length: fc.nat(5) })
  .map(({ line, column, length }) => ({ start: { line, column }, end: { line, column: column + length } }));

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('a,b: c%0A\r\n::error::x', ']]>', '{0}[a](b)|`'),
);

function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

/** Whatever mixture of path, range and variable a finding may come with. */
export const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    rule: fc.constantFrom('duplicate-key', 'malformed-json-list', 'of-no-rule'),
    severity: fc.constantFrom<Severity>('error', 'warning', 'info'),
    message: text,
    path: optional(fc.constantFrom('a.ini', 'elsewhere/compose.yaml')),
    range: optional(place),
    source: optional(text.map((name) => `env:${name}`)),
    section: optional(text),
    option: optional(text),
    consequence: optional(text),
    help: optional(text),
    failOpen: optional(fc.boolean()),
    suggestions: optional(fc.array(text, { maxLength: 2 })),
    related: optional(
      fc.array(fc.record({ message: text, path: optional(text), range: optional(place), source: optional(text) }), {
        maxLength: 2,
      }),
    ),
    fix: optional(
      fc.record({ description: text, edits: fc.array(fc.record({ range: place, newText: text }), { maxLength: 2 }) }),
    ),
  })
  .map(
    (draft) =>
      Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as unknown as Finding,
  );

export const anyChecked: fc.Arbitrary<CheckedFiles> = fc
  .record({
    path: text.filter((path) => path !== ''),
    content: fc.array(fc.string({ maxLength: 9 }), { maxLength: 5 }).map((lines) => lines.join('\n')),
    findings: fc.array(anyFinding, { maxLength: 3 }),
    environment: fc.array(anyFinding, { maxLength: 2 }),
    hasFile: fc.boolean(),
  })
  .map(({ path, content, findings, environment, hasFile }) =>
    checkedOf(
      hasFile ? { path, text: content, findings: findings.map((finding) => ({ ...finding, path })) } : undefined,
      environment,
    ),
  );

const style = await createStyle('never', { isTTY: false, columns: undefined }, {}, 'linux');
const rules = await allRules();

/** Findings in a form, as the command would print them with `--fail-on error`. */
export async function render(format: string, checks: readonly CheckedFiles[], windows = false): Promise<string> {
  const load = await FINDINGS_FORMATS[format]!();
  const writer = await load({
    style,
    quiet: false,
    version: '1.2.3',
    windows,
    fails: (severity) => severity === 'error',
    engine: async () => ({ rules, fingerprints: (content) => new Fingerprints(content) }),
  });
  const findings = checks.flatMap((checked) => [
    ...checked.files.flatMap((file) => file.findings),
    ...checked.environment,
  ]);
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const last = checks.at(-1);
  const summary: FindingsSummary = {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    files: checks.flatMap((checked) => checked.files).length,
    unread: 0,
    ...(last ? { last } : {}),
    rules: [],
  };
  return writer.begin() + checks.map((checked) => writer.files(checked)).join('') + writer.end(summary);
}

/** The text with edits applied, the last one first. */
export function edited(content: string, edits: NonNullable<Finding['fix']>['edits']): string {
  const lines = new LineMap(content);
  const offset = ({ line, column }: { line: number; column: number }) => lines.lineStart(line) + column - 1;
  return [...edits]
    .map(({ range, newText }, at) => ({ start: offset(range.start), end: offset(range.end), newText, at }))
    .sort((a, b) => b.start - a.start || b.at - a.at)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), content);
}
