/** What only a process of its own shows: pipes, signals, exit status, streams that are no terminal. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, buildIfStale, run } from './helpers/built.js';

const BAD = 'fixtures/demo/grafana.ini';
const GOOD = 'fixtures/demo/good.ini';
let folder: string;
let big: string;

beforeAll(() => {
  buildIfStale();
  folder = mkdtempSync(join(tmpdir(), 'auth-cli-'));
  big = join(folder, 'big.ini');
  // Every section has its own finding, so that the report is far larger than any pipe.
  const sections = Array.from({ length: 3000 }, (_, at) => `[auth.provider_${at}]\nenabled = true\nenabled = true\n`);
  writeFileSync(big, sections.join(''));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('exit status', () => {
  it.each([
    [['--version'], 0],
    [['validate', GOOD], 0],
    [['validate', BAD], 1],
    [['validate', 'nope.ini'], 2],
    // Terraform is read with WebAssembly, which is bundled.
    [['validate', 'fixtures/forms/database/expander.tf'], 1],
    [['vaildate'], 2],
  ])('%j: %d', async (words, expected) => {
    const { status, stderr } = await run(words);
    expect(status).toBe(expected);
    expect(stderr).not.toContain('    at ');
  });
});

describe('streams', () => {
  it('are plain where they are no terminal', async () => {
    const { stdout } = await run(['validate', BAD]);
    expect(stdout).not.toContain('\x1b');
  });

  it('are coloured with FORCE_COLOR, and not with NO_COLOR as well', async () => {
    expect((await run(['validate', BAD], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b[');
    const { stdout, stderr } = await run(['validate', BAD], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(stdout).not.toContain('\x1b');
    expect(stderr).toBe('');
  });

  it.skipIf(!existsSync('/usr/bin/script'))('are coloured on a terminal, but for NO_COLOR', async () => {
    const onTerminal = (env: Record<string, string>) =>
      run({ shell: `script -qec "'${process.execPath}' '${BIN}' validate ${BAD}" /dev/null` }, { env });
    expect((await onTerminal({ TERM: 'xterm' })).stdout).toContain('\x1b[');
    expect((await onTerminal({ TERM: 'xterm', NO_COLOR: '1' })).stdout).not.toContain('\x1b[3');
    expect((await onTerminal({ TERM: 'dumb' })).stdout).not.toContain('\x1b[3');
  });

  it('read standard input to its end, also when it is empty', async () => {
    const text = `[auth.generic_oauth]\n${'# a comment\n'.repeat(40_000)}enable = true\n`;
    const { status, stdout } = await run(['validate', '-', '--format', 'compact'], { stdin: text });
    expect(status).toBe(1);
    expect(stdout).toContain('<stdin>:40002:1: error:');
    expect(await run(['validate', '-'], { stdin: '' })).toMatchObject({ status: 0 });
  });

  it('give a slow reader every byte', async () => {
    const { stdout } = await run(['validate', big, '--json']);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    const slow = await run(['validate', big, '--json'], { readAfter: 1000 });
    expect(slow).toMatchObject({ status: 1, stderr: '' });
    expect(slow.stdout).toBe(stdout);
    const counted = await run({ shell: `auth-cli validate '${big}' --json | (sleep 1; wc -c)` });
    expect(counted.status).toBe(1);
    expect(Number(counted.stdout)).toBe(Buffer.byteLength(stdout));
  });

  it('may be closed by the reader', async () => {
    const { status, stdout, stderr } = await run({ shell: `auth-cli validate '${big}' | head -1` });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  it.skipIf(!existsSync('/dev/full'))('tell when a result cannot be written', async () => {
    const { status, stderr } = await run({ shell: `auth-cli validate ${GOOD} > /dev/full` });
    expect(status).toBe(3);
    expect(stderr).toMatch(/^error: cannot write the result\n {2}because: ENOSPC/);
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends a run that waits (%s)', async (signal) => {
    const { status, stderr, stdout } = await run(['validate', '-', '--verbose'], {
      stdin: 'open',
      onStderr: (text, kill) => text.includes('reading standard input') && kill(signal),
    });
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect(stderr).toMatch(/\nCancelled\.\n$/);
  });

  it('leaves no half-written file', async () => {
    const target = join(folder, 'out.json');
    await run(['validate', '-', '--verbose', '--json', '--output', target], {
      stdin: 'open',
      onStderr: (text, kill) => text.includes('reading standard input') && kill('SIGINT'),
    });
    expect(readdirSync(folder).filter((name) => name.includes('out.json'))).toEqual([]);
  });
});

it('works where the ahead-of-time compilation is not for this Node', async () => {
  // A flag that changes what V8 compiles makes it refuse what was compiled without.
  const { status, stdout } = await run({ shell: `'${process.execPath}' --no-opt '${BIN}' validate ${GOOD}` });
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('no problems') });
});

it('writes a result whole or not at all', async () => {
  const target = join(folder, 'report.txt');
  writeFileSync(target, 'before');
  expect((await run(['validate', 'nope.ini', '--output', target])).status).toBe(2);
  const { status, stdout } = await run(['validate', BAD, '--format', 'compact', '--output', target]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(readFileSync(target, 'utf8')).toMatch(/^fixtures\/demo\/grafana\.ini:\d+:/);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
