/** Reports that services read: in their form whatever the findings say, and with all of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, ValidationReport } from '../../../src/rules/rule.js';
import { anyChecked, checkedOf, LINT_CASES, render, validateAs } from '../../helpers/checked.js';
import { parseXml } from '../../helpers/xml.js';

const report = JSON.parse(await validateAs('json', LINT_CASES)) as ValidationReport;
const expected = report.files.flatMap(({ path, findings }) => findings.map((finding) => ({ ...finding, path })));
const line = (finding: Pick<Finding, 'range'>) => finding.range?.start.line ?? 1;

const some = fc.array(anyChecked, { maxLength: 2 });
const count = (checks: readonly Parameters<typeof render>[1][number][]) =>
  checks.reduce(
    (sum, one) => sum + one.environment.length + one.files.reduce((all, file) => all + file.findings.length, 0),
    0,
  );
const always = async (check: (checks: Parameters<typeof render>[1]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(some, check), { numRuns: 80 });

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'duplicate-key',
  severity: 'error',
  message: 'twice',
  ...more,
});
const range = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
  start: { line: startLine, column: startColumn },
  end: { line: endLine, column: endColumn },
});

describe('github', () => {
  /** As the runner takes a command apart. */
  function parse(text: string) {
    expect(text === '' || text.endsWith('\n')).toBe(true);
    return text
      .split('\n')
      .slice(0, -1)
      .map((row) => {
        const [, command = '', list = '', message = ''] = /^::(error|warning|notice) (.*?)::(.*)$/.exec(row) ?? [];
        const data = (value: string) => value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
        const property = (value: string) => data(value.replaceAll('%3A', ':').replaceAll('%2C', ','));
        const properties = Object.fromEntries(
          list.split(',').map((pair) => [pair.split('=')[0], property(pair.slice(pair.indexOf('=') + 1))]),
        );
        return { command, properties, message: data(message) };
      });
  }

  it('has an annotation for every finding', async () => {
    const rows = parse(await validateAs('github', LINT_CASES));
    expect(rows.map(({ properties }) => [properties['file'], properties['line'], properties['title']])).toEqual(
      expected.map((one) => [one.path, String(line(one)), `auth-cli: ${one.rule}`]),
    );
    expect(rows.map((row) => row.command)).toEqual(
      expected.map(({ severity }) => (severity === 'info' ? 'notice' : severity)),
    );
  });

  it('has columns where the place is in one line, and lines otherwise', async () => {
    const text = await render('github', [
      checkedOf({
        path: 'a.ini',
        findings: [
          finding({ range: range(3, 5, 3, 9) }),
          finding({ range: range(3, 5, 4, 2) }),
          finding({ range: range(3, 5, 4, 1) }),
          finding(),
        ],
      }),
    ]);
    const places = parse(text).map(({ properties: { line, endLine, col, endColumn } }) => [
      line,
      endLine,
      col,
      endColumn,
    ]);
    expect(places).toEqual([
      ['3', '3', '5', '9'],
      ['3', '4', undefined, undefined],
      ['3', '3', undefined, undefined],
      ['1', '1', '1', undefined],
    ]);
  });

  it('escapes what would end a property or the message', async () => {
    const [row] = parse(
      await render('github', [
        checkedOf({ path: 'a,b:c%0A::d.ini', findings: [finding({ message: '100%::error::x', help: 'a\nb' })] }),
      ]),
    );
    expect(row).toEqual({
      command: 'error',
      properties: { file: 'a,b:c%0A::d.ini', line: '1', endLine: '1', col: '1', title: 'auth-cli: duplicate-key' },
      message: 'a,b:c%0A::d.ini:1:1: 100%::error::x\nTry: a b',
    });
  });

  it('names the variable of what stands in no file', async () => {
    const [row] = parse(await render('github', [checkedOf(undefined, [finding({ source: 'env:GF_A' })])]));
    expect(row).toEqual({
      command: 'error',
      properties: { title: 'auth-cli: duplicate-key' },
      message: 'env:GF_A: twice',
    });
  });

  it('is one line a finding, whatever it says', async () => {
    await always(async (checks) => {
      const rows = parse(await render('github', checks));
      expect(rows).toHaveLength(count(checks));
      expect(rows.every((row) => row.command !== '')).toBe(true);
    });
  });
});

describe('gitlab', () => {
  interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
  }

  /** What GitLab demands of an issue. */
  function parse(text: string): Issue[] {
    const issues = JSON.parse(text) as Issue[];
    for (const { description, check_name, fingerprint, severity, location } of issues) {
      for (const field of [description, check_name, fingerprint, location.path])
        expect(field).toEqual(expect.any(String));
      expect(severity).toMatch(/^(?:info|minor|major|critical|blocker)$/);
      expect(location.path).not.toMatch(/^\.\//);
      expect(location.lines.begin).toBeGreaterThan(0);
      expect(location.lines.end).toBeGreaterThanOrEqual(location.lines.begin);
    }
    return issues;
  }

  it('has an issue for every finding, each with a fingerprint of its own', async () => {
    const issues = parse(await validateAs('gitlab', LINT_CASES));
    expect(issues.map(({ check_name, location }) => [location.path, check_name, location.lines.begin])).toEqual(
      expected.map((one) => [one.path, one.rule, line(one)]),
    );
    expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(issues.length);
    const grave = issues.filter((issue) => issue.severity === 'critical').map((issue) => issue.check_name);
    expect(grave).toContain('malformed-json-list');
  });

  it('keeps the fingerprints of SARIF', async () => {
    const words = ['fixtures/demo/lets-everybody-in.ini'];
    const sarif = JSON.parse(await validateAs('sarif', words)) as {
      runs: [{ results: { partialFingerprints: object }[] }];
    };
    const own = parse(await validateAs('gitlab', words)).map((issue) => issue.fingerprint);
    expect(own).toEqual(sarif.runs[0].results.map((one) => `${words[0]}:${Object.values(one.partialFingerprints)[0]}`));
  });

  it('is an empty list where nothing is found', async () => {
    expect(await render('gitlab', [checkedOf({ path: './a.ini' })])).toBe('[]\n');
  });

  it('is valid whatever the findings say', async () => {
    await always(async (checks) => {
      expect(parse(await render('gitlab', checks))).toHaveLength(count(checks));
    });
  });
});

