import { describe, expect, it } from 'vitest';
import { type ValidateOptions, validate } from '../../src/library/validate.js';
import { fixUntilStable } from '../../src/rules/fixing.js';
import { ignoreComments } from '../../src/rules/ignores/comments.js';
import { ignoreRules } from '../../src/rules/ignores/rules.js';
import { applyEdits } from '../../src/text/edits.js';

async function check(text: string, options: ValidateOptions = {}) {
  const report = await validate([{ path: 'file', text }], options);
  return report.files[0]!.findings;
}

/** Findings about comments only, as `line:column: message`. */
async function about(text: string, options: ValidateOptions = {}) {
  return (await check(text, options))
    .filter(({ rule }) => ignoreRules.some(({ id }) => id === rule))
    .map(({ range, message, rule }) => `${range!.start.line}:${range!.start.column}: ${message} [${rule}]`);
}

const rules = async (text: string, options: ValidateOptions = {}) =>
  (await check(text, options)).map(({ rule }) => rule);

describe('the example of each rule about comments', () => {
  it.each(ignoreRules.map((rule) => [`${rule.code} ${rule.id}`, rule] as const))(
    '%s: the bad one fires at a place, the good one does not',
    async (_name, { id, docs, severity }) => {
      const options = { requireIgnoreReason: true };
      const bad = (await check(docs.bad, options)).filter(({ rule }) => rule === id);
      expect(bad).toMatchObject([{ severity, range: {} }]);
      expect(await rules(docs.good, options)).not.toContain(id);
    },
  );
});

describe('a comment', () => {
  const mistyped = (comment: string) => `[auth.generic_oauth]\n${comment}\nClient_ID = x\n`;

  it.each([
    ['; auth-cli-ignore wrong-case -- the vendor writes it so', []],
    [
      '# auth-cli-ignore wrong-case, smart-quotes',
      ['2:31: "smart-quotes" finds nothing on line 3, so the comment switches nothing off [unused-ignore]'],
    ],
    ['; auth-cli-ignore -- all of it', []],
    ['; auth-cli-ignore wrong-case--', ['2:19: no rule is named "wrong-case--" [ignore-unknown-rule]']],
    [
      '; auth-cli-ignore-next-line wrong-case',
      ['2:1: "auth-cli-ignore-next-line" is not understood, and switches nothing off [ignore-unknown-rule]'],
    ],
    [
      '; auth-cli-ignore wrong-case because of the vendor',
      ['2:30: "because" and "of" and "the" … are no rules [ignore-unknown-rule]'],
    ],
    ['; auth-cli-ignore wrong-kase', ['2:19: no rule is named "wrong-kase" [ignore-unknown-rule]']],
    ['; auth-cli-ignored wrong-case', []],
    ['; auth-cli-ignore gem-wrong-type', []],
  ])('%s', async (comment, expected) => {
    expect(await about(mistyped(comment))).toEqual(expected);
  });

  it('may be about the whole file, wherever it stands', async () => {
    const text =
      '; auth-cli-ignore-file wrong-case -- generated\n[auth.generic_oauth]\nClient_ID = x\nClient_Secret = y\n';
    expect(await rules(text)).not.toContain('wrong-case');
    expect(await about(text)).toEqual([]);
    expect(await about(`; auth-cli-ignore-file smart-quotes\n${text}`)).toEqual([
      '1:24: "smart-quotes" finds nothing in this file, so the comment switches nothing off [unused-ignore]',
    ]);
    expect(await about(`; auth-cli-ignore-file unused-ignore\n; auth-cli-ignore-file smart-quotes\n${text}`)).toEqual(
      [],
    );
  });

  it('about rules that did not run is not called unused', async () => {
    const text = '; auth-cli-ignore discovery-mismatch, pkce-off\n[auth.generic_oauth]\nuse_pkce = true\n';
    expect(await about(text)).toEqual([
      '1:39: "pkce-off" finds nothing on line 2, so the comment switches nothing off [unused-ignore]',
    ]);
    expect(await about(text, { rules: { 'pkce-off': 'off' } })).toEqual([]);
    expect(await about('; auth-cli-ignore\n[x]\n', { rules: { 'pkce-off': 'off' } })).toEqual([]);
  });

  it('of a file that could not be read to its end is not called unused', async () => {
    const broken = '[auth.generic_oauth]\n; auth-cli-ignore wrong-case -- x\nname = x\n';
    expect(await about(broken)).toHaveLength(1);
    expect(await about(`${broken}a line without a delimiter\n`)).toEqual([]);
    expect(await about(`[auth\n${broken}`)).toEqual([]);
    expect(await about('auth: [\n# auth-cli-ignore gem-trusts-header -- x\n', { product: 'gem' })).toEqual([]);
  });

  it('is in use where one of several Grafanas of a file needs it', async () => {
    const compose = (comment: string) =>
      `services:\n  a:\n    image: grafana/grafana\n    environment:\n      GF_AUTH_ANONYMOUS_ENABLED: "false"\n      # auth-cli-ignore ${comment}\n      GF_AUTH_GENERIC_OAUTH_NOTE: x\n  b:\n    image: grafana/grafana\n    environment:\n      GF_AUTH_ANONYMOUS_ENABLED: "false"\n`;
    const path = 'compose.yaml';
    const unused = async (text: string) =>
      (await validate([{ path, text }])).files[0]!.findings.filter(({ rule }) => rule === 'unused-ignore');
    const all = (await validate([{ path, text: compose('') }], { rules: { 'unused-ignore': 'off' } })).files[0]!
      .findings;
    expect(all).toEqual([]);
    expect(await unused(compose('env-no-target -- a plugin reads it'))).toEqual([]);
    const [finding] = await unused(compose('pkce-off -- x'));
    expect(finding).toMatchObject({
      fix: { edits: [{ range: { start: { line: 6 }, end: { line: 7 } }, newText: '' }] },
    });
  });

  it('is reported with the severity asked for, or not', async () => {
    const text = mistyped('; auth-cli-ignore smart-quotes');
    expect(
      (await check(text, { rules: { 'unused-ignore': 'error' } })).find(({ rule }) => rule === 'unused-ignore'),
    ).toMatchObject({ severity: 'error' });
    expect(await about(text, { rules: { 'unused-ignore': 'off' } })).toEqual([]);
  });

  it('needs a reason only where one is asked for', async () => {
    expect(await about(mistyped('; auth-cli-ignore wrong-case'))).toEqual([]);
    expect(await about(mistyped('; auth-cli-ignore wrong-case'), { requireIgnoreReason: true })).toEqual([
      '2:1: this comment does not say why the rule is switched off [ignore-without-reason]',
    ]);
    expect(await about(mistyped('; auth-cli-ignore wrong-case --'), { requireIgnoreReason: true })).toHaveLength(1);
    expect(await about(mistyped('; auth-cli-ignore wrong-case -- why not'), { requireIgnoreReason: true })).toEqual([]);
  });

  it('in a value over several lines is none', async () => {
    const text = '[auth.generic_oauth]\nname = """\n; auth-cli-ignore nothing-like-it\n"""\n';
    expect(await about(text)).toEqual([]);
  });
});

