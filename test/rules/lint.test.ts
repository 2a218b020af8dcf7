import { describe, expect, it } from 'vitest';
import { parseBounds, withinBounds } from '../../src/rules/bounds.js';
import { lint } from '../../src/rules/lint.js';
import type { Rule, RuleReport } from '../../src/rules/rule.js';

const DOCS = { why: '', bad: '', good: '', references: [] };

function rule(id: string, findings: readonly RuleReport[], more: Partial<Rule<null>> = {}): Rule<null> {
  return {
    id,
    code: 'X01',
    severity: 'warning',
    summary: id,
    docs: DOCS,
    check(_subject, report) {
      for (const finding of findings) report(finding);
    },
    ...more,
  };
}

const range = (line: number, column: number, endColumn: number, endLine = line) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});

describe('order and repetition', () => {
  it('sorts by file in order of appearance, whole-file findings first, then by place, the environment last', async () => {
    const { findings } = await lint(
      [
        rule('a', [
          { message: 'env', source: 'env:GF_X' },
          { message: 'late', path: 'one.ini', range: range(9, 2, 3) },
          { message: 'early', path: 'one.ini', range: range(2, 8, 9) },
          { message: 'left', path: 'one.ini', range: range(2, 1, 9) },
          { message: 'other file', path: 'two.ini', range: range(1, 1, 2) },
          { message: 'whole file', path: 'one.ini' },
        ]),
      ],
      null,
    );
    expect(findings.map((finding) => finding.message)).toEqual([
      'whole file',
      'left',
      'early',
      'late',
      'other file',
      'env',
    ]);
  });

  it('reports the same thing once, and different things at one place in the order of the rules', async () => {
    const at = { path: 'a.ini', range: range(1, 1, 2) };
    const { findings } = await lint(
      [
        rule('b', [
          { message: 'one', ...at },
          { message: 'one', ...at },
        ]),
        rule('a', [{ message: 'one', ...at }]),
      ],
      null,
    );
    expect(findings.map((finding) => finding.rule)).toEqual(['b', 'a']);
  });

  it('waits for rules that read files', async () => {
    const slow = rule('slow', [], {
      check: async (_subject, report) => {
        await Promise.resolve();
        report({ message: 'read' });
      },
    });
    expect((await lint([slow], null)).findings).toHaveLength(1);
  });
});

describe('severity', () => {
  const mixed = rule('mixed', [{ message: 'plain' }, { message: 'own', severity: 'error' }]);

  it('is the one of the finding, else the one of the rule', async () => {
    expect((await lint([mixed], null)).findings.map((finding) => finding.severity)).toEqual(['warning', 'error']);
  });

  it('can be set for all findings of a rule, and off drops it', async () => {
    const { findings } = await lint([mixed], null, { rules: { mixed: 'info' } });
    expect(findings.map((finding) => finding.severity)).toEqual(['info', 'info']);
    const off = await lint([mixed], null, { rules: { mixed: 'off' } });
    expect(off).toMatchObject({ findings: [], rulesRun: 0 });
  });

  it('takes no override from the prototype', async () => {
    const odd = rule('constructor', [{ message: 'x' }]);
    expect((await lint([odd], null, { rules: {} })).findings).toHaveLength(1);
  });
});

describe('versions', () => {
  const old = rule('old', [{ message: 'cut' }], { versions: '<10.3', severity: 'error', olderToo: true });
  const silent = rule('silent', [{ message: 'cut' }], { versions: '<10.3' });

  it('runs a rule only within its bounds', async () => {
    expect((await lint([old], null, { order: 10_002 })).findings).toMatchObject([
      { severity: 'error', message: 'cut' },
    ]);
    expect((await lint([old], null, { order: 10_003 })).findings).toEqual([]);
  });

  it('tells about older versions as info only where none was asked for and the rule says so', async () => {
    const { findings } = await lint([old, silent], null, { order: 13_000, isDefaultVersion: true });
    expect(findings).toEqual([{ rule: 'old', severity: 'info', message: 'on Grafana before 10.3: cut' }]);
  });

  it.each([
    ['>=10.1', 10_001, true],
    ['>=10.1', 10_000, false],
    ['>=10.3 <11.1', 11_001, false],
    ['>=10.3 <11.1', 11_000, true],
    ['<=9.5', 9_005, true],
    ['>9.5', 9_005, false],
    ['9.4', 9_004, true],
    [undefined, 1, true],
  ])('%s holds %s: %s', (bounds, order, expected) => {
    expect(withinBounds(bounds, order)).toBe(expected);
  });

  it('refuses bounds nobody could have meant', () => {
    expect(() => parseBounds('~10')).toThrow('not understood');
  });
});