describe('junit', () => {
  it('has a test case for every finding, and fails where the run does', async () => {
    for (const failOn of ['error', 'warning', 'never']) {
      const root = parseXml(await validateAs('junit', [...LINT_CASES, '--fail-on', failOn]));
      const cases = root.children.flatMap((suite) => suite.children);
      const isFailing = (severity: string) =>
        severity === 'error' ? failOn !== 'never' : severity === 'warning' && failOn === 'warning';
      const failures = cases.flatMap((one) => one.children).filter(({ name }) => name === 'failure');
      expect(failures.map(({ attributes }) => attributes['type'])).toEqual(
        expected.map(({ severity }) => severity).filter(isFailing),
      );
      for (const { attributes, children } of root.children) {
        expect(attributes['tests']).toBe(String(children.length));
        const failing = children.filter((one) => one.children.some(({ name }) => name === 'failure'));
        expect(attributes['failures']).toBe(String(failing.length));
        expect(new Set(children.map((one) => one.attributes['name'])).size).toBe(children.length);
      }
    }
  });

  it('has a test case that passes for a file without findings', async () => {
    const root = parseXml(await render('junit', [checkedOf({ path: 'a.ini' })]));
    expect(root).toMatchObject({
      name: 'testsuites',
      children: [
        {
          attributes: { name: 'a.ini', tests: '1', failures: '0' },
          children: [{ attributes: { classname: 'a.ini', name: 'no problems' }, children: [] }],
        },
      ],
    });
  });

  it('gives a test case the same name when lines move', async () => {
    const names = async (lineOf: number) =>
      parseXml(
        await render('junit', [
          checkedOf({
            path: 'a.ini',
            findings: [
              finding({ section: 'auth', option: 'x', range: range(lineOf, 1, lineOf, 2) }),
              finding({ section: 'auth', option: 'x' }),
            ],
          }),
        ]),
      ).children[0]!.children.map((one) => one.attributes['name']);
    expect(await names(3)).toEqual(['duplicate-key: auth.x', 'duplicate-key: auth.x (2)']);
    expect(await names(9)).toEqual(await names(3));
  });

  it('is well-formed whatever the findings say', async () => {
    await always(async (checks) => {
      const cases = parseXml(await render('junit', checks)).children.flatMap((suite) => suite.children);
      expect(cases.filter((one) => one.children.length > 0)).toHaveLength(count(checks));
    });
  });
});

describe('checkstyle', () => {
  it('has an error element for every finding', async () => {
    const root = parseXml(await validateAs('checkstyle', LINT_CASES));
    expect(root.name).toBe('checkstyle');
    const found = root.children.flatMap((file) =>
      file.children.map(({ attributes: { line, severity, source } }) => [
        file.attributes['name'],
        Number(line),
        severity,
        source,
      ]),
    );
    expect(found).toEqual(expected.map((one) => [one.path, line(one), one.severity, `auth-cli.${one.rule}`]));
  });

  it('is well-formed whatever the findings say', async () => {
    await always(async (checks) => {
      const root = parseXml(await render('checkstyle', checks));
      expect(root.children.flatMap((file) => file.children)).toHaveLength(count(checks));
    });
  });
});

describe('markdown', () => {
  it('shows the gravest first, and how many there are', async () => {
    const text = await validateAs('markdown', LINT_CASES);
    const rows = text.split('\n').filter((row) => /^\| (?:error|warning|info) /.test(row));
    expect(rows).toHaveLength(50);
    const errors = expected.filter(({ severity }) => severity === 'error').length;
    expect(rows.filter((row) => row.startsWith('| error ')).length).toBe(Math.min(50, errors));
    expect(text).toMatch(new RegExp(`^### ❌ auth-cli: ${errors} errors, `));
    expect(text).toContain(`… and ${expected.length - 50} more`);
  });

  it('says so where nothing is wrong', async () => {
    expect(await render('markdown', [checkedOf({ path: 'a_b.ini' })])).toBe(
      '### ✅ auth-cli: no problems in a\\_b.ini\n\nChecked as grafana 13.0.\n',
    );
  });

  it('stays below what GitHub shows, however much there is', async () => {
    const long = finding({ message: '<'.repeat(5000), consequence: '|'.repeat(5000), help: '`'.repeat(5000) });
    const checked = checkedOf({ path: 'a.ini', findings: Array.from({ length: 10_000 }, () => long) });
    expect((await render('markdown', [checked])).length).toBeLessThan(250_000);
  });

  it('keeps a row a row, whatever the findings say', async () => {
    await always(async (checks) => {
      const rows = (await render('markdown', checks)).split('\n').filter((row) => row.startsWith('|'));
      expect(rows).toHaveLength(count(checks) === 0 ? 0 : count(checks) + 2);
      for (const row of rows) expect(row.replace(/\\./g, '').split('|')).toHaveLength(6);
    });
  });
});