describe('in other forms', () => {
  it('a comment holds for the next line, whatever mark it has', async () => {
    const gem = 'auth:\n  # auth-cli-ignore gem-trusts-header -- behind a gateway\n  type: trust\n';
    expect(await rules(gem, { product: 'gem' })).not.toContain('gem-trusts-header');
    const env =
      'MB_JWT_ENABLED=true\n# auth-cli-ignore dashboard-secret-short -- a throw-away\nMB_JWT_SHARED_SECRET=hunter2hunter2\n';
    expect(await rules(env, { product: 'dashboard' })).not.toContain('dashboard-secret-short');
  });

  it.each([
    ['a block of YAML', 'a:\n  # auth-cli-ignore x\n  b: |-\n    one\n\n    two\n  c: 1\n', { from: 3, to: 6 }],
    ['a here-document', '// auth-cli-ignore x\na = <<-EOT\none\n  EOT\nb = 1\n', { from: 2, to: 4 }],
    ['a line', '# auth-cli-ignore x\r\n\r\n# more\r\na: 1\r\n', { from: 4, to: 4 }],
    ['the end', '# auth-cli-ignore x', { from: 2, to: 2 }],
  ])('it covers %s', (_what, text, lines) => {
    expect(ignoreComments([], [{ path: 'a', text }])!.directives[0]!.about).toEqual(lines);
  });

  it('thousands of comments in a row take no time', () => {
    const text = `${'# auth-cli-ignore x\n'.repeat(20_000)}a: 1\n`;
    const started = process.cpuUsage();
    const { directives } = ignoreComments([], [{ path: 'a', text }])!;
    expect(directives).toHaveLength(20_000);
    expect(directives[0]!.about).toEqual({ from: 20_001, to: 20_001 });
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(4);
  });
});

describe('the fix', () => {
  const fixed = async (text: string) => {
    const look = async (files: readonly { path: string; text: string }[]) =>
      (await check(files[0]!.text))
        .filter(({ rule }) => rule.includes('ignore'))
        .map((one) => ({ ...one, path: 'file' }));
    return (
      await fixUntilStable(
        [{ path: 'file', text }],
        look,
        (all) => all,
        () => true,
      )
    ).files[0]!.text;
  };

  it.each([
    ['deletes the comment', '[a]\r\n; auth-cli-ignore wrong-case -- x\r\nb = 1\r\n', '[a]\r\nb = 1\r\n'],
    ['deletes it at the end', '[a]\nb = 1\n; auth-cli-ignore wrong-case', '[a]\nb = 1\n'],
    [
      'leaves names in use, and the reason',
      '[auth.generic_oauth]\n  # auth-cli-ignore: smart-quotes wrong-case , nonsense-of-old -- why\nClient_ID = x\n',
      '[auth.generic_oauth]\n  # auth-cli-ignore: wrong-case -- why\nClient_ID = x\n',
    ],
    ['leaves what may be mistyped', '; auth-cli-ignore wrong-kase\n[a]\n', '; auth-cli-ignore wrong-kase\n[a]\n'],
  ])('%s', async (_what, text, expected) => {
    expect(await fixed(text)).toBe(expected);
  });

  it('touches the comment only', async () => {
    const text = '[a]\n; auth-cli-ignore wrong-case\nb = 1\n';
    const [finding] = (await check(text)).filter(({ rule }) => rule === 'unused-ignore');
    expect(applyEdits(text, [finding!.fix!.edits]).text).toBe('[a]\nb = 1\n');
  });
});

it('refuses rules that do not exist', async () => {
  await expect(validate([], { rules: { 'pkce-of': 'off' } })).rejects.toMatchObject({
    message: 'no rule is named "pkce-of"',
    suggestions: ['pkce-off'],
  });
});
