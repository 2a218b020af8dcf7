import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findingsOf, golden, goldenCases } from '../helpers/golden.js';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;

describe.each(['seeds', 'lint'])('findings of fixtures/%s', (folder) => {
  it.each(goldenCases(join(fixtures, folder)))('$name', async (test) => {
    const found = await findingsOf(test);
    expect(found, `run with UPDATE=1 and read the difference of ${test.output}`).toBe(golden(test, found));
  });
});

describe('the golden files', () => {
  it('are many, and together show most rules', () => {
    const cases = goldenCases(join(fixtures, 'lint'));
    expect(new Set(cases.map((test) => test.input)).size).toBeGreaterThanOrEqual(40);
  });

  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('fail where a finding is missing, moved or worded otherwise, and where there is no golden file', async () => {
    vi.stubEnv('UPDATE', '');
    const input = join(folder, 'case.ini');
    const output = join(folder, 'case.out');
    writeFileSync(input, '[auth.generic_oauth]\nClient_ID = x\n');
    const [test] = goldenCases(folder);
    const found = await findingsOf(test!);
    expect(found).toContain('2:1: error: ');
    expect(golden(test!, found)).toBeUndefined();
    for (const wrong of [
      '',
      found.replace('2:1', '2:2'),
      found.replace('names', 'Names'),
      `${found}1:1: info: more [x]\n`,
    ]) {
      writeFileSync(output, wrong);
      expect(golden(test!, found)).not.toBe(found);
    }
    writeFileSync(output, found);
    expect(golden(test!, found)).toBe(found);
  });

  it('are rewritten with UPDATE=1', () => {
    vi.stubEnv('UPDATE', '1');
    const output = join(folder, 'new.out');
    expect(golden({ name: 'new', input: join(folder, 'new.ini'), output }, 'found\n')).toBe('found\n');
    expect(readFileSync(output, 'utf8')).toBe('found\n');
    rmSync(folder, { recursive: true });
  });
});
