import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { makePatch } from '../../src/text/patch.js';

const folder = mkdtempSync(join(tmpdir(), 'auth-cli-patch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** What a program makes of a text with a patch. */
function apply(program: readonly string[], path: string, before: string, patch: string): string {
  const root = join(folder, String(++count));
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), before);
  writeFileSync(join(root, 'the.patch'), patch);
  execFileSync(program[0]!, [...program.slice(1), 'the.patch'], {
    cwd: root,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: root, GIT_DIR: join(root, 'none') },
    stdio: 'pipe',
  });
  return readFileSync(join(root, path), 'utf8');
}

const git = (path: string, before: string, patch: string, ...options: string[]) =>
  apply(['git', 'apply', ...options], path, before, patch);

const numbered = (length: number) => Array.from({ length }, (_, at) => `line ${at + 1}\n`).join('');

describe('a patch', () => {
  const twenty = numbered(20);

  it.each([
    ['a change', 'a.ini', twenty, twenty.replace('line 9', 'LINE 9')],
    ['a deletion at the start', 'a.ini', twenty, twenty.replace('line 1\n', '')],
    ['an addition at the end', 'a.ini', twenty, `${twenty}more\n`],
    ['a missing line break at the end', 'a.ini', 'a\nb', 'a\nB'],
    ['a line break that comes', 'a.ini', 'a\nb', 'a\nb\n'],
    ['CR LF and a byte order mark', 'a.ini', '\ufeffa = 1\r\nb = 2\r\nc = 3\r\n', '\ufeffa = 1\r\nb = 22\r\nc = 3\r\n'],
    ['line ends alone', 'a.ini', 'a\nb\r\nc\n', 'a\nb\nc\n'],
    ['several places', 'deploy/conf/my grafana.ini', twenty, twenty.replace('line 2\n', '').replace('line 19', 'x')],
    ['a name with odd signs', 'dé"p\\loy/grafana.ini', twenty, twenty.replace('line 2', 'x')],
    ['lines that look like headers', 'my file', '-- a\n++ b\n', '-- c\n++ d\n'],
  ])('of %s applies with git', (_what, path, before, after) => {
    const { text, withheld, needsZeroContext } = makePatch(path, before, after);
    expect([withheld, needsZeroContext]).toEqual([0, false]);
    expect(git(path, before, text)).toBe(after);
  });

  it('looks like those of other programs', () => {
    expect(makePatch('a.ini', numbered(9), numbered(9).replace('line 5', 'five')).text).toBe(
      [
        '--- a/a.ini',
        '+++ b/a.ini',
        '@@ -2,7 +2,7 @@',
        ' line 2',
        ' line 3',
        ' line 4',
        '-line 5',
        '+five',
        ' line 6',
        ' line 7',
        ' line 8',
        '',
      ].join('\n'),
    );
  });

  it('of nothing is empty', () => {
    expect(makePatch('a.ini', twenty, twenty).text).toBe('');
  });

  it('takes a time that grows with the length only', () => {
    const before = numbered(200_000);
    const after = before.replace(/line (\d*7)\n/g, 'LINE $1\n');
    const started = process.cpuUsage();
    const { text } = makePatch('a.ini', before, after);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(8);
    expect(text.split('\n').filter((line) => line.startsWith('+LINE'))).toHaveLength(20_000);
  });
});

describe('hidden lines', () => {
  const before = numbered(9);
  const hide = (...lines: number[]) => {
    return (side: string, line: number) => side === 'before' && lines.includes(line + 1);
  };

  it('are no context; git and patch apply it all the same', () => {
    const after = before.replace('line 5', 'five').replace('line 9', 'nine');
    const patch = makePatch('a.ini', before, after, hide(4, 7));
    expect(patch.text).not.toMatch(/line [47]/);
    expect(patch.needsZeroContext).toBe(false);
    expect(git('a.ini', before, patch.text)).toBe(after);
    expect(apply(['patch', '-s', '-p1', '-i'], 'a.ini', before, patch.text)).toBe(after);
  });

  it('right behind a change leave no context at all', () => {
    const after = before.replace('line 5', 'five').replace('line 7\n', 'line 7\nnew\n');
    const patch = makePatch('a.ini', before, after, hide(6, 8));
    expect(patch.text).not.toMatch(/line [68]/);
    expect(patch.needsZeroContext).toBe(true);
    expect(git('a.ini', before, patch.text, '--unidiff-zero')).toBe(after);
    expect(apply(['patch', '-s', '-p1', '-i'], 'a.ini', before, patch.text)).toBe(after);
  });

  it('that change are left as they are, and counted', () => {
    const after = before.replace('line 2\n', 'two\nagain\n').replace('line 8', 'eight');
    const patch = makePatch('a.ini', before, after, hide(2));
    expect(patch.withheld).toBe(1);
    expect(git('a.ini', before, patch.text)).toBe(before.replace('line 8', 'eight'));
    expect(makePatch('a.ini', before, after, (side, line) => side === 'after' && line === 2).withheld).toBe(1);
  });

  it('that change take none of their neighbours with them', () => {
    const after = before
      .replace('line 4', 'Line 4')
      .replace('line 5', '"line 5"')
      .replace('line 6\nline 7\n', 'line 6!\n');
    const patch = makePatch('a.ini', before, after, (side, line) => side === 'before' && line === 4);
    const expected = after.replace('"line 5"', 'line 5');
    expect(patch.withheld).toBe(1);
    expect(git('a.ini', before, patch.text, '--unidiff-zero')).toBe(expected);
    expect(apply(['patch', '-s', '-p1', '-i'], 'a.ini', before, patch.text)).toBe(expected);
  });

  it('of any texts are never shown, and the patch applies', () => {
    const line = fc.constantFrom('a\n', 'b\n', 'c\n', 'd\r\n', 'e\n', '\n');
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', 'end'))
      .map(([all, end]) => all.join('') + end);
    fc.assert(
      fc.property(text, text, (old, now) => {
        const lines = { before: old.split('\n'), after: now.split('\n') };
        const patch = makePatch('a', old, now, (side, at) => lines[side][at] === 'c');
        expect(patch.text).not.toMatch(/^[-+ ]c$/m);
        if (patch.text !== '') expect(applyPatch(old, patch.text, { fuzzFactor: 0 })).not.toBe(false);
        const whole = makePatch('a', old, now);
        expect(whole.text === '' ? old : applyPatch(old, whole.text, { autoConvertLineEndings: false })).toBe(now);
      }),
      { numRuns: 500 },
    );
  });
});
