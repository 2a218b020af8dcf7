import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { validate } from '../../src/library/validate.js';

const SECRET = 'k3y-9f2b71c0a54d4e1f8b6a';

describe('the report', () => {
  it('has the shape of the contract', async () => {
    const text = '[auth.generic_oauth]\nuse_pkce = true\nname = Acme\nuse_pkce = true\n';
    const report = await validate([{ path: 'grafana.ini', text }], { grafanaVersion: '12.1' });
    expect(report).toMatchObject({ formatVersion: 1, target: { product: 'grafana', version: '12.1' } });
    expect(report.files[0]!.findings).toContainEqual({
      rule: 'duplicate-key',
      severity: 'warning',
      section: 'auth.generic_oauth',
      option: 'use_pkce',
      message: 'use_pkce is given twice in [auth.generic_oauth] with the same value',
      consequence: expect.any(String),
      help: expect.any(String),
      range: { start: { line: 4, column: 1 }, end: { line: 4, column: 9 } },
      related: [
        {
          message: 'first set here',
          path: 'grafana.ini',
          range: { start: { line: 2, column: 1 }, end: { line: 2, column: 9 } },
        },
      ],
      fix: {
        description: 'delete the line',
        edits: [{ range: { start: { line: 4, column: 1 }, end: { line: 5, column: 1 } }, newText: '' }],
      },
    });
    expect(report.summary.files).toBe(1);
  });

  it('counts what it lists', async () => {
    const text = '[auth.generic_oauth]\nenabled = true\nenabled = false\nClient_ID = x\n';
    const { files, summary } = await validate([{ path: 'grafana.ini', text }]);
    const severities = files[0]!.findings.map((finding) => finding.severity);
    expect(summary).toEqual({
      errors: severities.filter((severity) => severity === 'error').length,
      warnings: severities.filter((severity) => severity === 'warning').length,
      infos: severities.filter((severity) => severity === 'info').length,
      files: 1,
    });
    expect(summary.errors).toBeGreaterThanOrEqual(2);
  });

  it('names rules that did not run, and runs them where their facts are given', async () => {
    const file = { path: 'grafana.ini', text: '[auth.generic_oauth]\nclient_secret = $__file{/run/secrets/none}\n' };
    const without = await validate([file]);
    expect(without.notChecked).toContainEqual({
      needs: 'files',
      rules: expect.arrayContaining(['expander-file-missing']),
    });
    const readFile = async () => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    };
    const { files } = await validate([file], { readFile });
    expect(files[0]!.findings).toContainEqual(
      expect.objectContaining({
        rule: 'expander-file-missing',
        range: { start: { line: 2, column: 17 }, end: { line: 2, column: 43 } },
      }),
    );
  });
});

describe('files', () => {
  const one = { path: 'one.ini', text: '[auth.generic_oauth]\nenabled = true\n' };
  const two = { path: 'two.ini', text: '[auth.generic_oauth]\nenabled = false\nClient_ID = x\n' };

  it('are checked one by one, each over the defaults', async () => {
    const { files } = await validate([one, two]);
    expect(files.map(({ path }) => path)).toEqual(['one.ini', 'two.ini']);
    const alone = await validate([two]);
    expect(files[1]).toEqual(alone.files[0]);
  });

  it('can be layers of one configuration', async () => {
    const merged = await validate([one, two], { merge: true });
    expect(merged.files.map(({ path }) => path)).toEqual(['one.ini', 'two.ini']);
    expect(merged.files[1]!.findings.map(({ rule }) => rule)).toContain('wrong-case');
  });

  it('may be none, where only the environment is checked', async () => {
    const { files } = await validate([], { env: { GF_AUTH_GENERIC_OAUTH_CLIENTID: 'x' } });
    expect(files).toEqual([
      {
        path: '<environment>',
        findings: [expect.objectContaining({ rule: 'env-no-target', source: 'env:GF_AUTH_GENERIC_OAUTH_CLIENTID' })],
      },
    ]);
  });
});

