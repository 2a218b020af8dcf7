/** SARIF: valid by the schema of OASIS, and true to the findings. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { Log, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { validate as validateFiles } from '../../../src/library/validate.js';
import type { Finding } from '../../../src/rules/rule.js';
import { LineMap } from '../../../src/text/source.js';
import { anyChecked, checkedOf, edited, LINT_CASES, render, validateAs } from '../../helpers/checked.js';
import { ROOT } from '../../helpers/fake-host.js';

const ajv = new Ajv({
  allErrors: true,
  strict: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    // RFC 3986: nothing but its characters, and no colon in the first part of a relative one.
    'uri-reference': /^(?:[a-z][a-z0-9+.-]*:|(?![^/]*:))(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})*$/,
    'date-time': true,
  },
});
const schema = JSON.parse(readFileSync(`${ROOT}fixtures/schemas/sarif-schema-2.1.0.json`, 'utf8'));
const validate = ajv.compile<Log>(schema);

function parse(text: string): Run {
  const log: unknown = JSON.parse(text);
  if (!validate(log)) throw new Error(`${ajv.errorsText(validate.errors)}\n${text}`);
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

const all = parse(await validateAs('sarif', LINT_CASES));
const results = all.results!;
const textOf = new Map(LINT_CASES.map((path) => [path, readFileSync(ROOT + path, 'utf8')]));

it('refuses what is not SARIF', () => {
  expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  expect(
    validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'error' }] }] }),
  ).toBe(false);
});

describe('of all lint cases', () => {
  it('has them all', async () => {
    const report = JSON.parse(await validateAs('json', LINT_CASES));
    const expected = report.files.flatMap((file: { path: string; findings: Finding[] }) =>
      file.findings.map((finding) => [file.path, finding.rule, finding.range?.start.line ?? 1]),
    );
    const found = results.map(({ ruleId, locations }) => {
      const { artifactLocation, region } = locations![0]!.physicalLocation!;
      return [decodeURIComponent(artifactLocation!.uri!), ruleId, region!.startLine];
    });
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(200);
  });

  it('refers to rules and files that are listed', () => {
    const rules = all.tool.driver.rules!;
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    for (const { ruleId, ruleIndex, locations, relatedLocations = [] } of results) {
      expect(rules[ruleIndex!]!.id).toBe(ruleId);
      for (const { physicalLocation } of [...locations!, ...relatedLocations]) {
        const { index, uri } = physicalLocation!.artifactLocation!;
        expect(all.artifacts![index!]!.location!.uri).toBe(uri);
      }
      expect(new Set(relatedLocations.map((location) => location.id)).size).toBe(relatedLocations.length);
    }
    expect(all.artifacts!.map(({ location }) => location!.uri)).toEqual(LINT_CASES);
  });

  it('describes every rule it names', () => {
    for (const rule of all.tool.driver.rules!) {
      expect(rule.shortDescription!.text).not.toBe('');
      expect(rule.help!.text).toContain('Source: ');
      expect(rule.help!.markdown).toContain('```ini\n');
      expect(rule.defaultConfiguration!.level).toMatch(/^(?:error|warning|note)$/);
      expect(rule.properties!.tags!.length).toBeGreaterThan(0);
    }
    const open = all.tool.driver.rules!.filter((rule) => rule.properties!.tags!.includes('fail-open'));
    expect(open.map((rule) => rule.id)).toContain('insecure-email-lookup');
    expect(results.some((result) => result.properties?.['failOpen'] === true)).toBe(true);
    expect(all.tool.driver.rules!.filter((rule) => rule.helpUri !== undefined).length).toBeGreaterThan(20);
  });

  it('has regions that lie in their files', () => {
    for (const { locations, relatedLocations = [] } of results)
      for (const { physicalLocation } of [...locations!, ...relatedLocations]) {
        const lines = new LineMap(textOf.get(decodeURIComponent(physicalLocation!.artifactLocation!.uri!))!);
        const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = physicalLocation!.region!;
        expect(startLine).toBeGreaterThan(0);
        expect(startColumn).toBeLessThanOrEqual(lines.line(startLine).length + 1);
        expect(endLine).toBeLessThanOrEqual(lines.lineCount);
        expect(endColumn).toBeLessThanOrEqual(lines.line(endLine).length + 1);
        expect(endLine > startLine || endColumn >= startColumn).toBe(true);
      }
  });

  it('has fixes that change a file as those of the findings do', async () => {
    const changed = new Set<string>();
    for (const path of LINT_CASES) {
      const text = textOf.get(path)!;
      const { files } = await validateFiles([{ path, text }]);
      for (const { rule, fix } of files[0]!.findings)
        if (fix) changed.add(`${path}\n${rule}\n${edited(text, fix.edits)}`);
    }
    let count = 0;
    for (const { ruleId, fixes = [], locations } of results)
      for (const { artifactChanges } of fixes) {
        const [{ artifactLocation, replacements }] = artifactChanges as [(typeof artifactChanges)[0]];
        expect(artifactLocation.uri).toBe(locations![0]!.physicalLocation!.artifactLocation!.uri);
        const path = decodeURIComponent(artifactLocation.uri!);
        const edits = replacements.map(({ deletedRegion: region, insertedContent }) => ({
          range: {
            start: { line: region.startLine!, column: region.startColumn! },
            end: { line: region.endLine!, column: region.endColumn! },
          },
          newText: insertedContent?.text ?? '',
        }));
        expect(changed).toContain(`${path}\n${ruleId}\n${edited(textOf.get(path)!, edits)}`);
        count++;
      }
    expect(count).toBeGreaterThan(20);
  });
});

describe('fingerprints', () => {
  const prints = (run: Run) => run.results!.map((result) => Object.values(result.partialFingerprints!)[0]!);

  it('are unique within a file', () => {
    for (const path of LINT_CASES) {
      const own = results.filter(
        (result) => decodeURIComponent(result.locations![0]!.physicalLocation!.artifactLocation!.uri!) === path,
      );
      const found = own.map((result) => Object.values(result.partialFingerprints!)[0]);
      expect(new Set(found).size, path).toBe(found.length);
    }
  });

  it('stay when lines move', async () => {
    const files = Object.fromEntries(
      LINT_CASES.map((path) => [
        path.replace('fixtures/lint/', 'moved/'),
        `\n; a new line\n\n${textOf.get(path)!.replace(/^\ufeff/, '')}`,
      ]),
    );
    const moved = parse(await validateAs('sarif', Object.keys(files), { files }));
    expect(prints(moved).toSorted()).toEqual(prints(all).toSorted());
  });

  it('say nothing of a secret', async () => {
    const of = async (secret: string) =>
      prints(
        parse(
          await validateAs('sarif', ['grafana.ini'], {
            files: { 'grafana.ini': `[auth.generic_oauth]\nenabled = true\nclient_secret = ${secret}\n` },
          }),
        ),
      );
    expect(await of('aaaa-bbbb-cccc')).toEqual(await of('another-secret-altogether'));
  });
});

describe('a finding about a variable', () => {
  it('stands at the file it was found with, and names the variable', async () => {
    const run = parse(
      await validateAs('sarif', ['grafana.ini', '--env-file', 'server.env'], {
        files: {
          'grafana.ini': '[auth.generic_oauth]\nenabled = false\n',
          'server.env': 'GF_AUTH_GENERIC_OAUTH_CLIENTID=x\n',
        },
      }),
    );
    const result = run.results!.find((one) =>
      one.locations![0]!.logicalLocations?.some(({ kind }) => kind === 'variable'),
    )!;
    expect(result.locations).toMatchObject([
      {
        physicalLocation: { artifactLocation: { uri: 'grafana.ini' }, region: { startLine: 1, startColumn: 1 } },
        logicalLocations: [
          { name: 'GF_AUTH_GENERIC_OAUTH_CLIENTID', fullyQualifiedName: 'env:GF_AUTH_GENERIC_OAUTH_CLIENTID' },
        ],
      },
    ]);
  });

  it('stands where it is written, where that is a file', async () => {
    const range = { start: { line: 7, column: 3 }, end: { line: 7, column: 9 } };
    const finding: Finding = {
      rule: 'env-empty',
      severity: 'warning',
      message: 'm',
      source: 'env:GF_A',
      path: 'deploy/my compose.yaml',
      range,
    };
    const checked = checkedOf(undefined, [finding]);
    const [result] = parse(await render('sarif', [checked])).results!;
    expect(result!.locations![0]).toMatchObject({
      physicalLocation: {
        artifactLocation: { uri: 'deploy/my%20compose.yaml' },
        region: { startLine: 7, endColumn: 9 },
      },
      logicalLocations: [{ name: 'GF_A' }],
    });
  });
});

it('of a repository of every form points into each file, at what is written there', async () => {
  const files = {
    'repo/grafana.ini': '[auth.generic_oauth]\nenabled = false\nclientid = x\n',
    'repo/grafana.env': 'GF_AUTH_GENERIC_OAUTH_ENABLED=false\nGF_AUTH_GENERIC_OAUTH_CLIENTID=x\n',
    'repo/compose.yml':
      'services:\n  grafana:\n    image: grafana/grafana:12.1.0\n    environment:\n      GF_AUTH_GENERIC_OAUTH_CLIENTID: x\n',
    'repo/values.yaml': 'grafana:\n  grafana.ini:\n    auth.generic_oauth:\n      enabled: false\n      clientid: x\n',
    'repo/web/index.yaml': 'title: nothing to do with it\n',
  };
  const run = parse(await validateAs('sarif', ['repo'], { files }));
  const named = run.results!.flatMap(({ locations }) => {
    const { artifactLocation, region } = locations![0]!.physicalLocation!;
    const lines = new LineMap(files[artifactLocation!.uri as keyof typeof files]);
    const { startLine = 0, startColumn = 0, endColumn = 0 } = region!;
    const text = lines.line(startLine).slice(startColumn - 1, endColumn - 1);
    return /clientid/i.test(text) ? [`${artifactLocation!.uri}: ${text}`] : [];
  });
  expect(named.toSorted()).toEqual([
    'repo/compose.yml: GF_AUTH_GENERIC_OAUTH_CLIENTID',
    'repo/grafana.env: GF_AUTH_GENERIC_OAUTH_CLIENTID',
    'repo/grafana.ini: clientid',
    'repo/values.yaml: clientid',
  ]);
});

it.each([
  ['a b/ü#?.ini', false, { uri: 'a%20b/%C3%BC%23%3F.ini', uriBaseId: '%SRCROOT%' }],
  ['./a.ini', false, { uri: 'a.ini', uriBaseId: '%SRCROOT%' }],
  ['../a.ini', false, { uri: '../a.ini', uriBaseId: '%SRCROOT%' }],
  ['c:a.ini', false, { uri: 'c%3Aa.ini', uriBaseId: '%SRCROOT%' }],
  ['/etc/grafana/grafana.ini', false, { uri: 'file:///etc/grafana/grafana.ini' }],
  ['<stdin>', false, { uri: '%3Cstdin%3E', uriBaseId: '%SRCROOT%' }],
  ['a\\b.ini', false, { uri: 'a%5Cb.ini', uriBaseId: '%SRCROOT%' }],
  ['.\\a\\b.ini', true, { uri: 'a/b.ini', uriBaseId: '%SRCROOT%' }],
  ['C:\\My Files\\b.ini', true, { uri: 'file:///C:/My%20Files/b.ini' }],
  ['\\\\server\\share\\b.ini', true, { uri: 'file://server/share/b.ini' }],
])('the path %s (Windows: %s)', async (path, windows, location) => {
  const checked = checkedOf({ path });
  expect(parse(await render('sarif', [checked], windows)).artifacts![0]!.location).toEqual(location);
});

it('says that a file could not be read', async () => {
  const run = parse(await validateAs('sarif', ['nope.ini', 'fixtures/demo/good.ini']));
  expect(run.invocations).toMatchObject([
    { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] },
  ]);
  expect(all.invocations).toEqual([{ executionSuccessful: true }]);
});

it('is valid whatever the findings say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChecked, { maxLength: 2 }), async (checks) => {
      const run = parse(await render('sarif', checks));
      const count = checks.flatMap((checked) => [
        ...checked.files.flatMap((file) => file.findings),
        ...checked.environment,
      ]).length;
      expect(run.results).toHaveLength(count);
      for (const { message, relatedLocations = [] } of run.results!)
        for (const text of [message.text, ...relatedLocations.map((other) => other.message!.text)])
          expect(text).not.toMatch(/(?<!\{)\{\d+\}(?!\})|(?<!\\)\[[^[\]\n]*\]\(/);
    }),
    { numRuns: 60 },
  );
});