describe('follow-ups', () => {
  const cut = rule('cut', [{ message: 'cut', path: 'a.ini', range: range(3, 10, 30), root: true }]);

  it('are told under the finding that caused them', async () => {
    const follow = rule('follow', [
      { message: 'inside', path: 'a.ini', range: range(3, 12, 14) },
      { message: 'behind', path: 'a.ini', range: range(3, 30, 31) },
      { message: 'other file', path: 'b.ini', range: range(3, 12, 14) },
    ]);
    const { findings } = await lint([cut, follow], null);
    expect(findings.map((finding) => finding.message)).toEqual(['cut', 'behind', 'other file']);
    expect(findings[0]!.related).toEqual([
      { message: 'follows from this: inside [follow]', path: 'a.ini', range: range(3, 12, 14) },
    ]);
  });

  it('stand alone where the cause is switched off', async () => {
    const follow = rule('follow', [{ message: 'inside', path: 'a.ini', range: range(3, 12, 14) }]);
    const { findings } = await lint([cut, follow], null, { rules: { cut: 'off' } });
    expect(findings.map((finding) => finding.message)).toEqual(['inside']);
  });

  it('make it as grave as they are, unless its severity was chosen', async () => {
    const follow = rule('follow', [
      { message: 'inside', path: 'a.ini', range: range(3, 12, 14), severity: 'error', failOpen: true },
      { message: 'hygiene', path: 'a.ini', range: range(3, 12, 14), severity: 'info' },
    ]);
    const { findings } = await lint([cut, follow], null);
    expect(findings).toMatchObject([
      { message: 'cut', severity: 'error', failOpen: true },
      { message: 'hygiene', severity: 'info' },
    ]);
    const chosen = await lint([cut, follow], null, { rules: { cut: 'info' } });
    expect(chosen.findings.map(({ message, severity }) => [message, severity])).toEqual([
      ['cut', 'info'],
      ['inside', 'error'],
    ]);
  });

  it('are found in a wider range than the one shown, in a variable, and by the option that was meant', async () => {
    const wide = rule('wide', [
      { message: 'end', path: 'a.ini', range: range(3, 30, 31), root: range(3, 10, 1, 5) },
      { message: 'quotes', source: 'env:GF_A', root: true },
      { message: 'name', path: 'a.ini', range: range(9, 1, 5), section: 's', option: 'Key', meant: 'key' },
    ]);
    const follow = rule('follow', [
      { message: 'line 4', path: 'a.ini', range: range(4, 1, 2) },
      { message: 'variable', source: 'env:GF_A' },
      { message: 'missing', path: 'a.ini', range: range(1, 1, 2), section: 's', option: 'key' },
      { message: 'other section', path: 'a.ini', range: range(1, 1, 2), section: 't', option: 'key' },
      { message: 'other variable', source: 'env:GF_B' },
    ]);
    const { findings } = await lint([wide, follow], null);
    expect(findings.map(({ message }) => message)).toEqual([
      'other section',
      'end',
      'name',
      'quotes',
      'other variable',
    ]);
    expect(findings.find(({ message }) => message === 'name')!.related).toHaveLength(1);
  });

  it('can name their cause', async () => {
    const { findings } = await lint(
      [rule('one', [{ message: 'first', cause: 'key' }]), rule('two', [{ message: 'second', cause: 'key' }])],
      null,
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]!.related).toEqual([{ message: 'follows from this: second [two]' }]);
  });
});

it('leaves out what a comment switches off, and lists rules whose facts are missing', async () => {
  const online = rule('online', [{ message: 'x' }], { needs: 'discovery' });
  const result = await lint([rule('a', [{ message: 'x' }]), online], null, { ignored: ({ rule: id }) => id === 'a' });
  expect(result).toEqual({ findings: [], rulesRun: 1, notChecked: [{ needs: 'discovery', rules: ['online'] }] });
  expect((await lint([online], null, { provides: ['discovery'] })).findings).toHaveLength(1);
});

it('marks findings of fail-open rules', async () => {
  const { findings } = await lint([rule('gate', [{ message: 'x' }], { failOpen: true })], null);
  expect(findings[0]!.failOpen).toBe(true);
});

it('runs a rule only where one of its texts is mentioned', async () => {
  const rules = [rule('a', [{ message: 'a' }], { when: ['x', 'y'] }), rule('b', [{ message: 'b' }])];
  const told = async (mentions?: (text: string) => boolean) =>
    (await lint(rules, null, { mentions })).findings.map(({ message }) => message);
  expect(await told((text) => text === 'y')).toEqual(['a', 'b']);
  expect(await told(() => false)).toEqual(['b']);
  expect(await told()).toEqual(['a', 'b']);
});