describe('the product', () => {
  it.each([
    ['[auth.generic_oauth]\nenabled = true\n', 'grafana'],
    ['[auth.grafana_com]\nenabled = true\n', 'grafana-cloud'],
    ['[auth.metrics-dashboard_com]\nenabled = true\n', 'grafana-cloud'],
    ['[auth.grafana_com]\nenabled = true\n[auth.generic_oauth]\nenabled = true\n', 'grafana'],
    ['', 'grafana'],
  ])('of %j is %s', async (text, product) => {
    expect((await validate([{ path: 'custom.ini', text }])).target.product).toBe(product);
  });

  it('can be forced; an unknown one or an unknown version is a usage error', async () => {
    const file = { path: 'a.ini', text: '' };
    expect((await validate([file], { product: 'grafana-cloud' })).target.product).toBe('grafana-cloud');
    await expect(validate([file], { product: 'nope' as 'gem' })).rejects.toThrow(UsageError);
    await expect(validate([file], { grafanaVersion: 'latest' })).rejects.toThrow(UsageError);
  });
});

describe('comments that switch rules off', () => {
  const findings = async (text: string) =>
    (await validate([{ path: 'a.ini', text: `[auth.generic_oauth]\n${text}` }])).files[0]!.findings.filter(
      ({ rule }) => rule === 'wrong-case',
    );

  it.each([
    ['; auth-cli-ignore wrong-case\nClient_ID = x\n', 0],
    ['# auth-cli-ignore unknown-key, wrong-case\nClient_ID = x\n', 0],
    ['; auth-cli-ignore: wrong-case\n; why: legacy\n\nClient_ID = x\n', 0],
    ['; auth-cli-ignore\nClient_ID = x\n', 0],
    ['; auth-cli-ignore unknown-key\nClient_ID = x\n', 1],
    ['; auth-cli-ignore wrong-case\nname = x\nClient_ID = x\n', 1],
    ['; auth-cli-ignored wrong-case\nClient_ID = x\n', 1],
    ['Client_ID = x\n; auth-cli-ignore wrong-case\n', 1],
  ])('%j leaves %i', async (text, count) => {
    expect(await findings(text)).toHaveLength(count);
  });

  it('hold for all lines of the value below', async () => {
    const text = 'role_attribute_path = """\n“x”\n"""\n';
    const smart = async (lead: string) =>
      (await validate([{ path: 'a.ini', text: `[auth.generic_oauth]\n${lead}${text}` }])).files[0]!.findings.filter(
        ({ rule }) => rule === 'smart-quotes',
      );
    expect(await smart('')).toHaveLength(1);
    expect(await smart('; auth-cli-ignore smart-quotes\n')).toHaveLength(0);
  });
});

it('says no secret, whatever is wrong with it', async () => {
  const text = [
    '[auth.generic_oauth]',
    `client_secret = ${SECRET};tail-${SECRET}`,
    `client_secret = "${SECRET}#x"`,
    `Client_Secret = ${SECRET}`,
    `;client_secret = ${SECRET}`,
    `clientsecret = ${SECRET}`,
    `client_secret = \`${SECRET}\` tail`,
    `client_secret = ${SECRET}\\`,
    'enabled = true',
    '[auth.grafana_com]',
    `client_secret = “${SECRET}”`,
    `client_secret = $(${SECRET})`,
    `client_secret = \${${SECRET}}`,
  ].join('\n');
  const env = { GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: `"${SECRET}"`, [`GF_AUTH_X`]: SECRET };
  const report = await validate([{ path: 'a.ini', text }], { env });
  for (const { findings } of report.files)
    for (const { fix: _, ...told } of findings) expect(JSON.stringify(told)).not.toContain(SECRET);
  expect(report.summary.errors).toBeGreaterThan(3);
});

it('survives text that is no configuration', async () => {
  for (const text of [
    '\0\0\0',
    '[',
    ']',
    '"""',
    '`',
    '{"a": 1}',
    '%PDF-1.4\n\xff\xfe',
    '[__proto__]\nconstructor = 1\n',
  ])
    await expect(validate([{ path: 'a.ini', text }])).resolves.toMatchObject({ formatVersion: 1 });
});
