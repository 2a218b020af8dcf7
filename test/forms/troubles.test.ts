/**
 * Findings in forms that are no YAML of Kubernetes, from real trouble: `fixtures/forms/<folder>/<name>` beside `<name>.out`, read
 * with the files beside it. A line `# form NAME` says what a file is where its name does not. `UPDATE=1` rewrites the files.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateGrafana } from '../../src/products/grafana-validate.js';
import { ROOT } from '../helpers/fake-host.js';

const FOLDER = join(ROOT, 'fixtures/forms');
const cases = ['compose', 'env', 'systemd', 'database', 'ansible', 'nix'].flatMap((folder) =>
  readdirSync(join(FOLDER, folder))
    .filter((name) => !name.endsWith('.out') && statSync(join(FOLDER, folder, name)).isFile())
    .map((name) => `${folder}/${name}`),
);

async function findingsOf(name: string) {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const form = /^# form (\S+)$/m.exec(text)?.[1];
  const readFile = (path: string) => readFileSync(join(FOLDER, path), 'utf8');
  const file = { path: name, text, ...(form === undefined ? {} : { form }) };
  return validateGrafana([file], { forms: { shell: {}, readFile } });
}

async function shown(name: string): Promise<string> {
  const { findings, notes, verdict } = await findingsOf(name);
  const lines = findings.map(({ path, range, severity, rule, section, option, message, fix }) => {
    const place = range ? `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}` : '-';
    const file = path === name ? '' : `${path}:`;
    return `${file}${place} ${severity} ${rule} [${section ?? ''}] ${option ?? ''}: ${message}${fix ? ' (fixable)' : ''}`;
  });
  const ends = [...notes.slice(1), ...(verdict ? [verdict.sentence] : [])].map((note) => `# ${note}`);
  return [...lines, ...ends].map((line) => `${line}\n`).join('');
}

describe('findings of fixtures/forms', () => {
  it.each(cases)('%s', async (name) => {
    const output = join(FOLDER, `${name}.out`);
    const found = await shown(name);
    if (process.env['UPDATE'] === '1') writeFileSync(output, found);
    expect(existsSync(output), output).toBe(true);
    expect(found, `run with UPDATE=1 and read the difference of ${output}`).toBe(readFileSync(output, 'utf8'));
  });

  it.each(cases)('%s: every place lies in its file', async (name) => {
    for (const { path, range } of (await findingsOf(name)).findings) {
      expect(range, path).toBeDefined();
      const lines = readFileSync(join(FOLDER, path!), 'utf8').split('\n');
      for (const { line, column } of [range!.start, range!.end])
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
    }
  });
});
